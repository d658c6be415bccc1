"""The self-help pieces: each is complete, short enough for a text, plainly written, and all of life is covered."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.content import CONTENT
from bot.content.questionnaire import Question
from bot.content.reading import read
from bot.content.selfhelp import SelfHelp, SelfHelpText, Theme, Transition
from bot.content.shared import Situation
from bot.reading_age import grade

FOLDER = CONTENT / "texts" / "en" / "self_help"
PIECES = {piece.id: piece for piece in read(CONTENT / "self_help.yml", list[SelfHelp])}
TEXTS = {file.stem: read(file, SelfHelpText) for file in sorted(FOLDER.glob("*.yml"))}
APART = {"separated", "separating", "single_coparent"}
COMMON = (
    "arguing_better",
    "new_baby",
    "money",
    "in_laws",
    "step_family",
    "parenting_apart",
    "teenagers",
    "send",
    "stress_and_sleep",
    "talking_to_children",
    "saying_sorry",
    "sharing_the_load",
    "closeness",
)

GSM_ONE = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWO = set("^{}\\[~]|€\f")
TWO_TEXTS = 306

AFRAID = re.compile(r"\b(afraid|scar(y|ed|es)|fright\w*)\b")
JUDGING = re.compile(r"\b(victim|abus\w*|perpetrator|toxic|stage|score|assess\w*|conflict|dysfunction\w*)\b", re.I)
A_WAY_TO_HELP = re.compile(r"\bask here\b|\bhelp\b")


def words_of(text: SelfHelpText) -> str:
    return "\n".join([text.title, text.summary, text.when, *text.steps, text.why, text.tonight])


def test_every_piece_has_words_and_every_text_has_a_piece() -> None:
    assert PIECES.keys() == TEXTS.keys()


def test_there_are_enough_pieces_and_no_two_share_an_id_or_a_title() -> None:
    assert len(PIECES) == len(read(CONTENT / "self_help.yml", list[SelfHelp])) >= 20
    assert len({text.title for text in TEXTS.values()}) == len(TEXTS)


@pytest.mark.parametrize("theme", get_args(Theme))
def test_every_theme_has_a_piece_that_is_mainly_about_it(theme: str) -> None:
    assert [piece.id for piece in PIECES.values() if piece.themes[0] == theme]


@pytest.mark.parametrize("theme", COMMON)
def test_the_common_themes_have_two_pieces_or_more(theme: str) -> None:
    assert len([piece.id for piece in PIECES.values() if theme in piece.themes]) >= 2


@pytest.mark.parametrize("transition", get_args(Transition))
def test_every_turning_point_of_family_life_has_a_piece(transition: str) -> None:
    assert [piece.id for piece in PIECES.values() if transition in piece.transitions]


def test_every_theme_that_a_parent_can_choose_is_one_that_the_pieces_know() -> None:
    questions = read(CONTENT / "questions.yml", list[Question])
    chosen = {option.theme for question in questions for option in question.options if option.theme}
    assert chosen
    assert chosen <= set(get_args(Theme))


@pytest.mark.parametrize("situation", get_args(Situation))
def test_each_situation_has_general_pieces_for_a_parent_who_would_not_say_more(situation: str) -> None:
    general = [
        piece for piece in PIECES.values() if piece.general and (not piece.situations or situation in piece.situations)
    ]
    assert len([piece for piece in general if 1 in piece.stages]) >= 1
    assert len([piece for piece in general if 2 in piece.stages]) >= 3


@pytest.mark.parametrize("piece", PIECES.values(), ids=lambda piece: piece.id)
def test_no_piece_is_for_parents_together_and_apart_unless_it_is_for_all(piece: SelfHelp) -> None:
    assert not ("together" in piece.situations and APART & set(piece.situations))
    assert piece.youngest <= piece.oldest


@pytest.mark.parametrize("name", TEXTS)
class TestTheWordsOf:
    def test_a_piece_say_enough_to_try_it_and_little_enough_to_read_it(self, name: str) -> None:
        text = TEXTS[name]
        assert 3 <= len(text.steps) <= 6
        assert 150 <= len(words_of(text).split()) <= 280

    def test_a_piece_say_who_it_is_not_for_and_where_help_is(self, name: str) -> None:
        assert AFRAID.search(TEXTS[name].when)
        assert A_WAY_TO_HELP.search(TEXTS[name].when)

    def test_a_piece_label_nobody(self, name: str) -> None:
        assert not JUDGING.findall(words_of(TEXTS[name]) + TEXTS[name].sms)

    def test_a_piece_fit_two_text_messages(self, name: str) -> None:
        sms = TEXTS[name].sms
        assert not {sign for sign in sms if sign not in GSM_ONE | GSM_TWO}
        assert sum(2 if sign in GSM_TWO else 1 for sign in sms) <= TWO_TEXTS

    def test_a_piece_are_plain_ascii_but_for_the_pound_sign(self, name: str) -> None:
        assert (words_of(TEXTS[name]) + TEXTS[name].sms).replace("£", "").isascii()

    def test_a_piece_can_be_read_at_nine(self, name: str) -> None:
        assert grade(words_of(TEXTS[name])) <= 4.5
