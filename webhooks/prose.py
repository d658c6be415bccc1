"""What the templates need to show content: paragraphs and lists, numbers to dial, versions of files."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path


def blocks(text: str) -> list[str | list[str]]:
    """The paragraphs of `text` in order; a run of lines that start with "- " is a list of its items."""
    found: list[str | list[str]] = []
    for line in text.strip().splitlines():
        line = line.strip()
        if line.startswith("- "):
            if not found or isinstance(found[-1], str):
                found.append([])
            found[-1].append(line[2:])  # type: ignore[union-attr]
        elif not line:
            found.append("")
        elif found and isinstance(found[-1], str) and found[-1]:
            found[-1] += f" {line}"
        else:
            found.append(line)
    return [block for block in found if block]


def dial(number: str) -> str:
    """The first number in `number` as a phone dials it, or nothing: "0808 2000 247, press 1" is 08082000247."""
    match = re.search(r"\+?\d[\d ]*", number)
    return match.group().replace(" ", "") if match else ""


@lru_cache
def version(path: str) -> str:
    """A short name for what is in the file; it changes when the file does."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]
