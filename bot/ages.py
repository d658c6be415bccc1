"""Ages of children, as parents type them: "3 and 7", "18 months", "he is 14"."""

from __future__ import annotations

import re

from bot.content.questionnaire import Question

# "2 boys" is how many there are, and "year 7" is a class at school: neither is an age.
_AGE = re.compile(
    r"(?<![\d.])(?<!year )(?<!yr )(?P<number>\d{1,2})(?!\d|\.\d)\s*(?P<unit>months?|mths?|weeks?|wks?)?"
    r"(?!\s*(?:kids?|child|children|boys?|girls?|sons?|daughters?|babies|of them)\b)"
)
IN_A_YEAR = {"m": 12, "w": 52}
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
    ages = {int(match["number"]) // IN_A_YEAR.get((match["unit"] or "year")[0], 1) for match in found}
    if any(age > OLDEST_CHILD for age in ages):
        return None
    fitting = [option for option in options if ages <= set(option.ages or ())]
    widest = max(options, key=lambda option: len(option.ages or ()))
    chosen = min(fitting, key=lambda option: len(option.ages or ())) if fitting else widest
    return f"{question.id}.{chosen.id}"
