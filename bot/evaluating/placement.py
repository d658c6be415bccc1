"""Where every combination of answers leads: shares by route, and what the closer questions add to one about fear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.content.questionnaire import Option, Question
from bot.place import UNSURE_ANSWERS_THAT_COUNT, place

# From here on, nothing joint is offered.
HELPLINE_STAGE = 4


@dataclass(frozen=True)
class Shares:
    """Of all combinations: how many lead to each route, how many to stage 4 or above, and how many by fear alone."""

    routes: Counter[str]
    from_helpline_on: int
    by_fear_alone: int

    @property
    def combinations(self) -> int:
        """How many there are."""
        return self.routes.total()


@dataclass(frozen=True)
class _Standing:
    """All that the rest of the questions can build on: families that stand alike are carried on as one."""

    stage: int
    route: str
    unsure: int
    afraid: bool


def shares(questions: Sequence[Question], fear: str) -> Shares:
    """Over every way of answering all questions that give evidence. fear: the question that alone asks about fear."""
    asked = [question for question in questions if any(option.stage for option in question.options)]
    families: dict[_Standing, tuple[dict[str, str], int]] = {_Standing(1, "universal", 0, afraid=False): ({}, 1)}
    for question in asked:
        carried: dict[_Standing, tuple[dict[str, str], int]] = {}
        for before, (answers, count) in families.items():
            for option, alike in _kinds(question):
                said = {**answers, question.id: option.id}
                standing = _standing(asked, said, before, question, option, fear)
                first, counted = carried.get(standing, (said, 0))
                carried[standing] = first, counted + count * alike
        families = carried
    routes: Counter[str] = Counter()
    for standing, (_, count) in families.items():
        routes[standing.route] += count
    grave = [(standing, count) for standing, (_, count) in families.items() if standing.stage >= HELPLINE_STAGE]
    return Shares(routes, sum(count for _, count in grave), sum(count for standing, count in grave if standing.afraid))


def _standing(
    asked: Sequence[Question], said: dict[str, str], before: _Standing, question: Question, option: Option, fear: str
) -> _Standing:
    placed = place(asked, said)
    unsure = before.unsure + (option.unsure and question.part == "closer")
    afraid = before.afraid or (question.id == fear and (option.stage or 0) >= HELPLINE_STAGE)
    return _Standing(placed.stage, placed.route, min(unsure, UNSURE_ANSWERS_THAT_COUNT), afraid)


def _kinds(question: Question) -> Iterator[tuple[Option, int]]:
    """One option of each kind of evidence, and how many of that kind there are."""
    kinds: dict[tuple[int, str | None, bool], list[Option]] = {}
    for option in question.options:
        kinds.setdefault((option.stage or 1, option.route, option.unsure), []).append(option)
    for alike in kinds.values():
        yield alike[0], len(alike)
