"""JSON Lines: one line in, one line out, in order and at once. A bad line is answered by an error; the next goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")


class BadLine(ValueError):
    """A line that cannot be answered: `code` for programs, the message names what is wrong for people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def answer_lines(answer: Callable[[bytes], object]) -> int:
    """Answer every line of stdin on stdout, without its line ending. Bad lines do not change the exit status."""
    for line in sys.stdin.buffer:
        try:
            said = answer(line.removesuffix(b"\n").removesuffix(b"\r"))
        except BadLine as bad:
            said = {"error": {"code": bad.code, "message": str(bad)}}
        sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
        sys.stdout.buffer.flush()
    return 0


def read_line(line: bytes, kind: type[T]) -> T:
    """The line as `kind`. Raises BadLine if it is not JSON, or not of that kind."""
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.ValidationError as error:
        raise BadLine("bad_request", str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadLine("not_json", f"not one JSON object on one line: {error}") from None
