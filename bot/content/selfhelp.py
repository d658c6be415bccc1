"""Self-help pieces: for whom and for when each is. Their words are in `content/texts/<language>/self_help/<id>.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from bot.content.shared import Entry, Id, Role, Situation, Sourced, Words

Theme = Literal[
    "arguing_better",
    "new_baby",
    "money",
    "in_laws",
    "step_family",
    "parenting_apart",
    "handovers",
    "teenagers",
    "send",
    "stress_and_sleep",
    "saying_sorry",
    "talking_to_children",
    "sharing_the_load",
    "closeness",
    "culture_and_faith",
    "kinship",
]
Transition = Literal["pregnancy", "new_baby", "starting_school", "moving_to_secondary", "separation", "leaving_home"]


class SelfHelp(Sourced, frozen=True, kw_only=True):
    """A short piece that is worth a parent's time on its own.

    themes: what it helps with, the first being its main one; transitions: the turning points of family life it fits.
    stages: 1 and 2, or one of them: from 3 on a family is owed more than something to read.
    situations: empty means whoever the parents are to each other; then its words presume no shared home.
    roles: empty means anyone; else only a parent who said that this is their role is offered it.
    youngest, oldest: the ages of the children it is about, both included.
    general: worth offering to anyone whom it fits, when nothing more is known about them.
    """

    id: Id
    themes: Annotated[list[Theme], Meta(min_length=1)]
    transitions: list[Transition] = []
    stages: Annotated[list[Literal[1, 2]], Meta(min_length=1)]
    situations: list[Situation] = []
    roles: list[Role] = []
    youngest: Annotated[int, Meta(ge=0, le=25)] = 0
    oldest: Annotated[int, Meta(ge=0, le=25)] = 25
    general: bool = False


class SelfHelpText(Entry, frozen=True):
    """The words of a piece. `steps` are the technique, one short sentence or two each; `tonight` is how to begin.

    `when` says when to use it, and ends with when not to: it is no piece for somebody who is frightened to speak.
    """

    title: Words
    summary: Words
    when: Words
    steps: Annotated[list[Words], Meta(min_length=2)]
    why: Words
    tonight: Words
    sms: Words
