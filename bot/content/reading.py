"""Read one YAML file into the types that describe it, and name the file and line of whatever is wrong.

The types (msgspec structs) *are* the schema: an unknown key, a missing one or a value of the wrong kind is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec
import yaml

T = TypeVar("T")

_STEP = re.compile(r"\[(?P<index>\d+)\]|\.(?P<key>[^.\[]+)|(?P<any>\[\.\.\.\])")


class ContentError(Exception):
    """Content that must not be served: the message names the file, the line and what is wrong with it."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        self.file, self.line, self.problem = file, line, problem
        super().__init__(f"{file}:{line}: {problem}")


class _Loader(yaml.CSafeLoader):
    """YAML as people who change words expect it: `no` and `on` are words; only `true` and `false` are not."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def read(file: Path, kind: type[T]) -> T:
    """The content of `file` as `kind`. Raises ContentError if it cannot be read as that."""
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(file, line, f"not YAML: {error.problem}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(file, 1, f"cannot be read: {error}") from error
    if tree is None:
        raise ContentError(file, 1, "is empty")
    _refuse_repeated_keys(file, tree)
    loader = _Loader("")
    try:
        content: T = _convert(loader.construct_document(tree), kind)
        return content
    except _Wrong as wrong:
        raise ContentError(file, _line(tree, wrong.path), f"{wrong.problem} (at {wrong.path})") from None
    finally:
        loader.dispose()


class _Wrong(Exception):
    """A value that does not fit, with its path from the top of the file.

    msgspec ends its sentence with the place: "Expected `int`, got `str` - at `$[0].choices[2].stage`".
    """

    def __init__(self, error: msgspec.ValidationError, within: str = "$") -> None:
        self.problem, _, path = str(error).partition(" - at ")
        self.path = within + (path.strip("`") or "$")[1:]
        super().__init__(self.problem)


def _convert(value: object, kind: Any) -> Any:
    if get_origin(kind) is not dict or not isinstance(value, dict):
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            raise _Wrong(error) from error
    # msgspec does not say under which key of a mapping a value is wrong, so each is converted by itself
    of_keys, of_values = get_args(kind)
    converted = {}
    for key, part in value.items():
        try:
            converted[msgspec.convert(key, of_keys)] = msgspec.convert(part, of_values)
        except msgspec.ValidationError as error:
            raise _Wrong(error, f"$.{key}") from error
    return converted


def line_of(file: Path, path: str) -> int:
    """The line on which the value at `path` (as in `$[0].choices[2]`) stands, for checks that come after reading."""
    tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
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
        at_index: yaml.Node = node.value[int(step["index"])]
        return at_index
    if step["key"] and isinstance(node, yaml.MappingNode):
        under_key: yaml.Node | None = next((value for key, value in node.value if key.value == step["key"]), None)
        return under_key
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
