"""`python -m bot match`: a stage, an area and circumstances in; out: the courses that fit, best first, and why."""

from __future__ import annotations

from argparse import Namespace
from typing import Annotated

from msgspec import Meta, Struct

from bot.commands.lines import BadLine, answer_lines, read_line
from bot.content import load_content
from bot.content.shared import Role, Situation, Stage
from bot.match import Circumstances, match
from bot.voice import reason_in_words

EVERYWHERE = "all"
NEEDS = (
    "send",
    "armed_forces",
    "faith_muslim",
    "black_asian_minority_ethnic",
    "prison",
    "new_baby",
    "odd_conduct",
    "court",
    "low_income",
    "prefers_online",
    "prefers_in_person",
)
LANGUAGE = "language:"


class _Circumstances(Struct, frozen=True, forbid_unknown_fields=True):
    """A family. Whatever is left out or null was not said. Ages are in years; a half is a baby of six months."""

    relationship: Situation | None = None
    children_ages: list[Annotated[float, Meta(ge=0, le=25)]] = []
    role: Role | None = None
    needs: list[str] = []


class _Family(Struct, frozen=True, forbid_unknown_fields=True):
    """A family, where the answers placed it, and where it lives."""

    stage: Stage
    area: str = EVERYWHERE
    circumstances: _Circumstances = _Circumstances()


def run(chosen: Namespace) -> int:
    """Nothing is offered from stage 4 on. The same line always gets the same answer; `check` tells what is overdue."""
    content = load_content(chosen.content)
    programmes, reasons = tuple(content.programmes.values()), content.texts["en"].reasons

    def answer(line: bytes) -> object:
        family = read_line(line, _Family)
        if family.area != EVERYWHERE and family.area not in content.areas:
            known = ", ".join([EVERYWHERE, *content.areas])
            raise BadLine("unknown_area", f"no area is called {family.area!r}; there are: {known}")
        offers = match(
            programmes,
            stage=family.stage,
            circumstances=_said(family.circumstances),
            area=content.areas.get(family.area),
            everywhere=family.area == EVERYWHERE,
        )
        return {
            "offers": [
                {
                    "provider": offer.provider,
                    "name": offer.name,
                    "kind": offer.kind,
                    "delivery": offer.delivery,
                    "why": [words for reason in offer.why if (words := reason_in_words(reason, reasons))],
                }
                for offer in offers
            ]
        }

    return answer_lines(answer)


def _said(circumstances: _Circumstances) -> Circumstances:
    for need in circumstances.needs:
        if need not in NEEDS and not (need.startswith(LANGUAGE) and len(need) > len(LANGUAGE)):
            raise BadLine("unknown_need", f"no need is called {need!r}; there are: {', '.join(NEEDS)}, {LANGUAGE}xx")
    return Circumstances(
        circumstances.relationship,
        tuple(int(age) for age in circumstances.children_ages),
        circumstances.role,
        tuple(circumstances.needs),
    )
