"""Conversations written down to be read aloud: what a parent does, and what has to come back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bot.content.reading import read
from bot.content.shared import Route

FOLDER = Path(__file__).parent


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that a parent does, and what follows.

    types: words, as they are typed. taps: the id of a choice. answers: option by question, tapped one after the other;
    each must be the very question that stands. In a conversation that has not begun, `answers` taps Start first.

    asks: the question that stands afterwards. outcome: the route that is given; where none stands here none may come.
    says: utterances whose words come. never: utterances whose words must not come. contacts: services that are shown.
    offers: courses, by id. reads: the self-help piece that is opened. can_choose, cannot_choose: ids of choices.
    lists: the answers, option by question, that are listed to be changed. refused: the code of a refusal.
    """

    types: str | None = None
    taps: str | None = None
    answers: dict[str, str] = {}
    asks: str | None = None
    outcome: Route | None = None
    says: list[str] = []
    never: list[str] = []
    contacts: list[str] = []
    offers: list[str] = []
    reads: str | None = None
    can_choose: list[str] = []
    cannot_choose: list[str] = []
    lists: dict[str, str] = {}
    refused: str | None = None

    def __post_init__(self) -> None:
        if sum((self.types is not None, self.taps is not None, bool(self.answers))) != 1:
            raise ValueError("a step is one of `types`, `taps` and `answers`")


class Transcript(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One conversation from its beginning.

    area: the council from whose page the parent came. parents: the wording in which every question must be asked that
    has two.
    """

    title: str
    steps: Annotated[list[Step], Meta(min_length=1)]
    area: str | None = None
    parents: Literal["together", "apart"] | None = None


class Chapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conversations about one matter; a file."""

    chapter: str
    about: str
    transcripts: Annotated[list[Transcript], Meta(min_length=1)]


def chapters() -> list[Chapter]:
    """All of them, in the order of their file names. Raises ContentError with file and line."""
    return [read(file, Chapter) for file in sorted(FOLDER.glob("*.yml"))]
