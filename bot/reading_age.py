"""How hard a text is to read: the Flesch-Kincaid grade, worked out here so that it needs no word list from the network.

Grade 4 is a reading age of about 9. Syllables are counted by rule: in plain British prose that comes within a few
hundredths of a syllable a word of the pronouncing dictionary, which is less than the formula itself can tell apart.
"""

from __future__ import annotations

import re

# Names of services ("National Domestic Abuse Helpline"), addresses and placeholders are not of our wording.
_NAME = re.compile(r"\b[A-Z][\w'-]+(?: (?:(?:and|for|of|the|in|&) )?[A-Z][\w'-]+)+")
_NOT_WORDS = re.compile(r"https?://\S+|\{\w+\}|\d[\d ,.:/-]*")
_SENTENCE_END = re.compile(r"[.!?]+[\"')]*(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart: "be-ing", "sci-ence", "du-et", "cre-ate", "qui-et".
_APART = re.compile(r"[^cgst]i(?:a|o|u)|[^cgstr]ien|ui[ae]|[^q]ue[lt]|[aeouy]ing|^creat|^react|[^aeiou]ism$|^idea|iet")
# Vowels that are not heard: "time", "walked", "lives", "careless", "hopeful", "movement", "safely", "something".
_SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeioutd]ed$|[^aeioulcszgx]es$|[^aeiouy]eless$|[^aeiouy]eful$|"
    r"[^aeiouycszg]ement|[^aeiouy]ely$|some(?:one|thing|times|body|where)|every|[^aeiou]etime"
)


def words(text: str) -> list[str]:
    """The words of our own in a text: names of services, addresses, numbers and placeholders are left out."""
    return _WORD.findall(_NAME.sub("it", _NOT_WORDS.sub(" ", text)))


def syllables(word: str) -> int:
    """About how many syllables a word has."""
    plain = word.lower().replace("'", "")
    count = len(_VOWELS.findall(plain)) + len(_APART.findall(plain)) - len(_SILENT.findall(plain))
    return max(1, count)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text. A line of its own, such as an item of a list, counts as a sentence."""
    found = words(text)
    if not found:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
