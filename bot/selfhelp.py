"""Choosing self-help: which pieces fit what a parent has said, the best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.content.selfhelp import SelfHelp

# At which ages of a child a turning point is near, and which situations are one.
_AGES_OF = {
    "new_baby": range(2),
    "starting_school": range(3, 6),
    "moving_to_secondary": range(10, 13),
    "leaving_home": range(15, 20),
}
_SITUATIONS_OF = {"pregnancy": "expecting", "separation": "separating"}


def choose(
    pieces: Iterable[SelfHelp],
    *,
    stage: int,
    situation: str | None,
    theme: str | None = None,
    ages: Collection[int] = (),
    role: str | None = None,
    count: int = 3,
) -> tuple[str, ...]:
    """The ids of at most `count` pieces that fit, best first; the same answers always give the same pieces.

    A piece is left out if it is not for this stage (so nothing is chosen from stage 3 on), not for this situation, or
    for a role that the parent did not name. A parent who would not say what the situation is gets pieces that fit any.
    It is left out, too, if it is about children of other ages, unless it helps with the very thing the parent asked
    about: someone who expects a baby may well ask about a teenager.

    Of those that fit, these come first:
    1. it is mainly about what the parent asked for, or is made for their role;
    2. it helps with that among other things;
    3. it is about a turning point that the family is at (expecting, separating, or by the children's ages);
    4. it is of use to anyone;
    5. the rest, so that asking for more brings more.
    Within each, a piece made for this situation or turning point goes before one for all, then the order of the file.
    """
    fitting = [piece for piece in pieces if _fits(piece, stage, situation, theme, ages, role)]
    # sorted() is stable: pieces of equal rank stay in the order in which people put them in the file
    fitting.sort(key=lambda piece: (_rank(piece, situation, theme, ages, role), _fits_all_alike(piece, situation, ages)))
    return tuple(piece.id for piece in fitting[:count])


def _fits(
    piece: SelfHelp, stage: int, situation: str | None, theme: str | None, ages: Collection[int], role: str | None
) -> bool:
    if stage not in piece.stages:
        return False
    if piece.situations and situation not in piece.situations:
        return False
    if piece.roles and role not in piece.roles:
        return False
    return not ages or theme in piece.themes or any(piece.youngest <= age <= piece.oldest for age in ages)


def _rank(piece: SelfHelp, situation: str | None, theme: str | None, ages: Collection[int], role: str | None) -> int:
    if theme == piece.themes[0] or role in piece.roles:
        return 1
    if theme in piece.themes:
        return 2
    if _at_turning_point(piece, situation, ages):
        return 3
    return 4 if piece.general else 5


def _at_turning_point(piece: SelfHelp, situation: str | None, ages: Collection[int]) -> bool:
    return any(
        _SITUATIONS_OF.get(transition) == situation if transition in _SITUATIONS_OF
        else any(age in _AGES_OF[transition] for age in ages)
        for transition in piece.transitions
    )


def _fits_all_alike(piece: SelfHelp, situation: str | None, ages: Collection[int]) -> bool:
    return not piece.situations and not _at_turning_point(piece, situation, ages)
