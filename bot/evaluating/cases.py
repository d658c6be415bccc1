"""Messages with the routes that are right for them, and what the gate and a list of words make of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from bot.content.reading import read
from bot.content.safety import SafetyRules
from bot.content.shared import Entry, Id, Words
from bot.triage import triage

HELD_OUT = "held_out.yml"
BASELINE = "keyword_baseline.txt"


class Cases(Entry, frozen=True):
    """Messages of one kind. Any of `routes` is right for them; the first stands for them in the tables."""

    kind: Id
    routes: Annotated[list[Words], Meta(min_length=1)]
    says: Annotated[list[Words], Meta(min_length=1)]
    asked: Id | None = None


@dataclass(frozen=True)
class Seen:
    """One message: what it is, the route the gate opened, and whether the baseline would have shown a helpline."""

    kind: str
    routes: tuple[str, ...]
    message: str
    opened: str
    baseline: bool

    @property
    def ordinary(self) -> bool:
        """Whether nothing at all is the right answer."""
        return self.routes[0] == "none"

    @property
    def right(self) -> bool:
        """Whether the gate opened a route that is right."""
        return self.opened in self.routes

    @property
    def shown_help(self) -> bool:
        """Whether the gate showed a helpline at all, by whatever route."""
        return self.opened != "none"


def seen(files: Iterable[Path], rules: SafetyRules, baseline: re.Pattern[str]) -> Iterator[Seen]:
    """Every message in the files, read by the gate and by the baseline. Raises ContentError."""
    for cases in (cases for file in sorted(files) for cases in read(file, list[Cases])):
        for message in cases.says:
            yield Seen(
                cases.kind,
                tuple(cases.routes),
                message,
                triage(message, rules, cases.asked).route,
                baseline.search(message) is not None,
            )


def word_list(folder: Path) -> re.Pattern[str]:
    """The baseline: any of a list of words or phrases, as word lists for chat services go."""
    lines = (folder / BASELINE).read_text(encoding="utf-8").splitlines()
    phrases = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
