"""Ages of children, as parents type them: "3 and 7", "18 months", "he is 14"."""

from __future__ import annotations

import re

from bot.content.questionnaire import Question

_AGE = re.compile(r"(?<![\d.])(?P<number>\d{1,2})(?![\d.])\s*(?P<unit>months?|mths?|weeks?|wks?)?")
OLDEST_CHILD = 17


def read_ages(text: str, question: Question, *, numbered: bool) -> str | None:
    """The choice that holds all ages in the text, or None if the question is not about ages or none are named.

    numbered: options are chosen by number on this channel, so that a number that stands alone is an option, not an age.
    Ages that no one option holds are read as the widest option.
    """
    options = [option for option in question.options if option.ages]
    found = list(_AGE.finditer(text.casefold()))
    stands_alone = re.fullmatch(r"\s*\d{1,2}[.)]?\s*", text) is not None
    if question.part != "next" or not options or not found or (numbered and stands_alone):
        return None
    ages = {0 if match["unit"] and int(match["number"]) < 12 else int(match["number"]) // (12 if match["unit"] else 1)
            for match in found}
    if any(age > OLDEST_CHILD for age in ages):
        return None
    fitting = [option for option in options if ages <= set(option.ages or ())]
    widest = max(options, key=lambda option: len(option.ages or ()))
    chosen = min(fitting, key=lambda option: len(option.ages or ())) if fitting else widest
    return f"{question.id}.{chosen.id}"
