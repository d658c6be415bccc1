"""The labelled messages for the gate's classifier: of one form, in one part each, and never the same in two."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from bot.content.reading import read
from bot.content.safety import SafetyRoute

GATE = Path(__file__).parents[2] / "nlu" / "gate"
PARTS = ("train", "tune", "test")
FILES = sorted(GATE.glob("*/*.yml"))


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messages of one route, kind and style."""

    route: SafetyRoute | Literal["none"]
    kind: Annotated[str, Meta(pattern=r"^[a-z_]+$")]
    style: Literal["web", "sms", "telegram"]
    texts: Annotated[list[Annotated[str, Meta(min_length=1, max_length=1200)]], Meta(min_length=1)]


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one author wrote on one theme, in one sitting."""

    batch: str
    about: str
    messages: list[Block]


def plain(text: str) -> str:
    """The words alone: two texts that share them are the same message."""
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.fixture(scope="module")
def batches() -> dict[Path, Batch]:
    return {file: read(file, Batch) for file in FILES}


def test_every_part_is_there_and_every_batch_is_named_after_its_file(batches: dict[Path, Batch]) -> None:
    assert {file.parent.name for file in FILES} == set(PARTS)
    assert [file.name for file, batch in batches.items() if batch.batch != file.stem] == []


def test_an_author_writes_for_one_part_only() -> None:
    parts: dict[str, set[str]] = {}
    for file in FILES:
        parts.setdefault(file.name.partition("-")[0], set()).add(file.parent.name)
    assert {author: where for author, where in parts.items() if len(where) > 1} == {}


def test_no_message_of_more_than_a_few_words_stands_in_two_parts(batches: dict[Path, Batch]) -> None:
    """"Hello" and "ok" are what everybody writes; a longer message that is in train must not be in test."""
    where: dict[str, set[str]] = {}
    for file, batch in batches.items():
        for text in (text for block in batch.messages for text in block.texts):
            where.setdefault(plain(text), set()).add(file.parent.name)
    assert [text for text, parts in where.items() if len(parts) > 1 and len(text.split()) > 3] == []


@pytest.mark.parametrize("part", PARTS)
def test_disclosures_and_ordinary_messages_are_about_as_many(batches: dict[Path, Batch], part: str) -> None:
    count = Counter({"none": 0})
    for file, batch in batches.items():
        if file.parent.name == part:
            count.update("none" if block.route == "none" else "other" for block in batch.messages for _ in block.texts)
    assert 0.8 < count["none"] / count["other"] < 1.25
    assert count.total() >= {"train": 6000, "tune": 900, "test": 1000}[part]
