"""Where the answers place a family on the Intimate Relationship Continuum, and which route follows, with reasons.

The worst credible answer counts; one incident is enough (Domestic Abuse Act 2021, section 1(3)). Making any answer
worse never lowers the stage, because each answer names the least stage that it is evidence of and the highest wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content.questionnaire import Option, Question
from bot.content.shared import Route

ROUTE_OF_STAGE: dict[int, Route] = {
    1: "universal",
    2: "self_help",
    3: "programme",
    4: "helpline",
    5: "domestic_abuse",
    6: "specialist",
}

# The gravest first. Danger now outranks everything; a person's own safety outranks worry about their own behaviour.
GRAVEST_FIRST: tuple[Route, ...] = (
    "emergency",
    "specialist",
    "domestic_abuse",
    "child_protection",
    "suicide_risk",
    "own_behaviour",
    "helpline",
    "programme",
    "self_help",
    "universal",
)

# What somebody disclosed in their own words stands beside the answers: from 4 on nothing joint is offered.
STAGE_OF_CONCERN: dict[str, int] = {
    "emergency": 6,
    "domestic_abuse": 5,
    "child_protection": 5,
    "own_behaviour": 5,
    "suicide_risk": 4,
}

# Two answers of "not sure", "rather not say" or a skip to the closer questions show the helpline (standard 1).
UNSURE_ANSWERS_THAT_COUNT = 2
UNSURE_STAGE = 4


class UnknownAnswer(ValueError):
    """An answer to a question, or an option of it, that the content does not have."""


@dataclass(frozen=True)
class Placement:
    """stage 1 to 6, never told to a parent; the route; and the answers that led there, as `question.option`."""

    stage: int
    route: Route
    reasons: tuple[str, ...]


def place(
    questions: Sequence[Question],
    answers: Mapping[str, str],
    *,
    concern: str | None = None,
    floor: int = 1,
    floor_route: Route | None = None,
) -> Placement:
    """The placement that these answers support.

    answers: option id by question id; unanswered questions say nothing.
    concern: a route that was disclosed in the parent's own words. floor: the highest stage so far in the conversation,
    and floor_route its route: stage 5 may be somebody's own behaviour, or a child at risk, and stays that.
    Raises UnknownAnswer for a question or an option that does not exist.
    """
    evidence: list[tuple[int, Route, str]] = []
    unsure: list[str] = []
    for question, option in chosen(questions, answers):
        reason = f"{question.id}.{option.id}"
        if option.stage is not None:
            evidence.append((option.stage, option.route or ROUTE_OF_STAGE[option.stage], reason))
        if option.unsure and question.part == "closer":
            unsure.append(reason)
    if len(unsure) >= UNSURE_ANSWERS_THAT_COUNT:
        evidence += [(UNSURE_STAGE, ROUTE_OF_STAGE[UNSURE_STAGE], reason) for reason in unsure]
    if concern is not None:
        evidence.append((STAGE_OF_CONCERN[concern], _concern_route(concern), f"concern.{concern}"))
    evidence.append((floor, floor_route or ROUTE_OF_STAGE[floor], "placed_before"))

    stage = max(stage for stage, _, _ in evidence)
    route = min((route for _, route, _ in evidence), key=GRAVEST_FIRST.index)
    reasons = tuple(
        reason
        for its_stage, its_route, reason in evidence
        if (its_stage == stage or its_route == route) and (reason != "placed_before" or floor > 1)
    )
    return Placement(stage, route, reasons)


def chosen(questions: Sequence[Question], answers: Mapping[str, str]) -> list[tuple[Question, Option]]:
    """The answers as questions and options, in the order of the questions. Raises UnknownAnswer."""
    known = {question.id: question for question in questions}
    for question_id, option_id in answers.items():
        if question_id not in known:
            raise UnknownAnswer(f"no question is called {question_id!r}; there are: {', '.join(known)}")
        if known[question_id].option(option_id) is None:
            options = ", ".join(option.id for option in known[question_id].options)
            raise UnknownAnswer(f"{question_id!r} has no option {option_id!r}; it has: {options}")
    return [
        (question, option)
        for question in questions
        if question.id in answers
        if (option := question.option(answers[question.id])) is not None
    ]


def _concern_route(concern: str) -> Route:
    return next(route for route in GRAVEST_FIRST if route == concern)
