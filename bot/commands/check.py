"""`python -m bot check`: what is wrong with the content, by file and line. An error is exit status 1, a warning not."""

from __future__ import annotations

import sys
from argparse import Namespace

from bot.checking import Problem, check
from bot.checking.phrases import ready_rules
from bot.content import Content, load_content


def run(chosen: Namespace) -> int:
    """Warnings first, errors last, where they are seen; then one line that says what was looked at."""
    content = load_content(chosen.content)
    ready_rules(chosen.content / "safety")
    problems = check(content, chosen.content, chosen.on)
    for problem in sorted(problems, key=lambda problem: problem.fails):
        print(problem, file=sys.stderr)
    print(_summary(content, problems))
    return int(any(problem.fails for problem in problems))


def _summary(content: Content, problems: list[Problem]) -> str:
    errors = sum(problem.fails for problem in problems)
    shown = sum(helpline.shown for helpline in content.helplines.values())
    return (
        f"{len(content.questions)} questions, {len(content.utterances)} utterances, {len(content.self_help)} "
        f"self-help pieces, {len(content.courses)} courses, {len(content.helplines)} helplines ({shown} shown), "
        f"{len(content.areas)} areas, {len(content.safety.rules)} safety rules, {len(content.texts)} language(s): "
        f"{errors} errors, {len(problems) - errors} warnings"
    )
