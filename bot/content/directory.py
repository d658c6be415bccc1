"""The directory: helplines and areas, as facts. Names follow Open Referral UK (HSDS) where it has one."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from bot.content.shared import Entry, Id, Sourced, Url, Words

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Time = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class Opening(Entry, frozen=True):
    """Hours of the week in Europe/London. `opens` later than `closes` runs past midnight; 00:00 to 24:00 is all day."""

    days: Annotated[list[Day], Meta(min_length=1)]
    opens: Time
    closes: Time

    def __post_init__(self) -> None:
        if self.opens in (self.closes, "24:00"):
            raise ValueError("opens and closes at once: all day is 00:00 to 24:00")


class Hours(Entry, frozen=True):
    """When a service answers. An empty `weekly` means that nobody has confirmed the hours: none are shown.

    bank_holidays: `open` keeps the hours of the weekday; `all_day` is round the clock, as a duty team is.
    """

    weekly: list[Opening] = []
    bank_holidays: Literal["open", "all_day", "closed", "unknown"] = "unknown"

    @property
    def always(self) -> bool:
        """Open day and night, every day of the week, bank holidays too."""
        days = {
            day
            for opening in self.weekly
            for day in opening.days
            if (opening.opens, opening.closes) == ("00:00", "24:00")
        }
        return len(days) == 7 and self.bank_holidays == "open"


class Texting(Entry, frozen=True):
    """A number that takes text messages, and the word to begin with if it wants one."""

    number: Words
    word: str | None = None


class Helpline(Sourced, frozen=True, kw_only=True):
    """A service that a parent can reach. Only those with `display: shown` are ever shown.

    topics and audience are closed lists (content/vocabulary.yml): what it helps with, and for whom it is.
    relay: how to reach it by Relay UK; bsl: how to reach it in British Sign Language; languages: what it can speak.
    on_phone_bill: `no` only where a source says so; everything else may show.
    """

    id: Id
    name: Words
    kind: Literal[
        "emergency",
        "police",
        "helpline",
        "council",
        "local_service",
        "crisis",
        "health",
        "counselling",
        "mediation",
        "court",
        "online",
        "place",
        "money_help",
        "not_a_helpline",
    ]
    display: Literal["shown", "hold", "never"]
    run_by: str | None = None
    topics: list[Id]
    audience: list[Id] = []
    phone: str | None = None
    press: str | None = None
    texting: Texting | None = None
    webchat: Url | None = None
    website: Url | None = None
    email: str | None = None
    hours: Hours = Hours()
    cost: Literal["free", "local_rate", "network_rate", "unknown"] = "unknown"
    on_phone_bill: Literal["no", "may_show"] = "may_show"
    relay: str | None = None
    bsl: str | None = None
    languages: list[str] = []
    interpreters: bool = False
    coverage: Words
    confidence: Literal["high", "medium", "low"]
    to_check: list[str] = []
    unconfirmed: dict[str, str] = {}

    @property
    def shown(self) -> bool:
        """Whether a parent may be shown it at all."""
        return self.display == "shown"


class LocalProgramme(Sourced, frozen=True, kw_only=True):
    """A course that somebody has said runs in an area. Until `confirmed_on` is set it is only asked for by name.

    course: the id of a course in content/programmes/, if it is one of those; else its own name stands in `name`.
    """

    name: Words
    course: Id | None = None
    confirmed_on: str | None = None
    join: str | None = None
    safety: str | None = None


class Hub(Sourced, frozen=True, kw_only=True):
    """A family hub or children's centre. Shown only with `display: shown`."""

    id: Id
    name: Words
    display: Literal["shown", "hold"]
    address: str | None = None
    phone: str | None = None
    website: Url | None = None


class Area(Sourced, frozen=True, kw_only=True):
    """A council's area: whom to call there. Every id is a helpline's; those on hold are skipped until confirmed.

    services: helplines of this council alone, kept here, so that another council is one new file.
    """

    id: Id
    name: Words
    council: Words
    gss_code: Words
    also_called: list[str] = []
    children_front_door: Id
    out_of_hours: Id
    domestic_abuse_service: Id
    early_help: list[Id]
    local_helplines: list[Id] = []
    services: list[Helpline] = []
    hubs: list[Hub] = []
    local_programmes: list[LocalProgramme] = []
    frame_ancestors: list[Url] = []
