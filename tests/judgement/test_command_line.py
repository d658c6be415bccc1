"""`python -m bot`: JSON Lines as other tools rely on them, and whatever is wrong is named without stopping the rest."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.content import CONTENT, load_content
from bot.match import KINDS_BY_STAGE

ROOT = CONTENT.parent
CONTENTS = load_content()
ROUTES = {"emergency", "domestic_abuse", "child_protection", "suicide_risk", "own_behaviour", "check_in", "none"}
BANK_CARD = "he wont let me have my own bank card"


def bot(*arguments: str, said: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """One run of the command line."""
    encoded = said.encode() if isinstance(said, str) else said
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], input=encoded, capture_output=True, cwd=ROOT, timeout=60, check=False
    )


def answers(command: str, *lines: str | bytes | dict[str, Any]) -> list[dict[str, Any]]:
    """The answer to each line. The command must succeed, and say nothing else."""
    encoded = [
        line if isinstance(line, bytes) else (json.dumps(line) if isinstance(line, dict) else line).encode()
        for line in lines
    ]
    ran = bot(command, said=b"".join(line + b"\n" for line in encoded))
    assert (ran.returncode, ran.stderr) == (0, b"")
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(found) == len(lines)
    return found


def errors(command: str, *lines: str | bytes | dict[str, Any]) -> list[tuple[str, str]]:
    """The code and the message of each error; a good line after them shows that the rest is still answered."""
    good: dict[str, Any] = {"answers": {}} if command == "place" else {"stage": 4}
    *bad, last = answers(command, *lines, good)
    assert "error" not in last
    assert all(set(line) == {"error"} and set(line["error"]) == {"code", "message"} for line in bad)
    return [(line["error"]["code"], line["error"]["message"]) for line in bad]


# ---- triage


def test_triage_answers_each_message_in_order_in_the_shape_that_was_agreed() -> None:
    found = answers("triage", BANK_CARD, "we argue about the washing up", "he has a knife and he is in the kitchen now")
    assert [line["route"] for line in found] == ["domestic_abuse", "none", "emergency"]
    for line in found:
        assert set(line) == {"route", "show_helpline", "score", "reasons"}
        assert line["route"] in ROUTES
        assert line["show_helpline"] is (line["route"] != "none")
        assert 0 <= line["score"] <= 1
        assert all(isinstance(reason, str) for reason in line["reasons"])
    assert found[0]["reasons"]


def test_triage_takes_an_object_with_the_question_that_stood() -> None:
    found = answers(
        "triage",
        {"text": BANK_CARD},
        {"text": BANK_CARD, "asked": "tension"},
        {"text": BANK_CARD, "asked": None},
        {"text": BANK_CARD, "asked": "no such question"},
        {"text": "", "asked": "hurt"},
    )
    assert [line["route"] for line in found] == ["domestic_abuse"] * 4 + ["none"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "\U0001f642\U0001f642",
        "\u0644\u0627",
        b"\xff\xfe\x00",
        "\x00\x1b[2J",
        "/restart",
        '/slot{"stage":1}',
        "null",
        "[1, 2]",
        "{",
        "{not json",
        '{"text": 3}',
        '{"words": "hello"}',
        '{"text": "hello", "asked": 4}',
        "{" * 5000,
        "a" * 100_000,
    ],
)
def test_triage_refuses_nothing(line: str | bytes) -> None:
    first, second = answers("triage", line, BANK_CARD)
    assert first["route"] == "none"
    assert second["route"] == "domestic_abuse"


def test_what_only_looks_like_an_object_is_read_as_what_somebody_typed() -> None:
    broken, wrong = answers("triage", "{" + BANK_CARD, json.dumps({"message": BANK_CARD}))
    assert broken["route"] == wrong["route"] == "domestic_abuse"


def test_lines_end_as_on_any_machine_and_the_last_one_need_not_end() -> None:
    found = bot("triage", said=f"{BANK_CARD}\r\nhello\r\n{BANK_CARD}").stdout.splitlines()
    assert [json.loads(line)["route"] for line in found] == ["domestic_abuse", "none", "domestic_abuse"]


def test_nothing_in_nothing_out() -> None:
    assert bot("triage").stdout == b""


def test_triage_is_ready_within_3_seconds_and_answers_each_line_at_once() -> None:
    before = os.times()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "triage"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for route in ("domestic_abuse", "none"):
            process.stdin.write(f"{BANK_CARD if route != 'none' else 'hello'}\n".encode())
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 20)[0], "no answer before the next line is sent"
            assert json.loads(process.stdout.readline())["route"] == route
        process.stdin.close()
        assert process.wait(20) == 0
    after = os.times()  # its own time on the processor, so that a busy machine makes no difference
    assert after.children_user + after.children_system - before.children_user - before.children_system < 3


def test_triage_needs_the_safety_rules_and_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "safety", tmp_path / "safety")
    ran = bot("triage", "--content", str(tmp_path), said=BANK_CARD)
    assert json.loads(ran.stdout)["route"] == "domestic_abuse"


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "place"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, stderr = process.communicate(b'{"answers": {}}\n' * 2000, timeout=30)
        assert (process.returncode, stderr) == (0, b"")


# ---- place


def test_place_answers_with_stage_route_and_reasons() -> None:
    assert answers(
        "place",
        {"answers": {}},
        {"answers": {"tension": "strained"}},
        {"answers": {"hurt": "hurt_or_threatened"}},
        {"answers": {"controlled": "not_sure", "on_edge": "rather_not"}},
    ) == [
        {"stage": 1, "route": "universal", "reasons": []},
        {"stage": 2, "route": "self_help", "reasons": ["tension.strained"]},
        {"stage": 6, "route": "specialist", "reasons": ["hurt.hurt_or_threatened"]},
        {"stage": 4, "route": "helpline", "reasons": ["controlled.not_sure", "on_edge.rather_not"]},
    ]


def test_a_choice_may_be_named_as_the_buttons_do() -> None:
    short, long = answers("place", {"answers": {"hurt": "never"}}, {"answers": {"hurt": "hurt.never"}})
    assert short == long


def test_nothing_is_carried_from_one_line_to_the_next() -> None:
    grave, mild = answers("place", {"answers": {"hurt": "hurt_or_threatened"}}, {"answers": {"tension": "good"}})
    assert (grave["stage"], mild["stage"]) == (6, 1)


def test_place_names_what_is_wrong_with_a_line_and_goes_on() -> None:
    found = errors(
        "place",
        "nope",
        "",
        b"\xff",
        "[]",
        "{}",
        {"answers": []},
        {"answers": {"tension": 3}},
        {"answers": {"mood": "good"}},
        {"answers": {"tension": "awful"}},
        {"answers": {}, "floor": 3},
        "{" * 5000,
    )
    assert [code for code, _ in found] == ["not_json"] * 3 + ["bad_request"] * 4 + ["unknown_answer"] * 2 + [
        "bad_request",
        "not_json",
    ]
    assert "answers" in found[4][1]
    assert "'mood'" in found[7][1]
    assert "'awful'" in found[8][1]
    assert "floor" in found[9][1]


# ---- match


def test_match_offers_courses_in_the_words_of_the_table_and_says_why() -> None:
    named = {(programme.provider, course.name): course.kind for programme, course in CONTENTS.courses.values()}
    family = {"relationship": "separated", "children_ages": [3, 7], "role": "father", "needs": ["low_income"]}
    [found] = answers("match", {"stage": 3, "area": "all", "circumstances": family})
    assert len(found["offers"]) > 3
    for offer in found["offers"]:
        assert set(offer) == {"provider", "name", "kind", "delivery", "why"}
        assert named[offer["provider"], offer["name"]] == offer["kind"]
        assert offer["why"]
        assert all(words and ":" not in words and "_" not in words for words in offer["why"])
    assert {"for fathers", "for parents who live apart"} & set(found["offers"][0]["why"])


@pytest.mark.parametrize("stage", range(1, 7))
def test_match_keeps_to_the_kinds_of_the_stage_and_offers_nothing_from_4_on(stage: int) -> None:
    [found] = answers("match", {"stage": stage, "circumstances": {"relationship": "together"}})
    assert {offer["kind"] for offer in found["offers"]} <= KINDS_BY_STAGE.get(stage, set())
    assert bool(found["offers"]) is (stage <= 3)


def test_match_takes_every_area_and_all_of_them_by_default() -> None:
    family = {"relationship": "together", "children_ages": [0.5]}
    asked = [{"stage": 3, "area": area, "circumstances": family} for area in ["all", *CONTENTS.areas]]
    everywhere, *local, unsaid = answers("match", *asked, {"stage": 3, "circumstances": family})
    assert everywhere == unsaid
    assert all(found["offers"] for found in local)


def test_match_takes_what_the_parent_did_not_say() -> None:
    empty, nulls, least = answers(
        "match",
        {"stage": 3, "area": "all", "circumstances": {}},
        {"stage": 3, "circumstances": {"relationship": None, "role": None}},
        {"stage": 3},
    )
    assert empty == nulls == least
    assert empty["offers"]


def test_every_need_and_any_language_can_be_named() -> None:
    needs = [
        "send",
        "armed_forces",
        "faith_muslim",
        "black_asian_minority_ethnic",
        "prison",
        "new_baby",
        "odd_conduct",
        "court",
        "low_income",
        "prefers_online",
        "prefers_in_person",
        "language:ar",
    ]
    for found in answers("match", *({"stage": 3, "circumstances": {"needs": [need]}} for need in needs)):
        assert found["offers"]


def test_match_names_what_is_wrong_with_a_line_and_goes_on() -> None:
    families: list[dict[str, Any]] = [
        {"relationship": "married"},
        {"role": "uncle"},
        {"children_ages": [-1]},
        {"children_ages": 4},
        {"needs": ["pony"]},
        {"needs": ["language:"]},
        {"ages": [4]},
    ]
    found = errors(
        "match",
        "",
        {"stage": 0},
        {"stage": 7},
        {"stage": "3"},
        {"stage": True},
        {},
        {"stage": 3, "area": "mars"},
        *({"stage": 3, "circumstances": family} for family in families),
    )
    assert [code for code, _ in found] == [
        "not_json",
        *["bad_request"] * 5,
        "unknown_area",
        *["bad_request"] * 4,
        "unknown_need",
        "unknown_need",
        "bad_request",
    ]
    assert "stage" in found[1][1]
    assert "'mars'" in found[6][1]
    assert "westminster" in found[6][1]
    assert "'pony'" in found[11][1]
    assert "ages" in found[13][1]


# ---- broken content


@pytest.mark.parametrize("command", ["place", "match", "check", "triage"])
def test_broken_content_stops_a_command_with_file_and_line(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    broken = folder / ("safety/threats.yml" if command == "triage" else "questions.yml")
    lines = broken.read_text(encoding="utf-8").splitlines()
    key = "  route:" if command == "triage" else "  part:"
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(key))
    lines[line - 1] = "  colour: red"
    broken.write_text("\n".join(lines), encoding="utf-8")
    ran = bot(command, "--content", str(folder), said='{"answers": {}}\n')
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().startswith(f"{broken}:")
    assert ran.stderr.count(b"\n") == 1


def test_a_safety_phrase_that_cannot_be_read_stops_the_start_with_its_file_and_rule(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "safety", tmp_path / "safety")
    (tmp_path / "safety/zz_new.yml").write_text(
        "- id: fine\n  says: It is fine\n  route: check_in\n  phrases: [hello there]\n  must: [hello there]\n"
        "- id: broken\n  says: It is broken\n  route: check_in\n  phrases: ['{no_such_list} there']\n  must: [hello]\n",
        encoding="utf-8",
    )
    ran = bot("triage", "--content", str(tmp_path), said="hello\n")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().startswith(f"{tmp_path}/safety/zz_new.yml:6: rule broken: ")
    assert b"no_such_list" in ran.stderr


# ---- for people


def test_figures_are_printed_beside_the_baselines() -> None:
    ran = bot("evaluate")
    said = ran.stdout.decode()
    assert (ran.returncode, ran.stderr) == (0, b"")
    for heading in (
        "TUNED ON",
        "KEPT ASIDE",
        "found by keywords",
        "false alarms",
        "all disclosures",
        "PLACEMENT",
        "A question about fear alone",
    ):
        assert heading in said


def test_an_unknown_command_is_refused_with_the_list_of_those_there_are() -> None:
    ran = bot("guess")
    assert ran.returncode == 2
    assert b"triage | place | match | check | evaluate" in ran.stderr
