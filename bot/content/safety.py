"""The safety rules as content: what a message must hold to be read as a disclosure, and what lifts that reading.

The phrase language is described at the head of `content/safety/words.yml`; `bot/triage/phrases.py` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from bot.content.reading import ContentError, line_of, read
from bot.content.shared import Entry, Id, Words

SafetyRoute = Literal["emergency", "suicide_risk", "child_protection", "domestic_abuse", "own_behaviour", "check_in"]
Weight = Annotated[float, Meta(gt=0, le=1)]

WORDS, SPELLING = "words.yml", "spelling.yml"


class SafetyRule(Entry, frozen=True, kw_only=True):
    """One thing that a parent may tell us, and the ways of saying it.

    says: what it catches, in a plain sentence. phrases: any one of them is enough.
    unless: lifts a phrase whose own words it shares ("never hit"). unless_in_message: lifts the rule altogether.
    only_with: the rule holds only if the message also has one of these. asked: only in answer to these questions.
    weight: from 0.5 on the rule decides by itself; weaker signs add up to a check-in.
    must, must_not: messages on which the rule has to hold, and on which it must not.
    """

    id: Id
    says: Words
    route: SafetyRoute
    phrases: Annotated[list[Words], Meta(min_length=1)]
    unless: list[Words] = []
    unless_in_message: list[Words] = []
    only_with: list[Words] = []
    asked: list[Id] = []
    weight: Weight = 0.9
    must: Annotated[list[Words], Meta(min_length=1)]
    must_not: list[Words] = []


class Spelling(Entry, frozen=True):
    """How messages are written, and how they are read: `words` one by one, `pairs` for two words side by side.

    fillers are passed over ("just", "literally"); not_misspelt are ordinary words that only look like a slip.
    """

    words: dict[str, str]
    pairs: dict[str, str] = {}
    fillers: list[str] = []
    not_misspelt: list[str] = []


@dataclass(frozen=True, eq=False)
class SafetyRules:
    """All the safety content. Compared and cached by identity: it is read once and never changes."""

    rules: tuple[SafetyRule, ...]
    words: dict[str, list[str]]
    spelling: Spelling


def read_rules(folder: Path) -> SafetyRules:
    """The safety rules in `folder`. Raises ContentError on whatever must not be served."""
    rules: dict[str, SafetyRule] = {}
    for file in sorted(folder.glob("*.yml")):
        if file.name in (WORDS, SPELLING):
            continue
        for index, rule in enumerate(read(file, list[SafetyRule])):
            if rule.id in rules:
                raise ContentError(file, line_of(file, f"$[{index}]"), f"the rule id {rule.id!r} stands twice")
            rules[rule.id] = rule
    if not rules:
        raise ContentError(folder, 1, "holds no safety rules")
    return SafetyRules(
        rules=tuple(rules.values()),
        words=read(folder / WORDS, dict[str, list[str]]),
        spelling=read(folder / SPELLING, Spelling),
    )
