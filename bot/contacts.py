"""The contacts to show: a list of content, made ready for one moment, one area and, where it is known, one role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Protocol

from bot.content.contacts import ContactList, HoursText
from bot.content.directory import Area, Helpline
from bot.content.speech import HelplineText
from bot.hours import DAYS, LONDON, closes_at, next_opening, open_now
from bot.messages import Contact

_AREA = "area:"


class Facts(Protocol):
    """The directory and the lists."""

    @property
    def helplines(self) -> Mapping[str, Helpline]: ...
    @property
    def areas(self) -> Mapping[str, Area]: ...
    @property
    def contacts(self) -> Mapping[str, ContactList]: ...


class Words(Protocol):
    """The words of one language."""

    @property
    def helplines(self) -> Mapping[str, HelplineText]: ...
    @property
    def hours(self) -> HoursText: ...


def contacts(
    name: str, facts: Facts, words: Words, area: str | None, now: dt.datetime, role: str | None = None
) -> tuple[Contact, ...]:
    """The contacts of the list `name` (or the one helpline of that id), in the order in which to show them.

    Nothing on hold is among them. Whoever is closed now comes last; otherwise the ranks keep their order, and within
    one those made for the parent's role come first, then those open now, then those whose hours nobody has confirmed.
    """
    listed = facts.contacts.get(name) or ContactList(ranks=[[name]])
    favoured = listed.first_for.get(role, []) if role else []  # type: ignore[call-overload]
    found: dict[str, tuple[tuple[bool, int, bool, bool], Helpline]] = {}
    for rank, entries in enumerate(listed.ranks):
        for helpline in _helplines(entries, facts, area):
            state = open_now(helpline.hours, now)
            place = (state is False, rank, helpline.id not in favoured, state is not True)
            if helpline.shown and helpline.id not in found:
                found[helpline.id] = (place, helpline)
    ordered = sorted(found.values(), key=lambda placed: placed[0])
    return tuple(ready(helpline, words, now) for _, helpline in ordered)


def ready(helpline: Helpline, words: Words, now: dt.datetime) -> Contact:
    """A helpline as a parent sees it at this moment."""
    text = words.helplines.get(helpline.id)
    return Contact(
        name=text.name if text and text.name else helpline.name,
        phone=helpline.phone,
        text=_text(helpline, words.hours),
        url=helpline.webchat or helpline.website,
        hours=hours_in_words(helpline, words.hours, now),
        open_now=open_now(helpline.hours, now),
    )


def hours_in_words(helpline: Helpline, words: HoursText, now: dt.datetime) -> str | None:
    """When it can be reached, in a few words; None for what is only a page to read."""
    hours, rings = helpline.hours, helpline.phone is not None
    if not (rings or helpline.texting or helpline.webchat):
        return None
    if not hours.weekly:
        return words.ring_to_check if rings else words.look_to_check
    if hours.always:
        return words.always
    state = open_now(hours, now)
    if state is None:
        return words.bank_holiday_ring if rings else words.bank_holiday_look
    return _open_words(helpline, words, now) if state else _closed_words(helpline, words, now)


def _helplines(entries: list[str], facts: Facts, area_id: str | None) -> Iterator[Helpline]:
    area = facts.areas.get(area_id) if area_id else None
    for entry in entries:
        if not entry.startswith(_AREA):
            yield facts.helplines[entry]
        elif area:
            own = {service.id: service for service in area.services}
            ids = getattr(area, entry.removeprefix(_AREA))
            for helpline_id in [ids] if isinstance(ids, str) else ids:
                yield own.get(helpline_id) or facts.helplines[helpline_id]


def _text(helpline: Helpline, words: HoursText) -> str | None:
    texting = helpline.texting
    if texting is None:
        return None
    if texting.word is None:
        return words.text_number.format(number=texting.number)
    return words.text_word.format(number=texting.number, word=texting.word)


def _open_words(helpline: Helpline, words: HoursText, now: dt.datetime) -> str:
    end = closes_at(helpline.hours, now)
    if end is None:
        return words.open_now
    # Midnight belongs to the evening before it: "until midnight", not "until midnight tomorrow".
    day = (end - dt.timedelta(minutes=1)).date()
    pattern = {0: words.open_until, 1: words.open_until_tomorrow}.get(_days_ahead(day, now), words.open_until_day)
    return pattern.format(time=_time(end, words), day=_day(day, words))


def _closed_words(helpline: Helpline, words: HoursText, now: dt.datetime) -> str:
    start = next_opening(helpline.hours, now)
    if start is None or _days_ahead(start.date(), now) > 6:
        return words.closed
    pattern = {0: words.opens_today, 1: words.opens_tomorrow}.get(_days_ahead(start.date(), now), words.opens_day)
    return pattern.format(time=_time(start, words), day=_day(start.date(), words))


def _days_ahead(day: dt.date, now: dt.datetime) -> int:
    return (day - now.astimezone(LONDON).date()).days


def _day(day: dt.date, words: HoursText) -> str:
    return str(getattr(words, DAYS[day.weekday()]))


def _time(moment: dt.datetime, words: HoursText) -> str:
    if (moment.hour, moment.minute) in ((0, 0), (12, 0)):
        return words.midday if moment.hour else words.midnight
    morning, sharp = moment.hour < 12, moment.minute == 0
    pattern = (words.am_sharp if sharp else words.am) if morning else (words.pm_sharp if sharp else words.pm)
    return pattern.format(hour=moment.hour % 12 or 12, hour24=moment.hour, minutes=f"{moment.minute:02}")
