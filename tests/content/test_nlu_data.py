"""The training examples cover every question and option, and no example says two things at once."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "nlu" / "en"

SERVICE = {
    "why_ask", "who_sees", "can_they_see", "are_you_robot", "talk_to_person", "ask_cost", "ask_language", "ask_where",
    "how_to_join", "ask_phone_bill", "what_is_this", "how_long",
}  # fmt: skip
SMALL_TALK = {"greet", "how_are_you", "thanks", "joke", "frustrated", "feeling_low", "goodbye"}
CONTROL = {
    "back", "skip", "change_answer", "start_again", "go_on", "other_ways", "help_now", "outcome_again", "where_were_we",
    "self_help_menu", "stop_for_now",
}  # fmt: skip
AT_LEAST = {
    **dict.fromkeys(SERVICE | SMALL_TALK | CONTROL, 40),
    "out_of_scope": 100,
    "tell_story": 150,
    "disclose_emergency": 80,
    "disclose_domestic_abuse": 150,
    "disclose_child_protection": 80,
    "disclose_suicide_risk": 80,
    "disclose_own_behaviour": 80,
}
AT_LEAST_FOR_AN_OPTION = 25

# Common first names that are not also everyday words.
FIRST_NAMES = """
aaron abdul adam ahmed aisha alan alex ali alice amina amy andrea andrew angela anna anthony ben beth brian carol
charlotte chloe chris claire craig daniel darren dave david dean debbie donna ella emily emma fatima fiona gareth
gary george graham hannah harry hassan helen ibrahim isaac isla jacob jade james jamie jane jason jayden jenny jess
jessica jim joanne joe john jordan joseph joshua karen kate katie keith kelly kevin khadija kieran kyle laura leah
lee leon liam linda lisa louise lucy luke maria martin mary maryam matt matthew michael michelle mike mohammed
muhammad natalie nathan neil nicola noah nora oliver olivia omar paul peter phil priya rachel rebecca richard robert
ruth ryan sam samantha samuel sarah sean sharon simon sophie stacey stephen steve susan tamara thomas tom tony
tracey tyler victoria wayne yusuf zainab zara
"""


class Example(NamedTuple):
    """One line a parent might type, the intent it stands under, and where."""

    text: str
    intent: str
    file: str

    @property
    def heard(self) -> str:
        """The text as the classifier hears it: small letters, no punctuation."""
        return " ".join(re.sub(r"[^a-z0-9 ]+", " ", self.text.lower().replace("'", "")).split())

    @property
    def meaning(self) -> str:
        """What must not be mixed up: answers are told apart within their question only."""
        return self.intent.split(".")[0]


def read_examples() -> list[Example]:
    """Every example of the English training data, in order."""
    examples = []
    for path in sorted(EXAMPLES.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in entry["examples"].splitlines():
                assert line.startswith("- "), f"{path.name}: {entry['intent']}: not an example: {line!r}"
                examples.append(Example(line[2:], entry["intent"], path.name))
    return examples


ALL = read_examples()


def options_of_the_questions() -> set[str]:
    questions: list[dict[str, Any]] = yaml.safe_load((ROOT / "content" / "questions.yml").read_text(encoding="utf-8"))
    return {f"answer/{question['id']}.{option['id']}" for question in questions for option in question["options"]}


def counted() -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for example in ALL:
        counts[example.intent] += 1
    return counts


def test_every_option_of_every_question_has_examples_and_no_example_answers_an_unknown_one() -> None:
    answered = {example.intent for example in ALL if example.intent.startswith("answer/")}
    assert answered == options_of_the_questions()


def test_every_other_intent_is_a_known_one() -> None:
    assert {example.intent for example in ALL if not example.intent.startswith("answer/")} == set(AT_LEAST)


@pytest.mark.parametrize("intent", sorted(options_of_the_questions()))
def test_an_option_has_enough_examples(intent: str) -> None:
    assert counted()[intent] >= AT_LEAST_FOR_AN_OPTION


@pytest.mark.parametrize(("intent", "least"), sorted(AT_LEAST.items()))
def test_an_intent_has_enough_examples(intent: str, least: int) -> None:
    assert counted()[intent] >= least


def test_an_intent_stands_in_one_file() -> None:
    files = defaultdict(set)
    for example in ALL:
        files[example.intent].add(example.file)
    assert {intent: names for intent, names in files.items() if len(names) > 1} == {}


def test_no_example_stands_twice_within_a_question_or_an_intent() -> None:
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for example in ALL:
        key = (example.meaning, example.heard)
        if key in seen:
            twice.append((example.text, example.intent, seen[key]))
        seen[key] = example.intent
    assert twice == []


def test_no_example_stands_under_two_intents() -> None:
    """All answers are one intent to the first classifier, so they may share short words between questions."""
    intents = defaultdict(set)
    for example in ALL:
        intents[example.heard].add(example.intent.split("/")[0])
    assert {heard: names for heard, names in intents.items() if len(names) > 1} == {}


def test_no_example_begins_with_a_slash_or_marks_an_entity() -> None:
    assert [example for example in ALL if example.text.lstrip().startswith("/") or "](" in example.text] == []


def test_examples_are_written_in_plain_ascii_without_stray_spaces() -> None:
    assert [e for e in ALL if not e.text.isascii() or e.text != " ".join(e.text.split()) or not e.heard] == []


def test_no_example_is_longer_than_a_parent_types_in_one_go() -> None:
    assert [example for example in ALL if len(example.text.split()) > 45] == []


def test_no_example_names_a_person() -> None:
    names = set(FIRST_NAMES.split())
    assert [example for example in ALL if names & set(example.heard.split())] == []
