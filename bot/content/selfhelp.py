"""Self-help pieces: for whom and for when each is. Their words are in `content/texts/<language>/self_help/<id>.yml`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from bot.content.shared import Entry, Id, Situation, Sourced, Stage, Words


class SelfHelp(Sourced, frozen=True, kw_only=True):
    """A short piece that is worth a parent's time on its own.

    themes: what it helps with, the first being its main one; transitions: the turning points of family life it fits.
    stages: 1 and 2, or one of them. situations: empty means whoever the parents are to each other.
    """

    id: Id
    themes: Annotated[list[Id], Meta(min_length=1)]
    transitions: list[Id] = []
    stages: Annotated[list[Stage], Meta(min_length=1)]
    situations: list[Situation] = []
    youngest: int = 0
    oldest: int = 18


class SelfHelpText(Entry, frozen=True):
    """The words of a piece. `steps` are the technique, one short sentence or two each; `tonight` is how to begin."""

    title: Words
    summary: Words
    when: Words
    steps: Annotated[list[Words], Meta(min_length=2)]
    why: Words
    tonight: Words
    sms: Words
