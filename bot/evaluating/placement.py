"""Where every combination of answers leads: shares by route, and what the closer questions add to one about fear."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.questionnaire import Option, Question
from bot.place import place

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


def shares(questions: Sequence[Question], fear: str) -> Shares:
    """Over every way of answering all questions that give evidence. fear: the question that alone asks about fear."""
    asked = [question for question in questions if any(option.stage for option in question.options)]
    routes: Counter[str] = Counter()
    grave = alone = 0
    afraid = {option.id for question in asked if question.id == fear for option in question.options
              if (option.stage or 0) >= HELPLINE_STAGE}
    for options in itertools.product(*(_kinds(question).items() for question in asked)):
        answers = {question.id: option for question, (option, _) in zip(asked, options, strict=True)}
        count = 1
        for _, alike in options:
            count *= alike
        placed = place(asked, answers)
        routes[placed.route] += count
        if placed.stage >= HELPLINE_STAGE:
            grave += count
            alone += count if answers[fear] in afraid else 0
    return Shares(routes, grave, alone)


def _kinds(question: Question) -> dict[str, int]:
    """Options that are the same evidence, counted under the first of them: there are millions of combinations."""
    first: dict[tuple[int, str | None, bool], Option] = {}
    counted: Counter[str] = Counter()
    for option in question.options:
        evidence = (option.stage or 1, option.route, option.unsure and question.part == "closer")
        counted[first.setdefault(evidence, option).id] += 1
    return dict(counted)
