"""What a parent chose: typed numbers, labels, near-labels and other ways of saying them, among what was offered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

# A near word must be nearly the word: "somtimes" for "sometimes", never "now" for "not".
NEAR_ENOUGH = 88
LONG_ENOUGH_TO_BE_NEAR = 5

_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
)
_CARDINALS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
)
_NUMBER = re.compile(
    r"^(?:(?:option|number|choice|answer|the)\s+)*(?P<number>\d{1,2}|[a-z]+)(?:st|nd|rd|th)?"
    r"(?:\s+(?:one|option|answer|please|pls|thanks))*$"
)

# Phones type a curly one: "don\u2019t" is "dont", as "don't" is.
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
# Not every word that ends so: "went" and "argument" deny nothing.
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|without|cannot|"
    r"(?:ai|are|ca|could|did|do|does|had|has|have|is|must|need|should|was|were|wo|would)nt)\b"
)


def plain(text: str) -> str:
    """Lower case, one space between words, no punctuation: what two ways of typing the same thing share."""
    return re.sub(r"[^\w\s]+", " ", _APOSTROPHE.sub("", text).casefold()).strip().replace("\n", " ")


def read_choice(text: str, offered: Sequence[str], said_as: Mapping[str, Sequence[str]]) -> str | None:
    """The offered choice that the text means, or None if it means none of them for sure.

    offered: choice ids in the order in which they were shown, which is what "2" and "the second one" refer to.
    said_as: for each id its label and other ways of saying it. Two choices that fit equally well mean none.
    """
    words = re.sub(r"\s+", " ", plain(text))
    if not words:
        return None
    number = _number(words)
    if number is not None:
        return offered[number - 1] if 1 <= number <= len(offered) else None
    ways = {re.sub(r"\s+", " ", plain(way)): choice for choice in reversed(offered) for way in said_as.get(choice, ())}
    if words in ways:
        return ways[words]
    if len(words) < LONG_ENOUGH_TO_BE_NEAR:
        return None
    near = process.extract(words, list(ways), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=None)
    meant = {ways[way] for way, _, _ in near if len(way) >= LONG_ENOUGH_TO_BE_NEAR and _denies(way) == _denies(words)}
    return meant.pop() if len(meant) == 1 else None


def _denies(words: str) -> bool:
    """Whether it says no to something: "not frightened" is near "frightened" by letters and far by meaning."""
    return _DENIAL.search(words) is not None


def _number(words: str) -> int | None:
    match = _NUMBER.match(words)
    if match is None:
        return None
    number = match["number"]
    if number.isdigit():
        return int(number)
    for names in (_CARDINALS, _ORDINALS):
        if number in names:
            return names.index(number) + 1
    return None


@dataclass(frozen=True)
class Command:
    """What a choice that we offered tells the dialogue: an intent and its entities. Typed text never becomes one."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


# `<name>.<value>` answers a question, unless the name is one of these.
_INTENT_OF = {"change": "take_back", "read": "read_piece", "area": "choose_area", "self_help": "self_help_menu"}


def command(choice: str) -> Command:
    """The command behind a choice: `tension.good` answers a question, `go_on` is an intent of its own."""
    name, dot, value = choice.partition(".")
    return Command(_INTENT_OF.get(name, "answer"), {name: value}) if dot else Command(name)
