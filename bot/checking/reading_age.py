"""Whether a parent of any schooling can read it: about the reading age of eleven at the hardest, of nine as a rule."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.checking.problems import Places, Problem
from bot.content import UTTERANCE_FILES, Content
from bot.reading_age import grade, words

# Flesch-Kincaid grades are made for English. Below this many words the figure means little.
LANGUAGE, SHORT, HARDEST = "en", 30, 6.5
FILES = {
    "utterances": [f"texts/{LANGUAGE}/{name}.yml" for name in UTTERANCE_FILES],
    "courses": [f"texts/{LANGUAGE}/programmes.yml"],
}


def problems(content: Content, places: Places) -> Iterator[Problem]:
    """Every longer text that is harder to read than it may be."""
    texts = msgspec.to_builtins(content.texts[LANGUAGE])
    for part, entries in texts.items():
        for steps, text in _strings(entries):
            if len(words(text)) > SHORT and grade(text) > HARDEST:
                files = (
                    [f"texts/{LANGUAGE}/self_help/{steps[0]}.yml"]
                    if part == "self_help"
                    else FILES.get(part, [f"texts/{LANGUAGE}/{part}.yml"])
                )
                yield places.problem(
                    f"hard to read: grade {grade(text):.1f}, at most {HARDEST} ({text[:40]!r})",
                    files,
                    *(steps[1:] if part == "self_help" else steps),
                )


def _strings(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every string in a tree, with the steps that lead to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*steps, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _strings(inner, (*steps, place))
