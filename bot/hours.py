"""Whether a service answers now, until when, and when it next does. Hours are by the clock on the wall in England.

Time is handed in, never read: every function takes an aware datetime in any time zone.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from bot.content.directory import Day, Hours

LONDON = ZoneInfo("Europe/London")
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AHEAD = 14  # days: further off than that, a parent is not helped by knowing
_DAY = dt.timedelta(days=1)

Span = tuple[dt.datetime, dt.datetime]


def open_now(hours: Hours, now: dt.datetime) -> bool | None:
    """True or False where that is known; None if the hours are not, or are not for this bank holiday."""
    if not hours.weekly:
        return None
    today = now.astimezone(LONDON).date()
    if any(start <= now < end for start, end in _spans(hours, today - _DAY) + _spans(hours, today)):
        return True
    return None if _unknown(hours, today) else False


def closes_at(hours: Hours, now: dt.datetime) -> dt.datetime | None:
    """The end of the opening that `now` falls in, in London time; None if it is shut, or open for days on end."""
    today = now.astimezone(LONDON).date()
    spans = [span for offset in range(-1, _AHEAD) for span in _spans(hours, today + offset * _DAY)]
    end = now.astimezone(dt.UTC)
    while longer := [closes for opens, closes in spans if opens <= end < closes]:
        end = max(longer)
    return end.astimezone(LONDON) if now < end < now + (_AHEAD // 2) * _DAY else None


def next_opening(hours: Hours, now: dt.datetime) -> dt.datetime | None:
    """The next time it is sure to open, in London time. None if it is open, or if nobody knows.

    A bank holiday whose hours are unknown is passed over: what is said after it still holds.
    """
    if open_now(hours, now):
        return None
    today = now.astimezone(LONDON).date()
    starts = (start for offset in range(_AHEAD) for start, _ in _spans(hours, today + offset * _DAY) if start > now)
    soonest = min(starts, default=None)
    return soonest.astimezone(LONDON) if soonest else None


def is_bank_holiday(day: dt.date) -> bool:
    """Whether `day` is a bank holiday in England."""
    return day in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year, expand=False))


def _spans(hours: Hours, day: dt.date) -> list[Span]:
    """The openings that begin on `day`, as instants: an hour that the clocks skip or repeat cannot confuse them."""
    if is_bank_holiday(day) and hours.bank_holidays != "open":
        return [(_instant(day, "00:00"), _instant(day, "24:00"))] if hours.bank_holidays == "all_day" else []
    return [
        (_instant(day, opening.opens), _instant(day + _DAY if opening.closes < opening.opens else day, opening.closes))
        for opening in hours.weekly
        if DAYS[day.weekday()] in opening.days
    ]


def _instant(day: dt.date, time: str) -> dt.datetime:
    if time == "24:00":
        day, time = day + _DAY, "00:00"
    return dt.datetime.combine(day, dt.time.fromisoformat(time), LONDON).astimezone(dt.UTC)


def _unknown(hours: Hours, day: dt.date) -> bool:
    return is_bank_holiday(day) and hours.bank_holidays == "unknown"
