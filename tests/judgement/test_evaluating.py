"""The figures: shares with honest intervals, every way of answering counted once, and the cases as they are."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import CONTENT, by_id
from bot.content.questionnaire import Question
from bot.content.reading import read
from bot.content.safety import read_rules
from bot.evaluating.cases import HELD_OUT, Cases, seen, word_list
from bot.evaluating.placement import shares
from bot.evaluating.rates import Rate
from bot.place import place

QUESTIONS = tuple(by_id(CONTENT / "questions.yml", Question).values())
CASES = CONTENT.parent / "tests/judgement/cases"


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(10, 10, 0.722, 1.0), (0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (81, 263, 0.255, 0.366), (1, 1, 0.207, 1.0)],
)
def test_intervals_are_those_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert Rate(hits, of).interval == pytest.approx((low, high), abs=0.001)


@given(of=st.integers(1, 2000), data=st.data())
def test_a_share_lies_within_its_interval(of: int, data: st.DataObject) -> None:
    rate = Rate(data.draw(st.integers(0, of)), of)
    low, high = rate.interval
    assert 0 <= low <= rate.share + 1e-9
    assert rate.share - 1e-9 <= high <= 1


def test_no_case_gives_no_figure() -> None:
    assert str(Rate.over([])) == "-"
    assert str(Rate.over([True, True, False, True])) == "75.0% [30%-95%]"


@pytest.mark.parametrize(
    "asked",
    [
        ("controlled", "on_edge", "pressured"),
        ("tension", "how_it_ends", "on_edge"),
        ("children_see", "hurt", "on_edge"),
    ],
)
def test_families_that_stand_alike_are_counted_as_if_each_were_placed(asked: tuple[str, ...]) -> None:
    questions = [question for question in QUESTIONS if question.id in asked]
    routes: Counter[str] = Counter()
    grave = afraid = 0
    for options in itertools.product(*(question.options for question in questions)):
        answers = {question.id: option.id for question, option in zip(questions, options, strict=True)}
        placed = place(questions, answers)
        routes[placed.route] += 1
        if placed.stage >= 4:
            grave += 1
            afraid += place(questions, {"on_edge": answers["on_edge"]}).stage >= 4
    found = shares(questions, "on_edge")
    assert (found.routes, found.from_helpline_on, found.by_fear_alone) == (routes, grave, afraid)


def test_every_way_of_answering_is_counted() -> None:
    product = 1
    for question in QUESTIONS:
        product *= len(question.options) if any(option.stage for option in question.options) else 1
    assert shares(QUESTIONS, "on_edge").combinations == product


def test_each_message_is_read_by_the_gate_and_by_the_list_of_words(tmp_path: Path) -> None:
    (tmp_path / "keyword_baseline.txt").write_text("# a comment\nhits me\nknife\n", encoding="utf-8")
    (tmp_path / "some.yml").write_text(
        "- kind: physical\n  routes: [domestic_abuse, check_in]\n  says: [he hits me, My husband punches me]\n"
        "- kind: kitchen\n  routes: [none]\n  says: [we need a bread knife, the cup is mine]\n",
        encoding="utf-8",
    )
    found = list(seen([tmp_path / "some.yml"], read_rules(CONTENT / "safety"), word_list(tmp_path)))
    assert [message.baseline for message in found] == [True, False, True, False]
    assert [message.right for message in found] == [True] * 4
    assert [message.shown_help for message in found] == [True, True, False, False]
    assert [message.ordinary for message in found] == [False, False, True, True]


def test_no_message_stands_both_among_those_kept_aside_and_those_tuned_on() -> None:
    messages = {
        file.name: {message.casefold() for cases in read(file, list[Cases]) for message in cases.says}
        for file in CASES.glob("*.yml")
    }
    kept = messages.pop(HELD_OUT)
    assert kept
    assert all(kept.isdisjoint(tuned) for tuned in messages.values())
