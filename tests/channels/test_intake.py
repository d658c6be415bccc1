"""The path of one message: danger first, then whose it is, what it means, what is said, what is remembered."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from channels.conftest import PATIENCE_S, Gateway
from channels.fakes import ASK_SAFE, ASK_TENSION, broken, by_default

from bot.choices import Command
from bot.messages import Inbound, Turn
from webhooks.intake import TooLong, UnknownArea, UnknownChoice, UnknownConversation
from webhooks.store import StoreUnavailable

DISCLOSURES = {
    "emergency": "he has a knife and he is outside the door now",
    "domestic_abuse": "he hits me",
    "child_protection": "my ex hits our son",
    "suicide_risk": "i am going to kill myself",
}
HELPLINE = "0808 2000 247"
SOFT = "something does not feel right"
PROMISED_S = 4.0
A_LONG_SILENCE = timedelta(minutes=31)


def phones(turn: Turn) -> list[str]:
    return [contact.phone for reply in turn.replies for contact in reply.contacts if contact.phone]


def choices(turn: Turn) -> list[str]:
    return [choice.id for reply in turn.replies for choice in reply.choices]


def names(turn: Turn) -> list[str]:
    return [utterance["utter"] for utterance in turn.utterances]


def is_degraded(turn: Turn) -> bool:
    """The honest answer: it names 999 and the helpline, and offers to try again."""
    assert names(turn) == ["went_wrong"]
    assert turn.outcome is None
    assert {"999", HELPLINE} <= set(phones(turn))
    assert "try_again" in choices(turn)
    return True


@contextmanager
def without(gateway: Gateway, *missing: str) -> Iterator[None]:
    """The gateway while its store, its dialogue or both are down."""
    with ExitStack() as stack:
        if "store" in missing:
            stack.enter_context(broken(gateway.database))
        gateway.dialogue.down = "dialogue" in missing
        yield
        gateway.dialogue.down = False


# ---- the gate is first


@pytest.mark.parametrize("missing", [(), ("store",), ("dialogue",), ("store", "dialogue")], ids=" ".join)
@pytest.mark.parametrize(("route", "text"), DISCLOSURES.items(), ids=DISCLOSURES)
def test_a_disclosure_is_answered_with_contacts_whatever_is_down(
    gateway: Gateway, route: str, text: str, missing: tuple[str, ...]
) -> None:
    conversation = gateway.begun()
    with without(gateway, *missing):
        for turn in (gateway.say(text, conversation), gateway.say(text)):
            assert turn.outcome == route
            assert names(turn) == [f"gate_{route}"]
            assert phones(turn)
            assert {"other_ways", "go_on", "leave"} <= set(choices(turn))


def test_a_disclosure_is_answered_in_a_conversation_that_is_purged_or_never_was(gateway: Gateway) -> None:
    purged = gateway.begun()
    gateway.clock.goes_on(timedelta(hours=25))
    gateway.store.purge(gateway.clock(), timedelta(hours=24))
    for conversation in (purged, "never-there"):
        turn = gateway.say("he hits me", conversation)
        assert turn.outcome == "domestic_abuse"
        assert turn.conversation != conversation
        assert choices(gateway.tap("go_on", turn.conversation))


@pytest.mark.parametrize(
    "text", ["he hits me " + "and so on and on " * 6_000, "la la la " * 12_000 + "he hits me", "he hits me\n" * 9_000]
)
def test_a_disclosure_is_read_however_long_the_message_is(gateway: Gateway, text: str) -> None:
    assert len(text) > 95_000
    assert gateway.say(text).outcome == "domestic_abuse"


def test_a_disclosure_is_answered_after_a_long_silence(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.clock.goes_on(A_LONG_SILENCE)
    assert gateway.say("he hits me", conversation).outcome == "domestic_abuse"


def test_a_disclosure_does_not_wait_for_the_dialogue(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.dialogue.takes_s = PATIENCE_S * 0.9
    turns = [gateway.say("he hits me", conversation) for _ in range(6)]
    assert gateway.dialogue.intents == ["start"]  # six answers later the dialogue has not finished its first turn
    assert {turn.outcome for turn in turns} == {"domestic_abuse"}


def test_the_dialogue_hears_of_a_disclosure_by_name_and_never_by_text(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.say("he hits me with his belt", conversation)
    gateway.dialogue.wait_to_hear(Command("raise_concern", {"concern": "domestic_abuse"}))
    assert gateway.dialogue.texts == []


def test_a_concern_that_could_not_be_told_is_told_before_the_next_turn(gateway: Gateway) -> None:
    conversation = gateway.begun()
    with without(gateway, "dialogue"):
        gateway.say("he hits me", conversation)
        assert gateway.memory(conversation).untold == "domestic_abuse"
        assert is_degraded(gateway.tap("go_on", conversation))
    assert gateway.memory(conversation).untold == "domestic_abuse"
    gateway.tap("go_on", conversation)
    concern = Command("raise_concern", {"concern": "domestic_abuse"})
    assert gateway.dialogue.said[-2:] == [concern, Command("go_on")]
    assert gateway.memory(conversation).untold is None


@pytest.mark.parametrize("says", [[], [ASK_TENSION], [{"utter": "gate_own_behaviour"}]], ids=["", "else", "another"])
def test_a_concern_counts_as_told_only_when_the_dialogue_has_noted_it(gateway: Gateway, says: list[Any]) -> None:
    conversation = gateway.begun()
    gateway.dialogue.says = lambda said: says if isinstance(said, Command) else [ASK_TENSION]
    gateway.say("he hits me", conversation)
    assert is_degraded(gateway.tap("go_on", conversation))
    assert gateway.memory(conversation).untold == "domestic_abuse"


def test_something_soft_is_answered_with_a_helpline_and_the_closer_question(gateway: Gateway) -> None:
    conversation = gateway.begun()
    for turn in (gateway.say(SOFT, conversation), gateway.say(SOFT)):
        assert "check_in" in names(turn)
        assert names(turn)[-1] == "ask"
        assert phones(turn)
        assert turn.outcome is None
    assert gateway.dialogue.texts == []
    assert gateway.dialogue.intents.count("checked_in") == 2


def test_words_that_say_more_as_an_answer_are_read_with_the_question_that_stands(gateway: Gateway) -> None:
    conversation = gateway.begun()
    assert "check_in" not in names(gateway.say("in tears", conversation))
    gateway.dialogue.says = lambda said: [{"utter": "ask", "question": "how_it_ends", "parents": "apart", "left": "5"}]
    gateway.tap("go_on", conversation)
    assert "check_in" in names(gateway.say("in tears", conversation))


@pytest.mark.parametrize("word", ["help", "Help!", "HELP ME", "sos"])
def test_a_cry_for_help_shows_whom_to_call_at_once(gateway: Gateway, word: str) -> None:
    for turn in (gateway.say(word), gateway.say(word, gateway.begun())):
        assert "999" in phones(turn)
    assert gateway.dialogue.texts == []


def test_a_concern_that_is_raised_while_another_turn_is_under_way_is_not_forgotten(gateway: Gateway) -> None:
    conversation = gateway.begun()

    def a_disclosure_comes_meanwhile(said: str | Command) -> list[dict[str, Any]]:
        if said == Command("answer", {"safe_to_talk": "safe"}):
            gateway.store.remember(replace(gateway.memory(conversation), untold="domestic_abuse"))
        return by_default(said)

    gateway.dialogue.says = a_disclosure_comes_meanwhile
    gateway.tap("safe_to_talk.safe", conversation)
    assert gateway.memory(conversation).untold == "domestic_abuse"


# ---- whose conversation it is


def test_an_unknown_conversation_an_unknown_choice_and_an_unknown_area_are_told(gateway: Gateway) -> None:
    with pytest.raises(UnknownConversation):
        gateway.say("hello", "never-there")
    with pytest.raises(UnknownChoice):
        gateway.tap("fly")
    with pytest.raises(UnknownArea):
        gateway.say("hello", area="atlantis")
    with pytest.raises(TooLong):
        gateway.say("la " * 10_000)
    assert gateway.dialogue.heard == []


def test_while_the_store_is_down_the_conversation_goes_on_without_memory(gateway: Gateway) -> None:
    conversation = gateway.begun()
    with without(gateway, "store"):
        turn = gateway.tap("tension.strained", conversation)
        assert turn.conversation == conversation
        assert gateway.say("we argue about the dishes", conversation).conversation == conversation
        assert choices(gateway.say("hello there you"))
    assert names(gateway.say("we argue about the dishes", conversation)) == ["ask"]


def test_area_language_and_share_are_kept_for_the_whole_conversation(gateway: Gateway) -> None:
    conversation = gateway.tap("start", area="westminster", language="en", share="gp-7").conversation
    gateway.tap("safe_to_talk.safe", conversation)
    memory = gateway.memory(conversation)
    assert (memory.area, memory.language, memory.share, memory.channel) == ("westminster", "en", "gp-7", "web")
    assert gateway.dialogue.heard[-1].metadata["area"] == "westminster"
    assert gateway.dialogue.heard[-1].metadata["language"] == "en"


def test_the_area_brings_its_own_services_into_an_answer(gateway: Gateway) -> None:
    with_area = gateway.say("my ex hits our son", area="westminster")
    without_area = gateway.say("my ex hits our son")
    assert set(phones(without_area)) < set(phones(with_area))


def test_an_area_that_is_chosen_in_the_conversation_is_kept(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.tap("area.westminster", conversation)
    assert gateway.memory(conversation).area == "westminster"


# ---- a long silence


def test_after_a_long_silence_it_asks_whether_it_is_safe_and_leaves_the_message_alone(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.tap("safe_to_talk.safe", conversation)
    gateway.clock.goes_on(A_LONG_SILENCE)
    heard = list(gateway.dialogue.heard)
    turn = gateway.tap("tension.strained", conversation)
    assert names(turn) == ["welcome_back"]
    assert choices(turn) == ["carry_on", "not_now"]
    assert gateway.dialogue.heard == heard


@pytest.mark.parametrize("text", ["still here", "2", "quite strained", "why do you ask?", "start again", "back"])
def test_after_a_long_silence_typed_words_wait_too(gateway: Gateway, text: str) -> None:
    conversation = gateway.tap("start").conversation
    gateway.clock.goes_on(A_LONG_SILENCE)
    heard = list(gateway.dialogue.heard)
    assert names(gateway.say(text, conversation)) == ["welcome_back"]
    assert gateway.dialogue.heard == heard


@pytest.mark.parametrize(
    ("tap", "then"),
    [
        ("carry_on", "ask"),
        ("not_now", "ask"),
        ("help_now", "help_now"),
        ("other_ways", "other_ways"),
        ("leave", "goodbye"),
    ],
)
def test_after_a_long_silence_only_these_are_taken_at_their_word(gateway: Gateway, tap: str, then: str) -> None:
    conversation = gateway.begun()
    gateway.clock.goes_on(A_LONG_SILENCE)
    assert names(gateway.tap(tap, conversation)) == [then]


@pytest.mark.parametrize(
    ("text", "intent"), [("yes", "carry_on"), ("1", "carry_on"), ("no", "not_now"), ("2", "not_now")]
)
def test_the_check_after_a_silence_can_be_answered_in_words(gateway: Gateway, text: str, intent: str) -> None:
    conversation = gateway.begun()
    gateway.clock.goes_on(A_LONG_SILENCE)
    gateway.say("hello again", conversation)
    gateway.say(text, conversation)
    assert gateway.dialogue.said[-1] == Command(intent)


def test_a_short_silence_changes_nothing(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.clock.goes_on(timedelta(minutes=29))
    assert names(gateway.tap("safe_to_talk.safe", conversation)) == ["ask"]


# ---- what is answered without the dialogue


@pytest.mark.parametrize("missing", [(), ("store",), ("dialogue",), ("store", "dialogue")], ids=" ".join)
@pytest.mark.parametrize("choice", ["help_now", "other_ways"])
def test_help_is_one_tap_or_one_word_away_whatever_is_down(
    gateway: Gateway, choice: str, missing: tuple[str, ...]
) -> None:
    conversation = gateway.begun()
    heard = list(gateway.dialogue.heard)
    with without(gateway, *missing):
        for turn in (gateway.tap(choice, conversation), gateway.tap(choice), gateway.say(choice.replace("_", " "))):
            assert names(turn) == [choice]
            assert phones(turn)
            assert "go_on" in choices(turn)
    assert gateway.dialogue.heard == heard


@pytest.mark.parametrize("how", ["leave", "Stop here", "bye", "BYE!"])
def test_leaving_wipes_the_conversation_at_once(gateway: Gateway, how: str) -> None:
    conversation = gateway.begun()
    with without(gateway, "dialogue"):
        turn = gateway.tap(how, conversation) if how == "leave" else gateway.say(how, conversation)
    assert names(turn) == ["goodbye"]
    assert gateway.store.recall(conversation) is None
    with pytest.raises(UnknownConversation):
        gateway.say("hello", conversation)


def test_leaving_as_the_first_thing_leaves_nothing(gateway: Gateway) -> None:
    turn = gateway.tap("leave")
    assert names(turn) == ["goodbye"]
    assert gateway.store.recall(turn.conversation) is None


# ---- which choice is meant


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("1", "good"),
        ("2", "ups_and_downs"),
        (" 3. ", "strained"),
        ("the second one", "ups_and_downs"),
        ("number 4", "very_strained"),
    ],
)
def test_a_number_means_the_choice_in_that_place(gateway: Gateway, said: str, option: str) -> None:
    conversation = asked_about_tension(gateway)
    gateway.say(said, conversation)
    assert gateway.dialogue.said[-1] == Command("answer", {"tension": option})


def asked_about_tension(gateway: Gateway) -> str:
    conversation = gateway.begun()
    gateway.tap("safe_to_talk.safe", conversation)
    return conversation


def test_a_label_means_its_choice_in_any_case_and_with_a_slip_of_the_finger(gateway: Gateway) -> None:
    label = gateway.content.texts["en"].questions["tension"].options["strained"].label
    slip = label.replace(label[3], "", 1)
    for said in (label, label.upper(), f"  {label}!! ", slip):
        conversation = asked_about_tension(gateway)
        gateway.say(said, conversation)
        assert gateway.dialogue.said[-1] == Command("answer", {"tension": "strained"}), said


def test_words_that_no_choice_fits_are_read_by_the_dialogue(gateway: Gateway) -> None:
    conversation = asked_about_tension(gateway)
    gateway.say("we mostly talk about trains", conversation)
    gateway.say("99", conversation)
    assert gateway.dialogue.texts == ["we mostly talk about trains", "99"]


def test_yes_and_no_mean_something_only_where_they_were_offered(gateway: Gateway) -> None:
    conversation = asked_about_tension(gateway)
    gateway.say("yes", conversation)
    gateway.say("no", conversation)
    assert gateway.dialogue.texts == ["yes", "no"]
    conversation = gateway.begun()
    gateway.say("yes", conversation)
    assert gateway.dialogue.said[-1] == Command("answer", {"safe_to_talk": "safe"})


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("back", "back"),
        ("why do you ask", "why_ask"),
        ("start again", "start_again"),
        ("change my answer", "change_answer"),
    ],
)
def test_some_things_can_be_asked_for_at_any_time(gateway: Gateway, text: str, intent: str) -> None:
    conversation = asked_about_tension(gateway)
    gateway.say(text, conversation)
    assert gateway.dialogue.said[-1] == Command(intent)


def test_a_button_from_earlier_is_told_to_be_gone_and_the_question_stands_again(gateway: Gateway) -> None:
    conversation = asked_about_tension(gateway)
    turn = gateway.tap("hurt.hurt_or_threatened", conversation)
    assert names(turn) == ["choice_gone", "ask"]
    assert gateway.dialogue.said[-1] == Command("where_were_we")


def test_a_first_message_is_welcomed_and_answered(gateway: Gateway) -> None:
    turn = gateway.say("do you know about trains")
    assert names(turn) == ["welcome", "ask"]
    assert gateway.dialogue.said == [Command("start"), "do you know about trains"]


def test_a_first_greeting_is_answered_by_the_welcome_alone(gateway: Gateway) -> None:
    gateway.dialogue.says = lambda said: [{"utter": "greet_again"}, ASK_SAFE] if said == "hello" else by_default(said)
    assert names(gateway.say("hello")) == ["welcome", "ask"]


# ---- the dialogue fails


def raises(_: object) -> list[Any]:
    raise RuntimeError("he hits me: words that must not be in a log")


BROKEN: dict[str, Callable[[object], object]] = {
    "says nothing": lambda said: [],
    "does not close the turn": lambda said: [{"utter": "welcome"}],
    "says what nobody knows": lambda said: [{"utter": "sing"}],
    "says what nobody knows, then asks": lambda said: [{"utter": "sing"}, ASK_TENSION],
    "asks what nobody knows": lambda said: [{"utter": "ask", "question": "shoe_size"}],
    "asks without a question": lambda said: [{"utter": "ask"}],
    "asks with nonsense": lambda said: [{"utter": "ask", "question": "tension", "left": "many", "parents": 7}],
    "names no utterance": lambda said: [{"utter": None}],
    "names a list": lambda said: [{"utter": ["ask"]}],
    "offers what nobody has": lambda said: [{"utter": "offer_join_now", "course": "none", "why": []}, ASK_TENSION],
    "offers without a course": lambda said: [{"utter": "offer_join_now"}, ASK_TENSION],
    "raises": raises,
}


@pytest.mark.parametrize("says", BROKEN.values(), ids=BROKEN)
def test_a_dialogue_that_talks_nonsense_costs_an_answer_and_nothing_more(
    gateway: Gateway, says: Callable[[object], object], caplog: pytest.LogCaptureFixture
) -> None:
    conversation = asked_about_tension(gateway)
    before = gateway.memory(conversation)
    gateway.dialogue.says = says
    with caplog.at_level(logging.DEBUG):
        for turn in (gateway.tap("tension.strained", conversation), gateway.say("we argue about trains", conversation)):
            assert is_degraded(turn)
            assert turn.conversation == conversation
        assert is_degraded(gateway.tap("start"))
        assert is_degraded(gateway.say("we argue about trains"))
    assert "trains" not in caplog.text
    assert "he hits me" not in caplog.text
    after = gateway.memory(conversation)
    assert (after.asked, after.untold, after.area) == (before.asked, before.untold, before.area)
    assert set(before.offered) <= set(after.offered)

    gateway.dialogue.says = by_default
    gateway.tap("tension.strained", conversation)
    assert gateway.dialogue.said[-1] == Command("answer", {"tension": "strained"})


def test_what_was_offered_before_an_outage_can_still_be_chosen_by_number_and_tap(gateway: Gateway) -> None:
    conversation = asked_about_tension(gateway)
    with without(gateway, "dialogue"):
        assert is_degraded(gateway.say("3", conversation))
        assert is_degraded(gateway.tap("tension.strained", conversation))
    gateway.say("3", conversation)
    gateway.tap("try_again", conversation)
    assert gateway.dialogue.said[-2:] == [Command("answer", {"tension": "strained"}), Command("try_again")]


def test_a_conversation_that_begins_in_an_outage_goes_on_after_it(gateway: Gateway) -> None:
    with without(gateway, "dialogue"):
        turn = gateway.say("hello there you")
        assert is_degraded(turn)
    assert names(gateway.tap("try_again", turn.conversation)) == ["ask"]


@pytest.mark.parametrize("opening", ["start", "go_on", None])
def test_a_slow_dialogue_is_not_waited_for_longer_than_the_patience_however_many_turns_it_takes(
    gateway: Gateway, opening: str | None
) -> None:
    conversation = gateway.begun()
    gateway.store.remember(replace(gateway.memory(conversation), untold="domestic_abuse"))
    gateway.dialogue.takes_s = PATIENCE_S * 0.7  # one turn is in time, two are not
    began = time.monotonic()
    turn = gateway.tap(opening, conversation) if opening else gateway.say(SOFT, conversation)
    took = time.monotonic() - began
    assert is_degraded(turn)
    assert took < PROMISED_S


def test_a_dialogue_that_hangs_is_left_after_the_patience(gateway: Gateway) -> None:
    conversation = gateway.begun()
    gateway.dialogue.takes_s = 60
    began = time.monotonic()
    assert is_degraded(gateway.tap("safe_to_talk.safe", conversation))
    assert PATIENCE_S <= time.monotonic() - began < PROMISED_S


def test_a_fault_in_the_wording_is_the_degraded_answer(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    conversation = asked_about_tension(gateway)
    gateway.dialogue.says = lambda said: [{"utter": "self_help_piece", "piece": "he_hits_me"}, ASK_TENSION]
    assert is_degraded(gateway.say("tell me a story about trains", conversation))
    assert "KeyError" in caplog.text
    assert "he_hits_me" not in caplog.text


# ---- what is remembered


def test_only_ids_are_remembered_and_never_a_word(gateway: Gateway) -> None:
    conversation = asked_about_tension(gateway)
    gateway.say("a zebra told me so", conversation)
    gateway.say("he hits me, said the zebra", conversation)
    memory = gateway.memory(conversation)
    assert "zebra" not in repr(memory)
    assert memory.asked is None
    assert memory.offered == ("other_ways", "go_on", "leave")


def test_a_conversation_that_is_wiped_while_its_turn_is_under_way_stays_wiped(gateway: Gateway) -> None:
    conversation = gateway.begun()

    def is_wiped_meanwhile(said: str | Command) -> list[dict[str, Any]]:
        gateway.intake.forget(conversation)
        return by_default(said)

    gateway.dialogue.says = is_wiped_meanwhile
    gateway.tap("safe_to_talk.safe", conversation)
    assert gateway.store.recall(conversation) is None


def test_a_conversation_that_is_wiped_while_its_turn_fails_stays_wiped(gateway: Gateway) -> None:
    conversation = gateway.begun()

    def is_wiped_meanwhile(_: str | Command) -> list[dict[str, Any]]:
        gateway.intake.forget(conversation)
        return []

    gateway.dialogue.says = is_wiped_meanwhile
    assert is_degraded(gateway.tap("safe_to_talk.safe", conversation))
    assert gateway.store.recall(conversation) is None


def test_wiping_tells_when_it_could_not(gateway: Gateway) -> None:
    conversation = gateway.begun()
    with broken(gateway.database), pytest.raises(StoreUnavailable):
        gateway.intake.forget(conversation)
    assert gateway.memory(conversation)


def test_the_same_intake_serves_another_channel(gateway: Gateway) -> None:
    turn = gateway.intake.answer(Inbound("sms", None, "he hits me"))
    assert turn.outcome == "domestic_abuse"
    assert gateway.memory(turn.conversation).channel == "sms"
