"""`python -m bot triage`: messages in, as plain text or {"text", "asked"}; out: the route that each of them opens."""

from __future__ import annotations

from argparse import Namespace

from msgspec import Struct

from bot.checking.phrases import ready_rules
from bot.commands.lines import BadLine, answer_lines, read_line
from bot.triage import triage


class _Message(Struct):
    """What a parent wrote, and the question that stood."""

    text: str
    asked: str | None = None


def run(chosen: Namespace) -> int:
    """Every line is a message: the empty one, too, and one that only looks like JSON. The gate refuses nothing.

    A question that we do not have is passed over for the same reason: the message is read on its own.
    """
    rules = ready_rules(chosen.content / "safety")

    def answer(line: bytes) -> object:
        message = _message(line)
        return triage(message.text, rules, message.asked)

    return answer_lines(answer)


def _message(line: bytes) -> _Message:
    if line.lstrip().startswith(b"{"):
        try:
            return read_line(line, _Message)
        except BadLine:
            pass  # then it is what somebody typed
    return _Message(line.decode("utf-8", errors="replace"))
