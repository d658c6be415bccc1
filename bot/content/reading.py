"""Read one YAML file into the types that describe it, and name the file and line of whatever is wrong.

The types (msgspec structs) *are* the schema: an unknown key, a missing one or a value of the wrong kind is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

T = TypeVar("T")

# msgspec ends its sentence with the place: "Expected `int`, got `str` - at `$[0].choices[2].stage`"
_PLACE = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\[(?P<index>\d+)\]|\.(?P<key>[^.\[]+)|(?P<any>\[\.\.\.\])")


class ContentError(Exception):
    """Content that must not be served: the message names the file, the line and what is wrong with it."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        self.file, self.line, self.problem = file, line, problem
        super().__init__(f"{file}:{line}: {problem}")


def read(file: Path, kind: type[T]) -> T:
    """The content of `file` as `kind`. Raises ContentError if it cannot be read as that."""
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(file, line, f"not YAML: {error.problem}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(file, 1, f"cannot be read: {error}") from error
    if tree is None:
        raise ContentError(file, 1, "is empty")
    _refuse_repeated_keys(file, tree)
    loader = yaml.CSafeLoader("")
    try:
        return msgspec.convert(loader.construct_document(tree), kind)
    except msgspec.ValidationError as error:
        problem, path = _PLACE.match(str(error)).group("problem", "path")  # type: ignore[union-attr]
        raise ContentError(file, _line(tree, path or "$"), f"{problem} (at {path or 'the top'})") from error
    finally:
        loader.dispose()


def line_of(file: Path, path: str) -> int:
    """The line on which the value at `path` (as in `$[0].choices[2]`) stands, for checks that come after reading."""
    tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return _line(tree, path) if tree is not None else 1


def _line(node: yaml.Node, path: str) -> int:
    for step in _STEP.finditer(path):
        child = _child(node, step)
        if child is None:
            break
        node = child
    return int(node.start_mark.line) + 1


def _child(node: yaml.Node, step: re.Match[str]) -> yaml.Node | None:
    if step["index"] and isinstance(node, yaml.SequenceNode) and int(step["index"]) < len(node.value):
        return node.value[int(step["index"])]
    if step["key"] and isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step["key"]), None)
    return None


def _refuse_repeated_keys(file: Path, node: yaml.Node) -> None:
    """YAML lets the second of two equal keys win in silence; a reviewer would read the first."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise ContentError(file, key.start_mark.line + 1, f"{key.value!r} stands twice")
            seen.add(key.value)
            _refuse_repeated_keys(file, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_repeated_keys(file, value)
