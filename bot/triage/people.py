"""Who "he" and "she" are: a toddler who bites and a boss who shouts are not a partner.

If the first person a message names is a child, a pet or somebody outside the family, and no partner is named at all,
then "he" and "she" are that one. In every other case they are read as the partner: the gate would rather ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Stands for a pronoun that means a child, a pet or an outsider.
OTHER = {"he": "other_he", "she": "other_she", "they": "other_they", "him": "other_him", "her": "other_her"}


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

    def name(self, words: list[str]) -> list[str]:
        """`words`, with each pronoun that means a child, a pet or an outsider marked as such."""
        if not self.others.intersection(words) or self.partners.intersection(words):
            return words
        first = next((index for index, word in enumerate(words) if word in self.others or word in OTHER), 0)
        if words[first] in OTHER or self.witnessing.intersection(words[first + 1:first + 6]):
            return words
        return words[:first] + [OTHER.get(word, word) for word in words[first:]]
