"""The programmes of the interventions table, as facts: for whom each is, what it works on, how a parent comes to it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from bot.content.shared import Entry, Id, Role, Situation, Sourced, Url, Words


class Ages(Entry, frozen=True):
    """Ages of the children in years, both ends included; `pregnancy` if it is for parents who expect a child."""

    youngest: Annotated[int, Meta(ge=0, le=25)] = 0
    oldest: Annotated[int, Meta(ge=0, le=25)] = 18
    pregnancy: bool = False


class Course(Entry, frozen=True, kw_only=True):
    """One named intervention of a row of the interventions table.

    name: the exact words of the table's Intervention column, or its own part of them where a cell lists several.
    title: as it is shown to a parent. attended: whether both parents must come, may come, or one comes alone.
    situations, roles: whom it takes; empty means anyone. needs: needs or roles that it is made for: it comes first for
    them, and others may join too. only_for: needs without which it is never offered. first_child: only for parents who
    have no child yet. follows_on: taken beside or after another course. themes: answers to "what would help?" it meets.
    """

    id: Id
    name: Words
    title: Words
    kind: Literal["self_help", "programme", "counselling", "mediation"]
    situations: list[Situation] = []
    roles: list[Role] = []
    needs: list[str] = []
    only_for: list[str] = []
    ages: Ages | None = None
    delivery: Annotated[list[str], Meta(min_length=1)]
    first_child: bool = False
    follows_on: bool = False
    works_on: list[str] = []
    themes: list[Id] = []
    attended: Literal["alone", "both", "either"] = "either"
    sessions: str | None = None


class Programme(Sourced, frozen=True, kw_only=True):
    """A row of the interventions table: a provider, its courses, and whether a parent can come by themselves.

    offer_route: `yes` and `yes_ask_price` can be joined now; `yes_if_local` is asked for by name at the family hub;
    every other value is kept for the record and never offered.
    website is shown only if `website_confirmed`: an address from memory is kept in the data and not handed out.
    """

    id: Id
    row: Id
    provider: Words
    courses: Annotated[list[Course], Meta(min_length=1)]
    offer_route: Literal[
        "yes",
        "yes_ask_price",
        "yes_if_local",
        "court_or_cafcass_only",
        "safeguarding_only",
        "professional_only",
        "not_available_here",
        "unclear_hold",
    ]
    reach: Literal["national", "local", "elsewhere"]
    cost: Literal["free", "paid", "ask", "unknown"] = "unknown"
    cost_note: str | None = None
    website: Url | None = None
    website_confirmed: bool = False
    not_suitable_if: list[str] = []
    availability: str | None = None
    confidence: Literal["high", "medium", "low"]
    to_check: list[str] = []
