"""The safety gate: what opens a route, what does not, and what no way of writing may change."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.safety import SafetyRule
from bot.triage import ROUTES, Triage, compiled, read_rules, triage

ROOT = Path(__file__).parents[2]
RULES = read_rules(ROOT / "content" / "safety")
GATE = compiled(RULES)
CASES = Path(__file__).parent / "cases"


def fires(rule: SafetyRule, message: str) -> bool:
    asked = rule.asked[0] if rule.asked else None
    return rule in GATE.fired(message, asked)[1]


def cases() -> list[Any]:
    """Every message that the rules are tuned on; the ones kept aside are only ever counted."""
    return [
        pytest.param(message, group.get("asked"), group["routes"], id=message[:60])
        for file in sorted(CASES.glob("*.yml"))
        if file.name != "held_out.yml"
        for group in yaml.safe_load(file.read_text(encoding="utf-8"))
        for message in group["says"]
    ]


# Known faults: an honest list, kept short. A message that comes right must be taken off it.
NOT_YET = set(yaml.safe_load((CASES.parent / "not_yet.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_each_rule_holds_on_its_examples_and_not_on_its_counterexamples(rule: SafetyRule) -> None:
    missed = [message for message in rule.must if not fires(rule, message)]
    wrongly = [message for message in rule.must_not if fires(rule, message)]
    assert (missed, wrongly) == ([], [])


@pytest.mark.parametrize(("message", "asked", "routes"), cases())
def test_a_message_opens_the_route_it_should(message: str, asked: str | None, routes: list[str]) -> None:
    right = triage(message, RULES, asked).route in routes
    assert right != (message in NOT_YET)


def labels_that_are_no_disclosure() -> list[Any]:
    questions = yaml.safe_load((ROOT / "content" / "questions.yml").read_text(encoding="utf-8"))
    texts = yaml.safe_load((ROOT / "content" / "texts" / "en" / "questions.yml").read_text(encoding="utf-8"))
    return [
        pytest.param(question["id"], words, id=f"{question['id']}.{option['id']}: {words}")
        for question in questions
        for option in question["options"]
        if option.get("stage", 1) < 4 and "route" not in option
        for words in (
            texts[question["id"]]["options"][option["id"]]["label"],
            texts[question["id"]]["options"][option["id"]].get("sms"),
        )
        if words
    ]


@pytest.mark.parametrize(("asked", "words"), labels_that_are_no_disclosure())
def test_typing_a_mild_answer_in_its_own_words_opens_nothing(asked: str, words: str) -> None:
    assert triage(words, RULES, asked).route == "none"


@pytest.mark.parametrize("empty", ["", " ", "\n", "...", "?!", "\u200b", "/", "\U0001f602"])
def test_an_empty_message_opens_nothing(empty: str) -> None:
    assert triage(empty, RULES) == Triage("none", False, 0.0, ())


@pytest.mark.parametrize(
    "written",
    [
        "HE HIT ME",
        "he h1t me",
        "h e  h i t s  m e",
        "h.e h.i.t m.e",
        "hehitme",
        "he hiiit meee",
        "/he hit me",
        "  //  he hit me",
        "he\u200b h\u200dit me",
        "h\u0435 hit m\u0435",
        "\uff48\uff45 \uff48\uff49\uff54 \uff4d\uff45",
        "he h\u00eft me",
        "hes hit me agn",
        "My hsuband hit me",
        "my husbnad punchd me",
        "bf hit me lol",
        "he hit me \U0001f622",
        "he hit\nme",
    ],
)
def test_no_way_of_writing_it_hides_a_disclosure(written: str) -> None:
    assert triage(written, RULES).show_helpline


@pytest.mark.parametrize(
    ("who", "route"),
    [
        ("I hit him", "own_behaviour"),
        ("he hit me", "domestic_abuse"),
        ("he hits the kids", "child_protection"),
        ("my toddler hits me", "none"),
        ("my teenage son hits me", "domestic_abuse"),
        ("I want to die", "suicide_risk"),
        ("he says he'll kill himself if I leave", "domestic_abuse"),
        ("he has a knife", "emergency"),
    ],
)
def test_who_does_what_to_whom_decides_the_route(who: str, route: str) -> None:
    assert triage(who, RULES).route == route


def test_an_answer_is_read_with_its_question() -> None:
    assert triage("when i give in", RULES, "how_it_ends").route == "check_in"
    assert triage("yes", RULES, "hurt").route == "check_in"
    assert triage("yes", RULES).route == "none"


words = st.sampled_from(
    [
        "he",
        "she",
        "me",
        "my",
        "i",
        "hit",
        "never",
        "not",
        "kids",
        "knife",
        "phone",
        "let",
        "allowed",
        "the",
        "a",
        "when",
        "scared",
        "of",
        "at",
        "fifa",
        ".",
        "!",
        "\n",
    ]
)
any_text = st.text(max_size=200) | st.lists(words, max_size=40).map(" ".join)


@given(any_text, st.sampled_from([None, "how_it_ends", "hurt", "no_such_question"]))
@settings(deadline=None)
def test_any_text_gets_an_answer_that_is_in_order(text: str, asked: str | None) -> None:
    found = triage(text, RULES, asked)
    assert found.show_helpline == (found.route != "none")
    assert 0 <= found.score <= 1
    assert found == triage(text, RULES, asked)


def gravity(route: str) -> int:
    return len(ROUTES) - ROUTES.index(route) if route in ROUTES else 0  # type: ignore[arg-type]


# Rules that say `unless_in_message` may be lifted by what follows; the disclosures here do not rest on one alone.
DISCLOSURES = [
    "my husband hit me last night",
    "he took my passport",
    "I want to die",
    "she checks my phone every night",
    "he won't let me see my friends",
    "I have to ask before I spend",
]


@given(
    st.sampled_from(DISCLOSURES),
    st.lists(
        st.sampled_from(
            [
                "we argue about money",
                "never mind",
                "sorry",
                "I'm exaggerating",
                "he is nice",
                "hello",
                "not really",
                "lol",
            ]
        ),
        max_size=6,
    ),
)
@settings(deadline=None)
def test_nothing_said_afterwards_takes_a_disclosure_back(disclosure: str, after: list[str]) -> None:
    alone, followed = triage(disclosure, RULES), triage(". ".join([disclosure, *after]), RULES)
    assert gravity(followed.route) >= gravity(alone.route)


@given(
    st.sampled_from([*DISCLOSURES, "we argue about money", "is this free"]),
    st.text(alphabet="/ \u200b\u200c\u200d\u2060\ufeff\t", max_size=8),
    st.booleans(),
)
@settings(deadline=None)
def test_leading_slashes_spaces_invisible_letters_and_case_change_nothing(text: str, before: str, loud: bool) -> None:
    assert triage(before + (text.upper() if loud else text), RULES).route == triage(text, RULES).route


@pytest.mark.parametrize("unit", ["he hit me but he never hit me at fifa ", "a b ", "aaaa", "never not ", ". "])
def test_a_message_of_100_kilobytes_is_read_whole_and_at_once(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + " . my husband hit me"
    begun = time.perf_counter()
    assert triage(text, RULES).show_helpline
    assert time.perf_counter() - begun < 2
