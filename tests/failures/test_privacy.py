"""Nothing that a parent types is written to any disk, whatever goes wrong meanwhile, and what is deleted is gone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_service import LOOPBACK, ROOT, Service, Talk

pytestmark = pytest.mark.service

# Words that nothing else in the service holds, one for each way that a message can take.
BEGINNING, OWN_WORDS, QUESTION = "marmaladecake", "velvetlantern", "tulipwhistle"
DISCLOSED, SOFT, DANGER = "copperzebra", "plumthistle", "amberwalrus"
WHILE_RASA_IS_DOWN, WHILE_ACTIONS_ARE_DOWN, WHILE_RASA_HANGS = "pepperglacier", "woollendrum", "biscuitharbour"
REFUSED, TOO_LONG, ODD = "candlefjord", "rhubarbtram", "jigsawpelican"
PLANTED = (
    BEGINNING,
    OWN_WORDS,
    QUESTION,
    DISCLOSED,
    SOFT,
    DANGER,
    WHILE_RASA_IS_DOWN,
    WHILE_ACTIONS_ARE_DOWN,
    WHILE_RASA_HANGS,
    REFUSED,
    TOO_LONG,
    ODD,
)


@pytest.fixture(autouse=True)
def whole_again(service: Service) -> Iterator[None]:
    service.wait_until_ready()
    yield
    for name in service.processes:
        service.resume(name)
    service.start()
    service.wait_until_ready()


def written_by(service: Service) -> list[Path]:
    """Every file that the service has written or holds open for writing: databases, journals, logs, whatever else."""
    files = {file for file in service.folder.rglob("*") if file.is_file()}
    for process in service.processes.values():
        for pid in members_of(process.pid):
            files |= opened_for_writing(pid)
    return sorted(files)


def members_of(group: int) -> list[int]:
    """The processes of a group that this one may look at."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[2]) == group:
            found.append(int(entry.name))
    return found


def opened_for_writing(pid: int) -> set[Path]:
    files = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            facts = Path(f"/proc/{pid}/fdinfo/{descriptor.name}").read_text(encoding="utf-8").split()
            file = descriptor.readlink()
        except OSError:
            continue
        if int(facts[facts.index("flags:") + 1], 8) & os.O_ACCMODE and file.is_file():
            files.add(file)
    return files


def holding(word: str, files: list[Path]) -> list[str]:
    """The names of the files in which the word stands, in either of the ways in which text is written."""
    ways = word.encode(), word.upper().encode(), word.encode("utf-16-le")
    return [str(file) for file in files if any(way in file.read_bytes() for way in ways)]


def test_no_word_of_a_parent_is_written_anywhere(service: Service) -> None:
    talk = Talk(service, area="westminster")
    talk.say(f"hello {BEGINNING}")
    talk.tap("safe_to_talk.safe")
    talk.say(f"we live together with {OWN_WORDS}")
    talk.say(f"why do you ask {QUESTION}")
    talk.say(f'{ODD} \U0001f62d /restart{{"a": 1}} \u202e\x00 <script>')
    assert Talk(service).say(f"he hits me {DISCLOSED}").route == "domestic_abuse"
    assert Talk(service).say(f"he is outside with a knife now {DANGER}").route == "emergency"
    Talk(service).say(f"something does not feel right {SOFT}")
    assert Talk(service, conversation="never-there").say(f"hello {REFUSED}").status == 404
    assert talk.say(f"{TOO_LONG} " * 5_000).status == 413

    service.kill("actions")
    assert "try_again" in talk.say(f"well {WHILE_ACTIONS_ARE_DOWN} and so on").choices
    service.kill("rasa")
    assert "try_again" in talk.say(f"and {WHILE_RASA_IS_DOWN} as well").choices
    service.start("rasa", "actions")
    service.wait_until_ready()
    service.pause("rasa")
    talk.say(f"then {WHILE_RASA_HANGS} happened")
    service.resume("rasa")
    service.wait_until_ready()
    assert talk.tap("try_again").status == 200

    files = written_by(service)
    assert {"waymark.sqlite", "dialogue.sqlite", "gateway.log", "rasa.log", "actions.log"} <= {
        file.name for file in files
    }
    assert holding("westminster", files)  # what is kept is found: the search itself works
    for word in PLANTED:
        assert holding(word, files) == []


def test_a_message_on_which_rasa_fails_is_not_in_its_log(service: Service) -> None:
    turn = f"http://{LOOPBACK}:{service.ports['rasa']}/webhooks/waymark/turn"
    entities = {"quillfeather": {"quillfeather": []}}
    for body in (
        {"conversation": "x", "text": ["quillfeather"]},
        {"text": "quillfeather"},
        {"conversation": "x", "command": {"quillfeather": 1}},
        {"conversation": "x", "command": {"intent": "answer", "entities": entities}},
    ):
        assert service.session.post(turn, json=body, timeout=10).status_code in (200, 500)
    assert service.session.post(turn, data=b'{"text": "quillfeather', timeout=10).status_code in (400, 500)
    assert holding("quillfeather", written_by(service)) == []


def test_after_deleting_no_trace_of_the_conversation_is_in_either_database(service: Service) -> None:
    talk = Talk(service, area="westminster")
    for choice in ("start", "safe_to_talk.safe", "situation.together", "tension.strained"):
        talk.tap(choice)
    assert talk.conversation
    databases = [file for file in written_by(service) if ".sqlite" in file.name]
    assert holding(talk.conversation, databases)
    assert talk.delete() == 204
    assert holding(talk.conversation, written_by(service)) == []
    assert talk.tap("go_on").error == "unknown_conversation"


def test_leaving_leaves_no_trace_either(service: Service) -> None:
    talk = Talk(service)
    for choice in ("start", "safe_to_talk.safe", "leave"):
        talk.tap(choice)
    assert talk.conversation
    assert holding(talk.conversation, written_by(service)) == []


def test_no_log_names_a_conversation_or_a_choice(service: Service) -> None:
    talk = Talk(service)
    for choice in ("start", "safe_to_talk.safe", "situation.separated", "tension.very_strained"):
        talk.tap(choice)
    assert talk.conversation
    logs = [service.log(name) for name in service.commands]
    for word in (talk.conversation, "very_strained", "safe_to_talk"):
        assert holding(word, logs) == []


def test_rasa_sends_nothing_to_anybody() -> None:
    for file in ("Makefile", "supervisord.conf"):
        assert "RASA_TELEMETRY_ENABLED" in (ROOT / file).read_text(encoding="utf-8")


def test_telemetry_is_off_in_the_running_rasa(service: Service) -> None:
    environment = Path(f"/proc/{service.processes['rasa'].pid}/environ").read_bytes().split(b"\0")
    assert b"RASA_TELEMETRY_ENABLED=false" in environment
