"""Which questions are still due, in which order: routing by data, the same for every channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from bot.content.questionnaire import Condition, Question
from bot.place import chosen, place

# From here on the answers themselves say that help comes before more questions.
ENOUGH_TO_ACT = 5

USUAL_ORDER = ("opening", "everyday", "check", "closer", "next")
CLOSER_FIRST = ("opening", "check", "closer", "everyday", "next")


def due(
    questions: Sequence[Question], answers: Mapping[str, str], *, floor: int = 1, closer_first: bool = False
) -> tuple[str, ...]:
    """The ids of the questions that are still to be asked, the next one first.

    None are due once the parent cannot talk now, or once an answer places them at stage 5 or 6.
    floor: the stage that something said in own words already holds; what only lower stages are asked is not due.
    closer_first: something was said that asks for the closer questions before the everyday ones.
    """
    if any(option.stops for _, option in chosen(questions, answers)):
        return ()
    stage = place(questions, answers).stage
    if stage >= ENOUGH_TO_ACT:
        return ()
    return tuple(
        question.id
        for question in asking_order(questions, closer_first=closer_first)
        if question.id not in answers and _applies(question, answers, max(stage, floor))
    )


def asking_order(questions: Sequence[Question], *, closer_first: bool = False) -> tuple[Question, ...]:
    """The questions in the order of their parts; within a part as they stand in the content."""
    order = CLOSER_FIRST if closer_first else USUAL_ORDER
    return tuple(sorted(questions, key=lambda question: order.index(question.part)))


def _applies(question: Question, answers: Mapping[str, str], stage: int) -> bool:
    """Whether every condition of the question holds; one on an unanswered question holds unless it needs one."""
    return all(
        _holds(condition, stage if name == "stage" else answers.get(name))
        for name, condition in question.ask_if.items()
    )


def _holds(condition: Condition, value: str | int | None) -> bool:
    if condition.any_of is not UNSET and value not in condition.any_of:
        return False
    if condition.none_of is not UNSET and value in condition.none_of:
        return False
    if condition.at_least is not UNSET and not (isinstance(value, int) and value >= condition.at_least):
        return False
    return condition.at_most is UNSET or (isinstance(value, int) and value <= condition.at_most)
