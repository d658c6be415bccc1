"""Which question comes next: each once, at most twelve to an outcome, the closer ones asked of everyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import CONTENT, by_id
from bot.content.questionnaire import Question
from bot.due import ENOUGH_TO_ACT, asking_order, due
from bot.place import place

QUESTIONS = tuple(by_id(CONTENT / "questions.yml", Question).values())
PART = {question.id: question.part for question in QUESTIONS}
IDS = {part: [question.id for question in QUESTIONS if question.part == part] for part in PART.values()}
CHECKS = {question.id for question in QUESTIONS if any(option.stops for option in question.options)}
MOST_QUESTIONS = 12
MILD = {
    "safe_to_talk": "safe",
    "situation": "together",
    "tension": "good",
    "how_it_ends": "sorted",
    "speaking_up": "both",
    "children_see": "not_much",
    "still_safe": "safe",
    "controlled": "never",
    "on_edge": "never",
    "hurt": "never",
    "pressured": "never",
}


def walk(choose: Callable[[Question], str], *, closer_first: bool = False, floor: int = 1) -> list[tuple[str, str]]:
    """The questions that one family is asked, with its answers, until nothing is due."""
    answers: dict[str, str] = {}
    known = {question.id: question for question in QUESTIONS}
    while left := due(QUESTIONS, answers, closer_first=closer_first, floor=floor):
        assert left[0] not in answers
        answers[left[0]] = choose(known[left[0]])
    return list(answers.items())


def any_walk(data: st.DataObject, *, stopping: bool = True, **said: bool | int) -> list[tuple[str, str]]:
    return walk(
        lambda question: data.draw(
            st.sampled_from([option.id for option in question.options if stopping or not option.stops])
        ),
        **said,
    )  # type: ignore[arg-type]


@given(data=st.data(), closer_first=st.booleans(), floor=st.integers(1, 6))
def test_no_question_comes_twice_and_at_most_twelve_come_beside_the_checks(
    data: st.DataObject, closer_first: bool, floor: int
) -> None:
    asked = [question for question, _ in any_walk(data, closer_first=closer_first, floor=floor)]
    assert len(asked) == len(set(asked))
    assert len([question for question in asked if question not in CHECKS]) <= MOST_QUESTIONS


@given(data=st.data())
def test_whoever_can_talk_is_asked_every_closer_question_unless_an_answer_says_enough(data: st.DataObject) -> None:
    answers = dict(any_walk(data, stopping=False))
    assert set(IDS["closer"]) <= answers.keys() or place(QUESTIONS, answers).stage >= ENOUGH_TO_ACT


@given(data=st.data(), closer_first=st.booleans())
def test_the_questions_end_with_the_answer_that_says_enough(data: st.DataObject, closer_first: bool) -> None:
    walked = any_walk(data, closer_first=closer_first)
    stages = [place(QUESTIONS, dict(walked[:count])).stage for count in range(1, len(walked) + 1)]
    assert all(stage < ENOUGH_TO_ACT for stage in stages[:-1])


@given(data=st.data())
def test_it_is_asked_whether_it_is_safe_first_and_right_before_the_closer_questions(data: st.DataObject) -> None:
    asked = [question for question, _ in any_walk(data)]
    assert asked[0] == "safe_to_talk"
    closer = [place for place, question in enumerate(asked) if PART[question] == "closer"]
    if closer:
        assert asked[closer[0] - 1] == "still_safe"


@pytest.mark.parametrize("check", sorted(CHECKS))
@given(data=st.data())
def test_nothing_more_is_asked_of_somebody_who_cannot_talk_now(check: str, data: st.DataObject) -> None:
    answers = {**dict(any_walk(data)), check: "not_now"}
    assert due(QUESTIONS, answers) == ()


def test_a_hint_brings_the_closer_questions_before_the_everyday_ones() -> None:
    usual = [question.part for question in asking_order(QUESTIONS)]
    hinted = [question.part for question in asking_order(QUESTIONS, closer_first=True)]
    assert usual.index("everyday") < usual.index("check") < usual.index("closer") < usual.index("next")
    assert hinted.index("check") < hinted.index("closer") < hinted.index("everyday") < hinted.index("next")
    assert hinted[0] == usual[0] == "opening"


@given(data=st.data())
def test_a_hint_changes_the_order_and_nothing_else(data: st.DataObject) -> None:
    answers = dict(any_walk(data))
    assert set(due(QUESTIONS, answers)) == set(due(QUESTIONS, answers, closer_first=True))
    assert {question.id for question in asking_order(QUESTIONS, closer_first=True)} == PART.keys()


@pytest.mark.parametrize(
    ("tension", "then"),
    [("good", []), ("strained", ["what_helps"]), ("very_strained", ["what_helps", "children_ages", "circumstances"])],
)
def test_what_would_help_is_asked_only_of_those_to_whom_it_makes_a_difference(tension: str, then: list[str]) -> None:
    assert list(due(QUESTIONS, {**MILD, "tension": tension})) == then


@pytest.mark.parametrize("floor", [4, 5, 6])
def test_nobody_who_disclosed_something_is_asked_which_course_would_suit(floor: int) -> None:
    assert due(QUESTIONS, {**MILD, "tension": "very_strained"}, floor=floor) == ()


def test_parents_who_expect_their_first_child_are_not_asked_about_the_children() -> None:
    answers = {**MILD, "situation": "expecting", "tension": "very_strained"}
    del answers["children_see"]
    assert set(due(QUESTIONS, answers)) == {"what_helps", "circumstances"}
    assert "children_see" in due(QUESTIONS, {"safe_to_talk": "safe"})


def test_an_answer_taken_back_is_asked_again() -> None:
    answers = {question: option for question, option in MILD.items() if question != "how_it_ends"}
    assert due(QUESTIONS, answers)[0] == "how_it_ends"
