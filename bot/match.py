"""Which courses fit a family, best first, and why.

A course that breaks one of these rules is never offered, whatever else speaks for it:

    stage       1 and 2: self-help only; 3: everything; from 4 on nothing at all, for nothing joint is safe there
    route       only what a parent can join or ask for; not past `review_by`, where the day is given
    family      the relationship, the role, the ages of the children, a first child, `only_for`

The rest stand in the order of their points (bot/fit.py). Ties: what can be joined at once first, then by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.directory import Area
from bot.content.programmes import Ages, Course, Programme
from bot.fit import Circumstances, reasons

__all__ = ["Circumstances", "Offer", "match"]

KINDS_BY_STAGE = {
    1: frozenset({"self_help"}),
    2: frozenset({"self_help"}),
    3: frozenset({"self_help", "programme", "counselling", "mediation"}),
}
JOINED_DIRECTLY = frozenset({"yes", "yes_ask_price"})
OFFERED = JOINED_DIRECTLY | {"yes_if_local"}


@dataclass(frozen=True)
class Offer:
    """A course that fits. `join_now`: joined at once by oneself; else asked for by name at the family hub.

    why: reasons as ids with their argument ("need:send", "ages:3-6", "online"), the weightiest first.
    """

    programme: str
    course: str
    provider: str
    name: str
    kind: str
    delivery: tuple[str, ...]
    join_now: bool
    why: tuple[str, ...]
    points: int


def match(
    programmes: Iterable[Programme],
    *,
    stage: int,
    circumstances: Circumstances,
    area: Area | None = None,
    everywhere: bool = False,
    theme: str | None = None,
    today: dt.date | None = None,
) -> tuple[Offer, ...]:
    """The courses that fit, best first; of several that share one name of a provider, the one that fits best.

    everywhere: every programme that a parent can join is taken to run where they live.
    """
    kinds = KINDS_BY_STAGE.get(stage, frozenset())
    offers = [
        _offer(programme, course, _joined_now(programme, course, area, everywhere), circumstances, theme)
        for programme in programmes
        if _offered(programme, today)
        for course in programme.courses
        if course.kind in kinds and _fits(course, circumstances)
    ]
    offers.sort(key=lambda offer: (-offer.points, not offer.join_now, offer.name, offer.provider, offer.course))
    best: dict[tuple[str, str], Offer] = {}
    for offer in offers:
        best.setdefault((offer.programme, offer.name), offer)
    return tuple(best.values())


def _offered(programme: Programme, today: dt.date | None) -> bool:
    in_date = today is None or today <= programme.review_by
    return in_date and programme.offer_route in OFFERED and programme.reach != "elsewhere"


def _joined_now(programme: Programme, course: Course, area: Area | None, everywhere: bool) -> bool:
    """Nothing is said to run in an area unless somebody has confirmed it there."""
    confirmed_here = area is not None and any(
        local.course == course.id and local.confirmed_on for local in area.local_programmes
    )
    direct = programme.reach == "national" and programme.offer_route in JOINED_DIRECTLY
    return direct or confirmed_here or everywhere


def _fits(course: Course, family: Circumstances) -> bool:
    """Whether nothing about the family rules the course out.

    Where a parent did not say how they live or who they are to the child, only what takes the usual answers fits.
    """
    return (
        _takes(course.situations, family.relationship, usual={"together", "separated"})
        and _takes(course.roles, family.role, usual={"mother", "father"})
        and (not course.only_for or bool(family.asks_for & set(course.only_for)))
        and (course.ages is None or _ages_fit(course.ages, family))
        and not (course.first_child and any(age > 0 for age in family.ages))
    )


def _takes(closed: Iterable[str], said: str | None, usual: set[str]) -> bool:
    accepted = set(closed)
    return not accepted or (said in accepted if said else usual <= accepted)


def _ages_fit(ages: Ages, family: Circumstances) -> bool:
    """At least one child is of that age. Unsaid ages rule nothing out; a baby on the way needs a pregnancy course."""
    if family.relationship == "expecting" and (ages.pregnancy or not family.ages):
        return ages.pregnancy
    return not family.ages or any(ages.youngest <= age <= ages.oldest for age in family.ages)


def _offer(programme: Programme, course: Course, join_now: bool, family: Circumstances, theme: str | None) -> Offer:
    counted = reasons(programme, course, family, theme)
    return Offer(
        programme=programme.id,
        course=course.id,
        provider=programme.provider,
        name=course.name,
        kind=course.kind,
        delivery=tuple(course.delivery),
        join_now=join_now,
        why=tuple(why for points, why in counted if points > 0) or ("open_to_all",),
        points=sum(points for points, _ in counted),
    )
