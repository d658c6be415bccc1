"""Choosing self-help: which pieces fit what a parent has said, the best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.content.selfhelp import SelfHelp

# The turning points that are known from the children's ages, and those that are known from the situation.
_BY_AGES = {
    "new_baby": range(2),
    "starting_school": range(3, 6),
    "moving_to_secondary": range(10, 13),
    "leaving_home": range(16, 20),
}
_BY_SITUATION = {"pregnancy": "expecting", "separation": "separating"}


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
    1. it is mainly about what the parent asked for, or is made for their role and helps with that;
    2. it helps with that among other things, or is made for their role;
    3. it is about a turning point that the family is at: expecting, separating, or an age that at least half of the
       ages named are at (a broad band of ages is no sign of one);
    4. it is of use to anyone;
    5. the rest, so that asking for more brings more.
    Within each, a piece for their role or turning point goes first, then the order in which `pieces` stand.
    """
    fitting = [piece for piece in pieces if _fits(piece, stage, situation, theme, ages, role)]
    # sorting is stable: pieces of equal rank stay in the order in which people put them in the file
    fitting.sort(key=lambda piece: _rank(piece, situation, theme, ages, role))
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


def _rank(
    piece: SelfHelp, situation: str | None, theme: str | None, ages: Collection[int], role: str | None
) -> tuple[int, bool]:
    turning = any(_is_near(transition, situation, ages) for transition in piece.transitions)
    for_role = role in piece.roles
    if theme == piece.themes[0] or (for_role and (theme is None or theme in piece.themes)):
        return 1, not (turning or for_role)
    if theme in piece.themes or for_role:
        return 2, not (turning or for_role)
    return (3, False) if turning else (4 if piece.general else 5, True)


def _is_near(transition: str, situation: str | None, ages: Collection[int]) -> bool:
    if transition in _BY_SITUATION:
        return _BY_SITUATION[transition] == situation
    return bool(ages) and 2 * sum(age in _BY_AGES[transition] for age in ages) >= len(ages)
