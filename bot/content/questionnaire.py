"""The questions: in which order, to whom, and what each answer is evidence of. Their words are in `content/texts/`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from bot.content.shared import Entry, Id, Role, Route, Situation, Sourced, Stage

# From here on the answer is a helpline, and nothing joint is offered (Intimate Relationship Continuum, stage 4).
STAGE_OF_HELPLINES = 4

Part = Literal["opening", "everyday", "check", "closer", "next"]


class Condition(Entry, frozen=True):
    """When a question is asked, in a closed vocabulary; every word given must hold."""

    any_of: list[str] | UnsetType = UNSET
    none_of: list[str] | UnsetType = UNSET
    at_most: int | UnsetType = UNSET
    at_least: int | UnsetType = UNSET


class Option(Entry, frozen=True):
    """One answer that a parent may give.

    stage: the lowest place on the continuum that this answer is credible evidence of; absent: no evidence.
    route: a route of its own that this answer opens (own behaviour, a child at risk), beside its stage.
    unsure: "not sure", "rather not say", a skip; two of these on the closer questions show the helpline.
    stops: the questions end here, because the parent cannot talk now.
    situation, role, need, theme, ages: what the answer says of the family, for matching.
    """

    id: Id
    stage: Stage | None = None
    route: Route | None = None
    unsure: bool = False
    stops: bool = False
    situation: Situation | None = None
    role: Role | None = None
    need: str | None = None
    theme: str | None = None
    ages: list[int] | None = None

    @property
    def is_ordinary(self) -> bool:
        """Whether it is evidence of nothing that asks for a helpline: below stage 4, and no route of its own."""
        return (self.stage or 1) < STAGE_OF_HELPLINES and self.route is None and not self.unsure


class Question(Sourced, frozen=True, kw_only=True):
    """A question, its options from the mildest to the gravest and then the unsure ones, and when it is due.

    part: the closer questions are asked of everyone, after the check that it is still safe to talk.
    many: more than one option may be chosen, one after the other, until the one that ends it.
    """

    id: Id
    part: Part
    options: Annotated[list[Option], Meta(min_length=2)]
    ask_if: dict[str, Condition] = {}
    many: bool = False

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None."""
        return next((option for option in self.options if option.id == option_id), None)
