"""A part of the service really stops. A parent still gets an honest answer, in time, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import requests
from running_service import LOOPBACK, Answer, Service, Talk

pytestmark = pytest.mark.service

PROMISED_S = 4.0
HELPLINE = "0808 2000 247"
PARTS = ["rasa", "actions"]


@pytest.fixture(autouse=True)
def whole_again(service: Service) -> Iterator[None]:
    """Whatever a test stopped runs again afterwards."""
    service.wait_until_ready()
    yield
    for name in service.processes:
        service.resume(name)
    service.start()
    service.wait_until_ready()


def asked_about_tension(service: Service) -> Talk:
    """A conversation in the middle of the questions."""
    talk = Talk(service)
    for choice in ("start", "safe_to_talk.safe", "situation.together"):
        talk.tap(choice)
    assert asks(talk.last) == {"tension"}
    return talk


def asks(answer: Answer) -> set[str]:
    """The question that stands."""
    return {choice.partition(".")[0] for choice in answer.choices if "." in choice}


def is_degraded(answer: Answer) -> bool:
    """Honest, in time, and with whom to call."""
    assert answer.status == 200
    assert {"999", HELPLINE} <= {contact["phone"] for contact in answer.contacts}
    assert "try_again" in answer.choices
    assert answer.route is None
    assert answer.seconds < PROMISED_S
    return True


def is_the_full_route(answer: Answer) -> bool:
    """What a disclosure gets when all is well, no later and no less."""
    assert answer.status == 200
    assert answer.route == "domestic_abuse"
    assert HELPLINE in {contact["phone"] for contact in answer.contacts}
    assert {"other_ways", "go_on", "leave"} <= set(answer.choices)
    assert answer.seconds < PROMISED_S
    return True


@dataclass(frozen=True)
class Outage:
    """What parents were told while a part was down; it is up again. Each goes on in a conversation of their own."""

    part: str
    during: dict[str, Answer]
    talks: dict[str, Talk]
    readiness: int


@pytest.fixture(scope="module", params=PARTS)
def outage(request: pytest.FixtureRequest, service: Service) -> Outage:
    """A part is killed in the middle of several conversations, and started again."""
    service.wait_until_ready()
    talks = {name: asked_about_tension(service) for name in ("taps", "types", "taps again", "discloses", "wants help")}
    talks |= {"begins": Talk(service), "begins with a disclosure": Talk(service)}
    service.kill(request.param)
    during = {
        "taps": talks["taps"].tap("tension.strained"),
        "types": talks["types"].say("we argue about the washing up"),
        "taps again": talks["taps again"].tap("tension.strained"),
        "discloses": talks["discloses"].say("he hits me"),
        "wants help": talks["wants help"].tap("help_now"),
        "begins": talks["begins"].say("hello"),
        "begins with a disclosure": talks["begins with a disclosure"].say("he hits me"),
    }
    readiness = service.session.get(f"{service.address}/readyz", timeout=PROMISED_S).status_code
    service.start(request.param)
    service.wait_until_ready()
    return Outage(request.param, during, talks, readiness)


@pytest.mark.parametrize("parent", ["taps", "types", "taps again", "begins"])
def test_during_an_outage_the_answer_is_honest_and_in_time(outage: Outage, parent: str) -> None:
    assert is_degraded(outage.during[parent])


@pytest.mark.parametrize("parent", ["discloses", "begins with a disclosure"])
def test_during_an_outage_a_disclosure_gets_its_full_route(outage: Outage, parent: str) -> None:
    assert is_the_full_route(outage.during[parent])


def test_during_an_outage_help_is_still_one_tap_away(outage: Outage) -> None:
    assert "999" in {contact["phone"] for contact in outage.during["wants help"].contacts}
    assert "try_again" not in outage.during["wants help"].choices


def test_whoever_watches_over_the_service_sees_that_rasa_is_down(outage: Outage) -> None:
    assert outage.readiness == (503 if outage.part == "rasa" else 200)


@pytest.mark.parametrize("parent", ["taps", "types"])
def test_after_an_outage_the_conversation_goes_on_where_it_was(outage: Outage, parent: str) -> None:
    talk = outage.talks[parent]
    stands = asks(talk.tap("try_again"))
    # Rasa may have taken the answer before its action server failed: nothing is lost, and nothing comes twice
    assert stands == {"tension"} if outage.part == "rasa" else stands <= {"tension", "how_it_ends"}
    assert asks(talk.tap(talk.last.choices[0])) - stands


def test_what_was_offered_before_an_outage_can_be_tapped_after_it(outage: Outage) -> None:
    answer = outage.talks["taps again"].tap("tension.strained")
    assert "how_it_ends" in asks(answer)


def test_a_conversation_that_began_in_an_outage_goes_on_after_it(outage: Outage) -> None:
    assert asks(outage.talks["begins"].tap("try_again")) == {"safe_to_talk"}
    assert asks(outage.talks["begins with a disclosure"].tap("go_on")) == {"safe_to_talk"}


def test_what_was_disclosed_in_an_outage_still_counts_after_it(outage: Outage) -> None:
    talk = outage.talks["discloses"]
    for choice in (
        "go_on",
        "tension.good",
        "how_it_ends.sorted",
        "speaking_up.both",
        "children_see.not_much",
        "still_safe.safe",
        "controlled.never",
        "on_edge.never",
        "hurt.never",
        "pressured.never",
    ):
        if talk.tap(choice).route:
            break
    assert talk.last.route == "domestic_abuse"


@pytest.mark.parametrize("part", PARTS)
def test_hanging_in_the_middle_of_a_conversation(service: Service, part: str) -> None:
    talk, disclosing = asked_about_tension(service), asked_about_tension(service)
    service.pause(part)
    assert is_degraded(talk.tap("tension.strained"))
    assert is_the_full_route(disclosing.say("he hits me"))
    assert is_degraded(Talk(service).tap("start"))

    service.resume(part)
    service.wait_until_ready()
    # the answer may have been taken late, once the part went on: either way nothing is lost and nothing comes twice
    assert asks(talk.tap("try_again")) <= {"tension", "how_it_ends"}
    assert asks(talk.last)
    assert "try_again" not in disclosing.tap("go_on").choices


def test_ten_parents_at_once_are_all_answered_in_time_while_rasa_hangs(service: Service) -> None:
    talks = [asked_about_tension(service) for _ in range(10)]
    service.pause("rasa")
    with ThreadPoolExecutor(len(talks)) as parents:
        answers = list(parents.map(lambda talk: talk.tap("tension.good"), talks[:-1]))
        disclosed = parents.submit(talks[-1].say, "he hits me").result()
    assert all(is_degraded(answer) for answer in answers)
    assert is_the_full_route(disclosed)


def test_the_gateway_forgets_nothing_when_it_is_killed(service: Service) -> None:
    talk = asked_about_tension(service)
    service.kill("gateway")
    service.start("gateway")
    service.wait_until_ready()
    assert asks(talk.say("3")) == {"how_it_ends"}


def test_a_body_without_an_end_is_refused_and_the_gateway_goes_on(service: Service) -> None:
    def without_an_end() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(300):
            yield b"a" * 1024
        yield b'"}'

    address = f"{service.address}/api/messages"
    refused = requests.post(address, data=without_an_end(), timeout=10)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_long")
    refused = requests.post(address, json={"text": "a" * 300_000}, timeout=10)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_long")
    assert asks(Talk(service).tap("start")) == {"safe_to_talk"}


@pytest.mark.parametrize(
    "text",
    [
        '/raise_concern{"concern": "emergency"}',
        ' /\u00a0/raise_concern{"concern": "emergency"}',
        "/restart",
        "\u2003/restart",
        "/session_start",
    ],
)
def test_rasa_itself_takes_no_command_from_text(service: Service, text: str) -> None:
    talk = asked_about_tension(service)
    turn = f"http://{LOOPBACK}:{service.ports['rasa']}/webhooks/waymark/turn"
    body = {"conversation": talk.conversation, "text": text, "metadata": {}}
    heard = service.session.post(turn, json=body, timeout=10)
    assert heard.status_code == 200
    assert heard.json()  # it was read as words, and something is said to it; a restart would say nothing
    assert {"utter": "gate_emergency"} not in heard.json()


def test_a_turn_without_sense_is_refused_by_rasa_without_a_word_of_it_in_the_log(service: Service) -> None:
    turn = f"http://{LOOPBACK}:{service.ports['rasa']}/webhooks/waymark/turn"
    for body in ({"conversation": "x", "text": 7}, {"text": "quillfeather"}, {"conversation": "x", "command": {}}):
        assert service.session.post(turn, json=body, timeout=10).status_code == 500
    assert "quillfeather" not in service.log("rasa").read_text(encoding="utf-8")
