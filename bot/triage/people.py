"""Who "he" and "she" are: a toddler who bites and a boss who shouts are not a partner.

If the first person a message names is a child, a pet or somebody outside the family, and no partner is named at all,
then "he" and "she" are that one ("my toddler bites, he hit me today"), and so they are when the message gives a small
child's age ("he is 2"). In every other case they are read as the partner: the gate would rather ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Stands for a pronoun that means a child, a pet or an outsider.
OTHER = {"he": "other_he", "she": "other_she", "they": "other_they", "him": "other_him", "her": "other_her"}

_SMALL = frozenset([*"123456789", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
_BOTH = {"he": {"he", "him"}, "she": {"she", "her"}}
_UNITS = frozenset(["hours", "hour", "minutes", "foot", "feet", "ft", "stone", "times", "days", "weeks", "of"])


@dataclass(frozen=True)
class People:
    """The lists of words.yml that this reading rests on."""

    others: frozenset[str]
    partners: frozenset[str]
    witnessing: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, list[str]]) -> People:
        """Take the lists `other_people`, `partner_nouns` and `witnessing` from words.yml."""
        return cls(*(frozenset(lists[name]) for name in ("other_people", "partner_nouns", "witnessing")))

    def _small(self, words: list[str]) -> set[str]:
        """The pronouns of those who the message says are small children."""
        small: set[str] = set()
        for pronoun, verb, age, unit in zip(words, words[1:], words[2:], [*words[3:], ""], strict=False):
            if pronoun in _BOTH and verb == "is" and age in _SMALL and unit not in _UNITS:
                small |= _BOTH[pronoun]
        return small

    def name(self, words: list[str]) -> list[str]:
        """`words`, with each pronoun that means a child, a pet or an outsider marked as such."""
        if self.partners.intersection(words):
            return words
        if small := self._small(words):
            return [OTHER[word] if word in small else word for word in words]
        if not self.others.intersection(words):
            return words
        first = next((index for index, word in enumerate(words) if word in self.others or word in OTHER), 0)
        if words[first] in OTHER or self.witnessing.intersection(words[first + 1 : first + 6]):
            return words
        return words[:first] + [OTHER.get(word, word) for word in words[first:]]
