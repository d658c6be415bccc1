"""What the service can say: the list of utterances with what goes beside them, and the words for them by language."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from bot.content.shared import Entry, Words


class Utterable(Entry, frozen=True):
    """One thing that the service can say, whatever the language.

    choices: ids offered beside it, in order. contacts: names of a list in `content/contacts.yml`, or helpline ids.
    links: keys of links in texts. closes: a turn may end on it; a turn that does not close is a fault.
    uses: the {placeholders} that its words may hold.
    """

    choices: list[str] = []
    contacts: list[str] = []
    links: list[str] = []
    closes: bool = False
    uses: list[str] = []


class Text(Entry, frozen=True):
    """Words for an utterance: `all` unless a channel, or parents who are apart, need their own."""

    all: Words
    apart: str | UnsetType = UNSET
    sms: str | UnsetType = UNSET
    sms_apart: str | UnsetType = UNSET


class ChoiceText(Entry, frozen=True):
    """The label of a choice, shorter words for SMS, and other ways in which people say it."""

    label: Words
    sms: str | UnsetType = UNSET
    also: list[str] = []


class QuestionText(Entry, frozen=True):
    """The words of a question, for parents together and for parents apart, why it is asked, and its options' labels.

    short: what it is about in a few words, to stand before the answer in a list ("How things are: Ups and downs").
    """

    short: Words
    together: Words
    apart: Words
    why: Words
    options: dict[str, ChoiceText]
    sms_together: str | UnsetType = UNSET
    sms_apart: str | UnsetType = UNSET


class HelplineText(Entry, frozen=True):
    """What a helpline is for and for whom, in words a parent would use; `note` is said beside it where it matters.

    name: as it stands in a list of contacts, where the bare name does not say for whom it is or what to press.
    """

    helps_with: Words
    name: str | None = None
    note: str | None = None


class CourseText(Entry, frozen=True):
    """A programme in a sentence or two for a parent, and how to come to it."""

    about: Words


class ContinuumText(Entry, frozen=True):
    """A place on the continuum in own words: signs, what children notice, what helps. Never shown with its number."""

    name: Words
    signs: list[Words]
    children: Words
    action: Words
