"""The continuum: six places, what is offered at each and by which route. Words: `texts/<language>/continuum.yml`.

The number of a place is for the judgement alone. No parent is ever shown it, nor told that there are places.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from bot.content.shared import Sourced, Stage

ContinuumRoute = Literal["universal", "self_help", "programme", "helpline", "domestic_abuse", "specialist"]
Offer = Literal[
    "encouragement",
    "self_help",
    "programme",
    "counselling",
    "mediation",
    "early_help",
    "helpline",
    "domestic_abuse_service",
    "childrens_services",
    "emergency",
]


class ContinuumStage(Sourced, frozen=True, kw_only=True):
    """One place on the continuum.

    joint_help: whether anything may be offered that both parents do together. Never from stage 4 on, whatever is said
    afterwards: there, being in one room or one conversation can put a person at risk.
    offers: what may be offered here, first things first.
    """

    stage: Stage
    route: ContinuumRoute
    joint_help: bool
    offers: Annotated[list[Offer], Meta(min_length=1)]
