"""What comes in and what goes out, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Utterance = dict[str, Any]  # {"utter": name, **arguments}: what Rasa and the gate say, before it has words


@dataclass(frozen=True)
class Inbound:
    """One message from a parent: typed words or a tapped choice, never both."""

    channel: str
    conversation: str | None = None
    text: str | None = None
    choice: str | None = None
    area: str | None = None
    share: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Choice:
    """Something a parent may pick next. `id` is what comes back: `tension.often`, or the name of an intent."""

    id: str
    label: str


@dataclass(frozen=True)
class Contact:
    """How to reach a service, ready to show. `open_now` is None where nobody has confirmed the hours."""

    name: str
    phone: str | None = None
    text: str | None = None
    url: str | None = None
    hours: str | None = None
    open_now: bool | None = None


@dataclass(frozen=True)
class Link:
    """An address to open, with the words that stand on it."""

    label: str
    url: str


@dataclass(frozen=True)
class Message:
    """Words, with what may be chosen, called or opened beside them."""

    text: str
    choices: tuple[Choice, ...] = ()
    contacts: tuple[Contact, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Turn:
    """The whole answer to one inbound message. `outcome` is the route, on the turn in which it is given."""

    conversation: str
    replies: tuple[Message, ...]
    outcome: str | None = None
    utterances: tuple[Utterance, ...] = field(default=(), compare=False)
