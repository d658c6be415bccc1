"""The phrase language of the safety rules, matched at every place of a message at once.

A set of places is a whole number: bit i stands for the i-th word. Going one word on is a shift, so a phrase costs a
few operations however long the message is, and no message can make it slow. The language:

    hit|hits|hitting    one of these words        control*      any word that begins so
    {partner}           a list of words.yml       (a b|c)       one of these runs of words
    word?               may be missing            _ or _3       up to 2 (or 3) words between, no "not" among them
    __3                 the same, "not" allowed   ^ and $       the message begins or ends here
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

STOP = "."  # stands in a message where a sentence ends; no gap passes it
_GAP = re.compile(r"^(__?)(\d*)$")
_NOT_WORD = re.compile(r"[^\w'*]|^_|.\*.|^\*")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message quotes it."""


@dataclass(frozen=True)
class Piece:
    """Runs of words, any of which may stand here. Each word of a run is an index into the lexicon's atoms."""

    runs: tuple[tuple[int, ...], ...]
    optional: bool = False


@dataclass(frozen=True)
class Gap:
    """Up to `words` words that do not matter."""

    words: int
    over_not: bool


@dataclass(frozen=True)
class Phrase:
    """A phrase ready to be matched."""

    steps: tuple[Piece | Gap, ...]
    begins: bool
    ends: bool


class Lexicon:
    """Every set of words that a phrase asks for, numbered, so that a message looks each of its words up once."""

    def __init__(self, lists: Mapping[str, list[str]], spell: Callable[[str], tuple[str, ...]]) -> None:
        self._lists, self._spell = lists, spell
        self._atoms: dict[frozenset[str], int] = {}
        self._pieces: dict[str, tuple[tuple[int, ...], ...]] = {}
        self.exact: dict[str, list[int]] = {}
        self.prefixes: dict[str, list[int]] = {}

    def phrase(self, text: str) -> Phrase:
        """The phrase that `text` describes. Raises PhraseError."""
        items = _split(text, " ")
        begins, ends = items[:1] == ["^"], items[-1:] == ["$"]
        items = items[begins : len(items) - ends]
        try:
            steps = tuple(step for item in items if (step := self._step(item)) is not None)
        except PhraseError as error:
            raise PhraseError(f"{text!r}: {error}") from None
        if not steps or isinstance(steps[0], Gap) or isinstance(steps[-1], Gap):
            raise PhraseError(f"{text!r}: a phrase begins and ends with words")
        if all(isinstance(step, Gap) or step.optional for step in steps):
            raise PhraseError(f"{text!r}: every word may be missing")
        return Phrase(steps, begins, ends)

    def atoms_of(self, word: str) -> tuple[int, ...]:
        """The sets that `word` belongs to."""
        found = list(self.exact.get(word, ()))
        for length in range(2, len(word) + 1):
            found.extend(self.prefixes.get(word[:length], ()))
        return tuple(found)

    def _step(self, item: str) -> Piece | Gap | None:
        if gap := _GAP.match(item):
            return Gap(int(gap[2] or 2), over_not=len(gap[1]) == 2)
        body = item.removesuffix("?")
        if body not in self._pieces:
            self._pieces[body] = self._runs(*self._collect(body, depth=0))
        return Piece(self._pieces[body], item.endswith("?")) if self._pieces[body] else None

    def _runs(self, words: set[str], runs: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
        single = [(self._atom(frozenset(words)),)] if words else []
        return tuple(dict.fromkeys(single + runs))

    def _collect(self, body: str, depth: int) -> tuple[set[str], list[tuple[int, ...]]]:
        """The single words, and the runs of several, that `body` (words, lists and groups joined by "|") stands for."""
        if depth > 12:
            raise PhraseError("a list of words holds itself")
        words: set[str] = set()
        runs: list[tuple[int, ...]] = []
        for choice in _split(body, "|"):
            units = _split(choice, " ")
            if len(units) == 1 and units[0][-1:] != "?":
                more_words, more_runs = self._unit(units[0], depth)
                words |= more_words
                runs += more_runs
                continue
            found: list[tuple[int, ...]] = [()]
            for unit in units:
                ways = self._runs(*self._unit(unit.removesuffix("?"), depth))
                ways += ((),) if unit.endswith("?") or not ways else ()
                found = [head + tail for head in found for tail in ways]
            runs += [run for run in found if run]
        return words, runs

    def _unit(self, unit: str, depth: int) -> tuple[set[str], list[tuple[int, ...]]]:
        if unit.startswith("("):
            return self._collect(unit[1:-1], depth + 1)
        if unit.startswith("{"):
            if unit[1:-1] not in self._lists:
                raise PhraseError(f"there is no list {unit} in words.yml")
            return self._collect("|".join(self._lists[unit[1:-1]]), depth + 1)
        if _NOT_WORD.search(unit):
            raise PhraseError(f"{unit!r} is not a word")
        spelt = self._spelt(unit)
        if len(spelt) < 2:
            return set(spelt), []
        return set(), [tuple(self._atom(frozenset({part})) for part in spelt)]

    def _spelt(self, word: str) -> tuple[str, ...]:
        """A word of a phrase as messages are read: "doesn't" is "does not", fillers are gone."""
        return (word,) if word.endswith("*") else self._spell(word)

    def _atom(self, words: frozenset[str]) -> int:
        if words not in self._atoms:
            number = self._atoms[words] = len(self._atoms)
            for word in words:
                if word.endswith("*"):
                    self.prefixes.setdefault(word[:-1], []).append(number)
                else:
                    self.exact.setdefault(word, []).append(number)
        return self._atoms[words]


def _split(text: str, mark: str) -> list[str]:
    """The parts of `text` between the `mark`s that stand outside all brackets."""
    parts, depth, begin = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == mark and depth == 0:
            parts.append(text[begin:index])
            begin = index + 1
    if depth:
        raise PhraseError("a bracket is not closed")
    return [part for part in (*parts, text[begin:]) if part]
