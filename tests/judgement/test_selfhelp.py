"""Choosing self-help: every parent for whom it is meant gets enough, and nobody gets what presumes another life."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from bot.content import CONTENT
from bot.content.questionnaire import Question
from bot.content.reading import read
from bot.content.selfhelp import SelfHelp, Theme
from bot.content.shared import Role, Situation
from bot.selfhelp import choose

PIECES = read(CONTENT / "self_help.yml", list[SelfHelp])
BY_ID = {piece.id: piece for piece in PIECES}
SITUATIONS = (*get_args(Situation), None)
THEMES = (*get_args(Theme), None)
ROLES = (*get_args(Role), None)
AGES: tuple[tuple[int, ...], ...] = (
    (),
    (0,),
    (0, 1),
    (2, 3, 4),
    (5, 6, 7, 8, 9, 10),
    (11, 12, 13, 14, 15, 16, 17),
    (1, 3, 5, 7, 9, 11, 13, 15, 17),
    (4,),
    (10,),
    (11,),
    (17,),
    (0, 16),
    (25,),
)
ALL = tuple(product((1, 2), SITUATIONS, THEMES, AGES, ROLES))
APART = ("separated", "separating", "single_coparent")


def first(**answers: object) -> SelfHelp:
    return BY_ID[choose(PIECES, **answers)[0]]  # type: ignore[arg-type]


def test_whatever_the_answers_a_parent_gets_enough_pieces_and_each_fits_their_life() -> None:
    for stage, situation, theme, ages, role in ALL:
        chosen = choose(PIECES, stage=stage, situation=situation, theme=theme, ages=ages, role=role)
        assert (2 if stage == 2 else 1) <= len(chosen) <= 3
        assert len(set(chosen)) == len(chosen)
        for piece in map(BY_ID.__getitem__, chosen):
            assert stage in piece.stages
            assert not piece.situations or situation in piece.situations
            assert not piece.roles or role in piece.roles
            assert not ages or theme in piece.themes or any(piece.youngest <= age <= piece.oldest for age in ages)


def test_a_piece_about_what_the_parent_asked_for_always_comes_first_where_there_is_one() -> None:
    for stage, situation, theme, ages, role in ALL:
        if theme is None or role in ("kinship", "foster", "grandparent"):
            continue
        about_it = [
            piece
            for piece in PIECES
            if stage in piece.stages
            and theme in piece.themes
            and not piece.roles
            and (not piece.situations or situation in piece.situations)
        ]
        got = first(stage=stage, situation=situation, theme=theme, ages=ages, role=role)
        if any(piece.themes[0] == theme for piece in about_it):
            assert got.themes[0] == theme
        elif about_it:
            assert theme in got.themes


def test_every_theme_that_the_questions_offer_has_a_piece_in_every_situation_that_it_can_arise_in() -> None:
    questions = read(CONTENT / "questions.yml", list[Question])
    offered = {option.theme for question in questions for option in question.options if option.theme}
    for stage, situation, theme in product((1, 2), get_args(Situation), sorted(offered)):
        if theme == "parenting_apart" and situation in ("together", "expecting"):
            continue
        if theme == "new_baby" or situation != "expecting":
            assert theme in first(stage=stage, situation=situation, theme=theme).themes, (situation, theme)


def test_a_parent_who_named_nothing_gets_pieces_that_are_of_use_to_anyone() -> None:
    assert choose(PIECES, stage=2, situation="together") == ("notice-good", "soft-start", "weekly-talk")
    assert choose(PIECES, stage=2, situation="separated") == ("short-messages", "not-the-messenger", "soft-start")
    for situation in SITUATIONS:
        for piece in choose(PIECES, stage=2, situation=situation):
            assert BY_ID[piece].general or BY_ID[piece].transitions


def test_a_parent_who_would_not_say_the_situation_gets_only_pieces_for_any_situation() -> None:
    for theme in THEMES:
        assert not [
            piece for piece in choose(PIECES, stage=2, situation=None, theme=theme, count=99) if BY_ID[piece].situations
        ]


def test_parents_apart_are_never_given_a_piece_for_a_shared_home_nor_couples_one_for_two_homes() -> None:
    apart = {piece for situation in APART for piece in choose(PIECES, stage=2, situation=situation, count=99)}
    together = set(choose(PIECES, stage=2, situation="together", count=99))
    assert not apart & {"money-date", "night-feeds", "weekly-talk", "same-side", "take-turns"}
    assert not together & {"money-apart", "five-minute-handover", "two-homes", "short-messages"}


@pytest.mark.parametrize(
    ("situation", "ages", "transition"),
    [
        ("expecting", (0,), "pregnancy"),
        ("separating", (), "separation"),
        ("together", (0, 1), "new_baby"),
        ("together", (2, 3, 4), "starting_school"),
        ("separated", (11,), "moving_to_secondary"),
        ("single_coparent", (17,), "leaving_home"),
    ],
)
def test_a_family_at_a_turning_point_is_offered_a_piece_about_it(
    situation: str, ages: tuple[int, ...], transition: str
) -> None:
    assert transition in first(stage=2, situation=situation, ages=ages).transitions


def test_a_broad_band_of_ages_is_no_sign_of_a_turning_point() -> None:
    assert not first(stage=2, situation="together", ages=(5, 6, 7, 8, 9, 10)).transitions


def test_what_the_parent_asked_about_weighs_more_than_the_ages_they_named() -> None:
    assert first(stage=2, situation="expecting", theme="teenagers", ages=(0,)).themes[0] == "teenagers"
    assert "teen-team" not in choose(PIECES, stage=2, situation="expecting", ages=(0,), count=99)


def test_somebody_raising_a_relatives_child_is_offered_the_piece_made_for_them_and_nobody_else_is() -> None:
    assert "kinship" in choose(PIECES, stage=2, situation="separated", theme="parenting_apart", role="kinship")
    assert "kinship" in choose(PIECES, stage=1, situation="separated", role="grandparent", count=1)
    assert "kinship" not in choose(PIECES, stage=2, situation="separated", theme="kinship", role="father", count=99)


@pytest.mark.parametrize("stage", [3, 4, 5, 6])
def test_no_piece_is_chosen_where_reading_is_not_enough(stage: int) -> None:
    assert choose(PIECES, stage=stage, situation="together", theme="arguing_better", count=99) == ()


def test_asking_for_more_adds_to_what_was_offered_before_and_takes_nothing_away() -> None:
    for stage, situation, theme, ages, role in ALL[::37]:
        every = choose(PIECES, stage=stage, situation=situation, theme=theme, ages=ages, role=role, count=len(PIECES))
        for count in range(len(every) + 1):
            assert (
                choose(iter(PIECES), stage=stage, situation=situation, theme=theme, ages=ages, role=role, count=count)
                == every[:count]
            )
