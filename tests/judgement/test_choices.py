"""What a parent typed, read as one of the choices that were offered, or as none of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from bot.choices import Command, command, plain, read_choice
from bot.content import CONTENT, load_texts
from bot.content.questionnaire import Question
from bot.content.reading import read

QUESTIONS = {question.id: question for question in read(CONTENT / "questions.yml", list[Question])}
TEXTS = load_texts(CONTENT / "texts/en")


def said_as(question: str) -> dict[str, list[str]]:
    return {
        f"{question}.{option}": [text.label, *([text.sms] if text.sms is not UNSET else []), *text.also]
        for option, text in TEXTS.questions[question].options.items()
    }


def chosen(question: str, text: str) -> str | None:
    """The option of the question that the text means."""
    ways = said_as(question)
    choice = read_choice(text, list(ways), ways)
    return choice.partition(".")[2] if choice else None


EVERY_WAY = [
    (question, option.partition(".")[2], way)
    for question in QUESTIONS
    for option, ways in said_as(question).items()
    for way in ways
]
TENSION = [option.id for option in QUESTIONS["tension"].options]


# ---- by number


@pytest.mark.parametrize("text", ["2", " 2 ", "2.", "2)", "(2)", "#2", "two", "Two", "TWO.", "second", "the second",
                                  "the second one", "second one please", "2nd", "the 2nd", "option 2", "option two",
                                  "number 2", "Number two.", "answer 2", "2 please", "2 pls"])  # fmt: skip
def test_the_second_of_those_offered_can_be_asked_for_by_number(text: str) -> None:
    assert chosen("tension", text) == TENSION[1]


@pytest.mark.parametrize("text", ["0", "7", "12", "99", "2026", "1 2", "1 or 2", "12345", "seventh", "-", "the"])
def test_a_number_that_was_not_offered_means_nothing(text: str) -> None:
    assert chosen("tension", text) is None


@given(number=st.integers(0, 120), question=st.sampled_from(sorted(QUESTIONS)))
def test_every_number_offered_means_the_option_at_its_place_and_no_other_means_any(number: int, question: str) -> None:
    options = [option.id for option in QUESTIONS[question].options]
    assert chosen(question, str(number)) == (options[number - 1] if 1 <= number <= len(options) else None)


# ---- by words


@pytest.mark.parametrize(("question", "option", "way"), EVERY_WAY)
def test_every_label_and_other_way_of_saying_it_means_its_option(question: str, option: str, way: str) -> None:
    assert chosen(question, way) == option
    assert chosen(question, f"  {way.upper()}! ") == option


@pytest.mark.parametrize(("question", "text", "option"), [
    ("situation", "separted", "separated"), ("situation", "we are toghether", "together"),
    ("situation", "its complicted", "not_sure"), ("on_edge", "frightend", "frightened"),
    ("tension", "id rather not sya", "rather_not"), ("situation", "I don\u2019t know", "not_sure"),
    ("safe_to_talk", "can\u2019t talk now", "not_now"), ("situation", "we  are\nseparated", "separated"),
])  # fmt: skip
def test_a_slip_of_the_finger_is_forgiven(question: str, text: str, option: str) -> None:
    assert chosen(question, text) == option


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "\U0001f642", "x", "bananas", "what do you mean", "\u0644\u0627 \u0623\u0639\u0631\u0641"]
)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_means_none_of_them_is_not_guessed_at(question: str, text: str) -> None:
    assert chosen(question, text) is None


def test_what_is_as_near_to_one_choice_as_to_another_means_neither() -> None:
    ways = {"q.left": ["on the left side"], "q.lift": ["on the lift side"], "q.loft": ["on the loft side"]}
    assert read_choice("on the lxft side", list(ways), ways) is None
    assert read_choice("on the left side", list(ways), ways) == "q.left"


def test_many_ways_of_saying_one_choice_do_not_hide_another_that_is_as_near() -> None:
    ways = {
        "q.one": ["on the left sida", "on the left sidb", "on the left sidc", "on the left sidd"],
        "q.other": ["on the left sidf"],
    }
    assert read_choice("on the left side", list(ways), ways) is None


def test_a_choice_that_is_not_offered_now_is_not_read() -> None:
    ways = {"q.one": ["first thing"], "q.other": ["other thing"]}
    assert read_choice("other thing", ["q.one"], ways) is None


# ---- yes and no

DENIES = re.compile(
    r"\b(no|not|never|none|nothing|nobody|without|cannot|"
    r"(?:ca|could|did|do|does|is|was|wo|would)nt|un\w+)\b"
)
DENIALS = ("not", "never", "no", "dont", "don't", "isn't", "nobody", "cannot")


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize(
    ("question", "option"),
    [
        (question.id, option.id)
        for question in QUESTIONS.values()
        for option in question.options
        if (option.stage or 0) > 1
    ],
)
def test_saying_that_it_is_not_so_is_never_read_as_saying_that_it_is(question: str, option: str, denial: str) -> None:
    # ways that deny something themselves are left out, and "unsettled": to deny those twice is to say nothing
    ways = [way for way in said_as(question)[f"{question}.{option}"] if not DENIES.search(plain(way))]
    for way in ways:
        meant = chosen(question, f"{denial} {way}")
        assert meant != option or f"{denial} {way}" in said_as(question)[f"{question}.{option}"]


@pytest.mark.parametrize(("question", "text", "option"), [
    ("safe_to_talk", "yes", "safe"), ("safe_to_talk", "no", "not_now"), ("still_safe", "Yes.", "safe"),
    ("still_safe", "NO", "not_now"), ("safe_to_talk", "nope", "not_now"), ("safe_to_talk", "n", "not_now"),
    ("safe_to_talk", "y", "safe"),
])  # fmt: skip
def test_a_bare_yes_or_no_answers_whether_it_is_safe(question: str, text: str, option: str) -> None:
    assert chosen(question, text) == option


@pytest.mark.parametrize("question", [question.id for question in QUESTIONS.values() if question.part == "closer"])
def test_a_bare_no_to_a_closer_question_is_its_mildest_answer_and_a_bare_yes_a_grave_one(question: str) -> None:
    stages = {option.id: option.stage or 0 for option in QUESTIONS[question].options}
    no, yes = chosen(question, "no"), chosen(question, "yes")
    assert no is None or stages[no] == 1
    assert yes is None or stages[yes] >= 4


@given(text=st.text(max_size=60), question=st.sampled_from(sorted(QUESTIONS)))
def test_whatever_is_typed_is_read_as_something_offered_or_as_nothing(text: str, question: str) -> None:
    assert chosen(question, text) in {None, *(option.id for option in QUESTIONS[question].options)}


# ---- what a choice tells the dialogue


def test_a_choice_becomes_an_answer_or_an_intent_of_its_own() -> None:
    assert command("tension.good") == Command("answer", {"tension": "good"})
    assert command("go_on") == Command("go_on")
    assert command("area.westminster") == Command("choose_area", {"area": "westminster"})
    assert command("read.soft-start") == Command("read_piece", {"read": "soft-start"})
    assert command("self_help.more") == Command("self_help_menu", {"self_help": "more"})
    assert command("change.tension").entities == {"change": "tension"}
