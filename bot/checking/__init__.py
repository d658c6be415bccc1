"""The check of the content: what reading file by file cannot see, such as words without a question.

Each module looks at one side of it and yields problems; `check` gathers them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.checking import dates, directory, questions, reading_age, safety, sms, speech
from bot.checking.problems import Places, Problem
from bot.content import Content

__all__ = ["Problem", "check"]


def check(content: Content, folder: Path, today: dt.date | None) -> list[Problem]:
    """Everything that is wrong with the content read from `folder`, by file and line; without a day, but for dates.

    Where a name leads nowhere or words are missing, that is said first; the rest is looked at once it is mended.
    """
    places = Places(folder)
    found = {
        *questions.problems(content, places),
        *speech.problems(content, places),
        *directory.problems(content, places),
        *(dates.problems(content, places, today) if today else ()),
    }
    if not any(problem.fails for problem in found):
        found |= {
            *safety.problems(content, places),
            *reading_age.problems(content, places),
            *sms.problems(content, places),
        }
    return sorted(found)
