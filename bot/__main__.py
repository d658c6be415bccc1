"""The judgement on the command line: `python -m bot triage | place | match | check | evaluate`.

Broken content stops every command at once, with the file, the line and what is wrong on stderr, and exit status 1.
This module alone may look at the clock: what it starts is told the day.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from bot.content import CONTENT, ContentError
from bot.hours import LONDON

COMMANDS = {
    "triage": "messages in, one a line; out: the route that each of them opens",
    "place": "answers in, one JSON object a line; out: the stage, the route and why",
    "match": "families in, one JSON object a line; out: the courses that fit, best first",
    "check": "whether the content is complete, sourced, in date, readable and within the limits of the channels",
    "evaluate": "how well triage and placement do on the project's own cases, beside simple baselines",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        # only what the command needs is loaded: triage must be ready at once
        return int(import_module(f"bot.commands.{chosen.command}").run(chosen))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our answers has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="The judgement of Waymark.")
    commands = parser.add_subparsers(dest="command", required=True, metavar=" | ".join(COMMANDS))
    for name, says in COMMANDS.items():
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("--content", type=Path, default=CONTENT, metavar="FOLDER", help="default: %(default)s")
        if name == "check":
            command.add_argument(
                "--on",
                type=date.fromisoformat,
                default=datetime.now(LONDON).date(),
                metavar="DAY",
                help="what is in date and what is overdue on this day (default: today)",
            )
            command.add_argument(
                "--any-date",
                action="store_const",
                dest="on",
                const=None,
                help="leave dates out, for tests, which must not fail because time went by",
            )
        if name == "evaluate":
            command.add_argument(
                "--cases",
                type=Path,
                default=CONTENT.parent / "tests/judgement/cases",
                metavar="FOLDER",
                help="default: %(default)s",
            )
    return parser


if __name__ == "__main__":
    sys.exit(main())
