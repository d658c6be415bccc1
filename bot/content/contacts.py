"""Which contacts are shown when, and the words around their hours."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

from bot.content.shared import Entry, Id, Role, Words

# A helpline's id, or `area:` and one of the parent's own council's contacts.
Who = Annotated[
    str,
    Meta(
        pattern=r"^([a-z0-9][a-z0-9_-]{0,47}"
        r"|area:(children_front_door|out_of_hours|domestic_abuse_service|early_help|local_helplines))$"
    ),
]


class ContactList(Entry, frozen=True):
    """A named list in `content/contacts.yml`: ranks of contacts, the ones to call first in the first rank.

    Within a rank those that are open now come first; whatever is closed now goes to the end of the list.
    first_for: contacts that come first within their rank for a parent of that role, where the role is known.
    """

    ranks: Annotated[list[Annotated[list[Who], Meta(min_length=1)]], Meta(min_length=1)]
    first_for: dict[Role, list[Id]] = {}


ContactLists: TypeAlias = dict[str, ContactList]


class HoursText(Entry, frozen=True):
    """The words about when and how a contact is reached. {time}, {day}, {number} and {word} stand for what comes in.

    am, pm: a time of the day from {hour} (1 to 12) or {hour24}, and {minutes}; am_sharp, pm_sharp: on the hour.
    mon to sun: the days, as they are called after "on".
    """

    always: Words
    open_now: Words
    open_until: Words
    open_until_tomorrow: Words
    open_until_day: Words
    closed: Words
    opens_today: Words
    opens_tomorrow: Words
    opens_day: Words
    ring_to_check: Words
    look_to_check: Words
    bank_holiday_ring: Words
    bank_holiday_look: Words
    text_number: Words
    text_word: Words
    midday: Words
    midnight: Words
    am: Words
    am_sharp: Words
    pm: Words
    pm_sharp: Words
    mon: Words
    tue: Words
    wed: Words
    thu: Words
    fri: Words
    sat: Words
    sun: Words
