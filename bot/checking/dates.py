"""Whether every fact is in date on a day: what is overdue, what is due soon, and what cannot be right.

A programme past its day is no longer offered, so that is a warning. A helpline past its day is still shown, because a
parent must never be left without one: the check fails, so that whoever keeps the numbers hears of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.checking.problems import Places, Problem
from bot.content import Content
from bot.content.directory import Helpline
from bot.content.shared import Sourced

SOON = dt.timedelta(days=30)

Dated = tuple[str, Sourced, str, tuple[str | int, ...]]


def problems(content: Content, places: Places, today: dt.date) -> Iterator[Problem]:
    """What is wrong with the dates, seen from `today`."""
    for name, fact, file, steps in _facts(content):
        if fact.review_by <= fact.checked_on:
            yield places.problem(f"{name}: to be reviewed before it was checked", file, *steps, "review_by")
        if fact.checked_on > today:
            yield places.problem(f"{name}: checked on a day yet to come, {fact.checked_on}", file, *steps, "checked_on")
        shown_helpline = isinstance(fact, Helpline) and fact.shown
        if today > fact.review_by:
            says = "OVERDUE, AND STILL SHOWN TO PARENTS: ring it and check it" if shown_helpline else "overdue"
            yield places.problem(
                f"{name}: {says} (review by {fact.review_by})", file, *steps, "review_by", fails=shown_helpline
            )
        elif fact.review_by - today <= SOON:
            yield places.problem(f"{name}: to be reviewed by {fact.review_by}", file, *steps, "review_by", fails=False)


def _facts(content: Content) -> Iterator[Dated]:
    """Every fact that has a date, with where it stands."""
    for question in content.questions:
        yield f"question {question.id}", question, "questions.yml", (question.id,)
    for stage, entry in content.continuum.items():
        yield f"continuum {stage}", entry, "continuum.yml", (list(content.continuum).index(stage),)
    for piece in content.self_help.values():
        yield f"self-help {piece.id}", piece, "self_help.yml", (piece.id,)
    for helpline in content.helplines.values():
        yield f"helpline {helpline.id}", helpline, "helplines/*.yml", (helpline.id,)
    for programme in content.programmes.values():
        yield f"programme {programme.id}", programme, f"programmes/{programme.id}.yml", ()
    for area in content.areas.values():
        file = f"areas/{area.id}.yml"
        yield f"area {area.id}", area, file, ()
        for place, service in enumerate(area.services):
            yield f"service {service.id}", service, file, ("services", place)
        for place, hub in enumerate(area.hubs):
            yield f"hub {hub.id}", hub, file, ("hubs", place)
        for place, local in enumerate(area.local_programmes):
            yield f"local programme {local.name!r}", local, file, ("local_programmes", place)
