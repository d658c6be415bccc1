"""What a check finds, and where in the files of content it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file. A warning does not fail the check."""

    file: Path
    line: int
    what: str
    fails: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'' if self.fails else 'warning: '}{self.what}"


@dataclass(frozen=True)
class Places:
    """Finds the line on which a thing stands, by its ids, so that whoever has to mend it need not search."""

    folder: Path

    def problem(self, what: str, files: str | Sequence[str], *steps: str | int, fails: bool = True) -> Problem:
        """A problem with what stands at `steps` in the first of the `files` (patterns under the folder) that has it.

        A step is a key, the id of an entry of a list, or a place in a list. If no file goes all the way,
        the first file is named, with the line of the last step that it has.
        """
        patterns = [files] if isinstance(files, str) else files
        found = [file for pattern in patterns for file in sorted(self.folder.glob(pattern))]
        walked = [(file, *_walk(_tree(file.read_text(encoding="utf-8")), steps)) for file in found]
        whole = next((walk for walk in walked if walk[2] == len(steps)), None)
        file, line, _ = whole or (walked[0] if walked else (self.folder / patterns[0], 1, 0))
        return Problem(file, line, what, fails)


@lru_cache(maxsize=256)
def _tree(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _walk(node: yaml.Node | None, steps: Sequence[str | int]) -> tuple[int, int]:
    """The line that was reached, and how many steps were there to be taken."""
    line, taken = 1, 0
    for step in steps:
        key, node = _child(node, step)
        if key is None:
            break
        line, taken = key.start_mark.line + 1, taken + 1
    return line, taken


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Where the step stands, and what it holds."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return (node.value[step], node.value[step]) if step < len(node.value) else (None, None)
    if isinstance(node, yaml.SequenceNode):
        entries = (entry for entry in node.value if isinstance(entry, yaml.MappingNode))
        for entry in entries:
            if any(key.value == "id" and value.value == step for key, value in entry.value):
                return entry, entry
    return None, None
