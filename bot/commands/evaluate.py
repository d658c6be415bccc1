"""`python -m bot evaluate`: figures on triage and placement, beside a list of keywords and a question about fear."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence

from bot.checking.phrases import ready_rules
from bot.content import by_id
from bot.content.questionnaire import Question
from bot.evaluating.cases import HELD_OUT, Seen, seen, word_list
from bot.evaluating.placement import shares
from bot.evaluating.rates import Rate

FEAR = "on_edge"


def run(chosen: Namespace) -> int:
    """The tables, on stdout."""
    rules, baseline = ready_rules(chosen.content / "safety"), word_list(chosen.cases)
    print("TRIAGE. Found: a helpline is shown. Right: by a route that is right. [95 % interval]\n")
    held_out = chosen.cases / HELD_OUT
    tuned = [file for file in chosen.cases.glob("*.yml") if file != held_out]
    _triage("MESSAGES THAT THE RULES WERE TUNED ON", list(seen(tuned, rules, baseline)))
    _triage("MESSAGES KEPT ASIDE, never used to tune the rules", list(seen([held_out], rules, baseline)))
    print("The same hands wrote messages and rules, so these figures flatter: an outside set is the better judge.\n")
    _placement(tuple(by_id(chosen.content / "questions.yml", Question).values()))
    return 0


def _triage(title: str, messages: list[Seen]) -> None:
    disclosures = [message for message in messages if not message.ordinary]
    ordinary = [message for message in messages if message.ordinary]
    routes = list(dict.fromkeys(message.routes[0] for message in disclosures))
    rows = [_disclosed(route, [message for message in disclosures if message.routes[0] == route]) for route in routes]
    _table(
        title,
        ("disclosures, by route", "messages", "found", "right", "found by keywords"),
        [*rows, _disclosed("all disclosures", disclosures)],
    )
    kinds = list(dict.fromkeys(message.kind for message in disclosures))
    _table(
        "",
        ("disclosures, by theme", "messages", "found", "right", "found by keywords"),
        [_disclosed(kind, [message for message in disclosures if message.kind == kind]) for kind in kinds],
    )
    kinds = list(dict.fromkeys(message.kind for message in ordinary))
    alarms = [_alarmed(kind, [message for message in ordinary if message.kind == kind]) for kind in kinds]
    _table(
        "",
        ("ordinary messages", "messages", "false alarms", "by keywords"),
        [*alarms, _alarmed("all ordinary messages", ordinary)],
    )


def _disclosed(name: str, messages: Sequence[Seen]) -> tuple[str, ...]:
    found = Rate.over(message.shown_help for message in messages)
    right = Rate.over(message.right for message in messages)
    return name, str(len(messages)), str(found), str(right), str(Rate.over(message.baseline for message in messages))


def _alarmed(name: str, messages: Sequence[Seen]) -> tuple[str, ...]:
    return (
        name,
        str(len(messages)),
        str(Rate.over(not message.right for message in messages)),
        str(Rate.over(message.baseline for message in messages)),
    )


def _placement(questions: Sequence[Question]) -> None:
    found = shares(questions, FEAR)
    rows = [(route, f"{count / found.combinations:7.2%}") for route, count in found.routes.most_common()]
    _table(
        f"PLACEMENT, over all {found.combinations:,} ways of answering. They are not families: this shows what the "
        "rules do, not how often",
        ("route", "share"),
        rows,
    )
    print(
        f"Stage 4 or above: {found.from_helpline_on / found.combinations:.2%}. "
        f"A question about fear alone would have found {found.by_fear_alone / found.from_helpline_on:.1%} of them."
    )


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = [heads, *rows]
    if len(lines) == 1:
        return
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    if title:
        print(title)
    for line in lines:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    print()
