"""Triage: which route a message opens, if any. Pure and deterministic; the same words always get the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.content.safety import SafetyRoute, SafetyRule, SafetyRules
from bot.triage.matching import Placed
from bot.triage.people import OTHER, People
from bot.triage.phrases import Lexicon, Phrase
from bot.triage.reading import Reader

# The gravest first: of several routes that a message opens, it takes the first of these.
ROUTES: tuple[SafetyRoute, ...] = (
    "emergency",
    "suicide_risk",
    "child_protection",
    "domestic_abuse",
    "own_behaviour",
    "check_in",
)
DECIDES = 0.5  # signs of a route whose weights come to this open it


@dataclass(frozen=True)
class Triage:
    """What the gate makes of a message. A helpline is shown on every route but `none`."""

    route: SafetyRoute | Literal["none"]
    show_helpline: bool
    score: float
    reasons: tuple[str, ...]


CLEAR = Triage("none", False, 0.0, ())


def triage(text: str, rules: SafetyRules, asked: str | None = None) -> Triage:
    """Which route `text` opens, read as an answer to the question `asked` if there was one."""
    words, fired = compiled(rules).fired(text, asked)
    if not words or not fired:
        return CLEAR
    score = _together(rule.weight for rule in fired)
    opened = [route for route in ROUTES if _together(rule.weight for rule in fired if rule.route == route) >= DECIDES]
    if not opened and score < DECIDES:
        return Triage("none", False, round(score, 3), tuple(rule.id for rule in fired))
    route = opened[0] if opened else "check_in"
    return Triage(route, True, round(score, 3), tuple(rule.id for rule in fired))


def _together(weights: Iterable[float]) -> float:
    """Independent signs taken together: each leaves less room for doubt."""
    doubt = 1.0
    for weight in weights:
        doubt *= 1 - weight
    return 1 - doubt


@dataclass(frozen=True)
class _Ready:
    """A rule with its phrases made ready."""

    rule: SafetyRule
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    unless_in_message: tuple[Phrase, ...]
    only_with: tuple[Phrase, ...]
    asked: frozenset[str]

    def holds(self, message: Placed, asked: str | None) -> bool:
        if self.asked and asked not in self.asked:
            return False
        hits = [phrase for phrase in self.phrases if message.find(phrase)]
        if not hits or any(message.find(phrase) for phrase in self.unless_in_message):
            return False
        if self.only_with and not any(message.find(phrase) for phrase in self.only_with):
            return False
        lifted = 0
        for phrase in self.unless:
            lifted |= message.cover(phrase)
        return not lifted or any(message.find(phrase, allowed=~lifted) for phrase in hits)


class Gate:
    """The rules made ready once, to read any number of messages."""

    def __init__(self, rules: SafetyRules) -> None:
        self._reader = Reader(rules.spelling)
        self._lexicon = Lexicon(rules.words, self._reader.spell)
        self._people = People.of(rules.words)
        self._nots = frozenset(rules.words["not"])
        self._rules = [self._ready(rule) for rule in rules.rules]
        known = {*self._lexicon.exact, *rules.words["other_people"], *rules.words["partner_nouns"]}
        self._reader.learn(known - set(OTHER.values()), set(self._lexicon.prefixes))

    def read(self, text: str) -> list[str]:
        """The words of `text` as the rules see them; for the curious, and for tests."""
        return self._people.name(self._reader.read(text))

    def fired(self, text: str, asked: str | None) -> tuple[list[str], list[SafetyRule]]:
        """The words of `text`, and the rules that hold on them, in the order of the files."""
        words = self.read(text)
        if not words:
            return words, []
        message = Placed(words, self._lexicon, self._nots)
        return words, [ready.rule for ready in self._rules if ready.holds(message, asked)]

    def _ready(self, rule: SafetyRule) -> _Ready:
        def made(texts: list[str]) -> tuple[Phrase, ...]:
            return tuple(self._lexicon.phrase(text) for text in texts)

        return _Ready(
            rule,
            made(rule.phrases),
            made(rule.unless),
            made(rule.unless_in_message),
            made(rule.only_with),
            asked=frozenset(rule.asked),
        )


@lru_cache(maxsize=4)
def compiled(rules: SafetyRules) -> Gate:
    """The gate for `rules`, made on first use and kept."""
    return Gate(rules)
