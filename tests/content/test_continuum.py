"""The continuum: six places in order, nothing joint from the fourth on, and words that judge nobody."""

from __future__ import annotations

import re

import pytest

from bot.content import CONTENT
from bot.content.continuum import ContinuumStage
from bot.content.reading import read
from bot.content.speech import ContinuumText

STAGES = read(CONTENT / "continuum.yml", list[ContinuumStage])
TEXTS = read(CONTENT / "texts" / "en" / "continuum.yml", dict[str, ContinuumText])
TOGETHER = {"self_help", "programme", "counselling", "mediation"}
LABELS = re.compile(r"\b(victim|abus\w*|perpetrator|toxic|stage|score|assessment|conflict|dysfunction\w*)\b", re.I)


def test_there_are_six_places_each_with_its_own_route() -> None:
    assert [(stage.stage, stage.route) for stage in STAGES] == [
        (1, "universal"),
        (2, "self_help"),
        (3, "programme"),
        (4, "helpline"),
        (5, "domestic_abuse"),
        (6, "specialist"),
    ]


def test_nothing_joint_is_offered_from_the_fourth_place_on() -> None:
    assert [stage.joint_help for stage in STAGES] == [True, True, True, False, False, False]
    for stage in STAGES[3:]:
        assert not TOGETHER & set(stage.offers), stage.stage


def test_from_the_fourth_place_on_there_is_somebody_to_call() -> None:
    assert "helpline" in STAGES[3].offers
    assert "domestic_abuse_service" in STAGES[4].offers
    assert STAGES[5].offers[0] == "emergency"


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: f"place {stage.stage}")
def test_the_people_who_made_the_continuum_are_credited(stage: ContinuumStage) -> None:
    said = " ".join(source.says for source in stage.sources)
    for name in ("Stefanou Foundation", "Mark Farrall", "Bi-borough Parenting Strategy"):
        assert name in said


def test_each_place_has_words_and_no_words_stand_for_no_place() -> None:
    assert list(TEXTS) == [str(stage.stage) for stage in STAGES]


@pytest.mark.parametrize("number", TEXTS)
def test_the_words_of_a_place_label_nobody_and_do_not_give_its_number(number: str) -> None:
    text = TEXTS[number]
    words = " ".join([text.name, *text.signs, text.children, text.action])
    assert not LABELS.findall(words)
    assert not re.search(rf"\b{number}\b", words)
    assert len(text.signs) >= 3
