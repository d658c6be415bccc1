"""What every kind of content has in common: where it comes from, when it was checked, and the closed vocabularies."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

# Ids are read aloud in reviews and travel in buttons: lower case, digits, underscores or hyphens.
Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,47}$")]
Words = Annotated[str, Meta(min_length=1)]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s]+$")]
Stage = Annotated[int, Meta(ge=1, le=6)]

Route = Literal[
    "universal",
    "self_help",
    "programme",
    "helpline",
    "domestic_abuse",
    "specialist",
    "emergency",
    "child_protection",
    "suicide_risk",
    "own_behaviour",
]
Situation = Literal["together", "separated", "separating", "expecting", "single_coparent"]
Role = Literal["mother", "father", "stepparent", "kinship", "foster", "grandparent"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content. Unknown keys are refused, so that a misspelt one is not lost in silence."""


class Source(Entry, frozen=True):
    """Where a fact comes from: `says` names the document and place, or what the page was seen to state."""

    says: Words
    url: Url | None = None
    date: str | None = None
    kind: str | None = None


class Sourced(Entry, frozen=True, kw_only=True):
    """A fact with its provenance. Past `review_by` a programme is not offered; a helpline is, and loudly reported."""

    sources: Annotated[list[Source], Meta(min_length=1)]
    checked_on: dt.date
    review_by: dt.date
