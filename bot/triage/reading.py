"""A message as the words its writer meant: case, odd letters, lost apostrophes, SMS spelling, slips of the finger.

Reading is lenient on purpose. A word is only changed into one that some safety rule asks for; the rest stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.content.safety import Spelling
from bot.triage.phrases import STOP

# Letters of other scripts that look like Latin ones, and the marks that stand in for an apostrophe.
_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u0501\u04bb"
    "\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0131\u2019\u2018\u02bc\u0060\u00b4\uff07",
    "abekmhopctyxijsdhabenikvoptuxi''''''",
)
_WORD = re.compile(r"[^\W_]+(?:['!@$*|][^\W_]+)*|[$@][^\W_]+|(?<![.?!;])[.?!;](?![.])|\n\s*\n")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*]{1,2}[^\W_](?![^\W_])){2,}")
_LEET = [str.maketrans("013457@$!|", "oieast" + "as" + ones) for ones in ("ii", "ll")]
_LEET[1] = str.maketrans("013457@$!|", "oleastasll")
_STRETCH = re.compile(r"(.)\1{2,}")
_PRONOUNS = frozenset({"i", "me", "my", "he", "him", "his", "she", "her"})
_VOWELS = frozenset("aeiouy")


class Reader:
    """Reads messages with the words that the rules know (`vocabulary`, and `stems` for those with any ending)."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._plain = {word: tuple(meant.split()) for word, meant in spelling.words.items()}
        self._pairs = {tuple(pair.split()): tuple(meant.split()) for pair, meant in spelling.pairs.items()}
        self._fillers = frozenset(spelling.fillers)
        self._known: set[str] = set()
        self._stems: tuple[str, ...] = ()
        self._near: dict[str, str] = {}
        self._word = lru_cache(maxsize=8192)(self._read_word)

    def learn(self, vocabulary: set[str], stems: set[str]) -> None:
        """Take in the words of the rules; slips are only ever mended towards these."""
        self._known = {word for meant in self._plain.values() for word in meant} | vocabulary
        self._stems = tuple(sorted(stem for stem in stems if len(stem) >= 4))
        ordinary = set(self._spelling.not_misspelt)
        self._near = {}
        for word in sorted(self._known, reverse=True):
            if len(word) >= 6:
                for slip in _slips(word):
                    if slip not in self._known and slip not in ordinary:
                        self._near[slip] = word

    def spell(self, word: str) -> tuple[str, ...]:
        """A word of a phrase as it stands in a message that has been read."""
        meant = self._plain.get(word) or self._plain.get(word.replace("'", "")) or (word.replace("'", ""),)
        return tuple(part for part in meant if part not in self._fillers)

    def read(self, text: str) -> list[str]:
        """The words of `text`, with STOP where a sentence ends."""
        words = [word for raw in _WORD.findall(_letters(text)) for word in self._word(raw)]
        return self._without_fillers(words)

    def _without_fillers(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        index = 0
        while index < len(words):
            pair = self._pairs.get((words[index], words[index + 1])) if index + 1 < len(words) else None
            if pair is not None:
                kept.extend(pair)
                index += 2
                continue
            if words[index] not in self._fillers:
                kept.append(words[index])
            index += 1
        return kept

    def _read_word(self, raw: str) -> tuple[str, ...]:
        if not raw[0].isalnum() and raw[0] not in "$@":
            return (STOP,)
        if meant := self._plain.get(raw):
            return meant
        word = raw.removesuffix("'s").replace("'", "")
        return self._meant(word) or self._mended(word) or (word,)

    def _meant(self, word: str) -> tuple[str, ...] | None:
        """`word` if it is known as it stands, or by the spelling list."""
        if meant := self._plain.get(word):
            return meant
        if word in self._known or word in self._fillers or word.startswith(self._stems):
            return (word,)
        if word.endswith("in") and word + "g" in self._known:
            return (word + "g",)
        return None

    def _mended(self, word: str) -> tuple[str, ...] | None:
        guesses = [word]
        if not word.isalpha() and not word.isdigit():
            guesses = [word.translate(table) for table in _LEET]
        for guess in list(guesses):
            if _STRETCH.search(guess):
                guesses += [_STRETCH.sub(r"\1\1", guess), _STRETCH.sub(r"\1", guess)]
        for guess in guesses:
            if found := self._meant(guess):
                return found
        for guess in guesses:
            if near := self._near.get(guess):
                return (near,)
        for guess in guesses:
            if found := self._run_together(guess):
                return found
        return None

    def _run_together(self, word: str) -> tuple[str, ...] | None:
        """The words in one that has lost its spaces ("hehitme"), if it is made of nothing but known words."""
        if not 6 <= len(word) <= 120 or word in self._spelling.not_misspelt:
            return None
        ways: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for begin in range(max(0, end - 14), end):
                before, part = ways[begin], word[begin:end]
                if before is None or (len(part) == 1 and part not in "ia"):
                    continue
                if part in self._known or part in self._plain or (len(part) > 4 and part.startswith(self._stems)):
                    best = ways[end]
                    if best is None or len(before) + 1 < len(best):
                        ways[end] = (*before, part)
        parts = ways[-1]
        if parts is None or len(parts) < 3 or not _PRONOUNS.intersection(parts):
            return None
        return tuple(meant for part in parts for meant in self._plain.get(part, (part,)))


def _letters(text: str) -> str:
    """`text` in small Latin letters, without what cannot be seen, and with spaced-out words closed up."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Mn", "Me"))
    text = text.casefold()
    if not text.isascii():
        text = text.translate(_LOOKALIKES)
    return _SPACED.sub(_close_up, text)


def _close_up(found: re.Match[str]) -> str:
    """h i t -> hit; but "u r a" and other runs of real one-letter words stay apart."""
    letters = [letter for letter in found[0] if letter.isalnum()]
    return found[0] if all(letter in "aiurbcnxyk2401" for letter in letters) else "".join(letters)


def _slips(word: str) -> set[str]:
    """What `word` becomes by one slip after its first letter: a letter lost, doubled or swapped, or a wrong vowel."""
    slips: set[str] = set()
    for index in range(1, len(word)):
        head, tail = word[:index], word[index:]
        slips.add(head + tail[1:])
        slips.add(head + tail[0] + tail)
        if len(tail) > 1:
            slips.add(head + tail[1] + tail[0] + tail[2:])
        if tail[0] in _VOWELS:
            slips.update(head + vowel + tail[1:] for vowel in "aeiou")
    slips.discard(word)
    return slips
