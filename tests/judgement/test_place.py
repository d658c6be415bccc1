"""Placement: the worst credible answer counts, nothing makes it milder, and every place and route can be reached."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import CONTENT, by_id
from bot.content.questionnaire import Option, Question
from bot.content.shared import Route
from bot.place import GRAVEST_FIRST, ROUTE_OF_STAGE, STAGE_OF_CONCERN, Placement, UnknownAnswer, place

QUESTIONS = tuple(by_id(CONTENT / "questions.yml", Question).values())
EVIDENCE = [question for question in QUESTIONS if any(option.stage for option in question.options)]
CLOSER = [question for question in QUESTIONS if question.part == "closer"]
CONCERNS = st.none() | st.sampled_from(sorted(STAGE_OF_CONCERN))
FLOORS = st.integers(1, 6)
ANSWERS = st.fixed_dictionaries(
    {}, optional={question.id: st.sampled_from([option.id for option in question.options]) for question in QUESTIONS}
)
JOINT_UP_TO = 3


def by_severity(question: Question) -> list[Option]:
    """The options that are evidence, from the mildest to the gravest."""
    return [option for option in question.options if option.stage is not None]


def unsure(question: Question) -> list[Option]:
    return [option for option in question.options if option.unsure]


def worse_answers() -> list[tuple[str, str, str]]:
    """(question, an option, a graver option of it)."""
    return [
        (question.id, mild.id, grave.id)
        for question in EVIDENCE
        for mild, grave in itertools.combinations(by_severity(question), 2)
    ]


# ---- never milder


def test_making_one_of_two_answers_worse_never_lowers_the_stage() -> None:
    for question, mild, grave in worse_answers():
        for other in EVIDENCE:
            for option in other.options if other.id != question else []:
                before = place(QUESTIONS, {question: mild, other.id: option.id})
                after = place(QUESTIONS, {question: grave, other.id: option.id})
                assert after.stage >= before.stage, (question, mild, grave, other.id, option.id)


@given(answers=ANSWERS, change=st.sampled_from(worse_answers()), concern=CONCERNS, floor=FLOORS)
def test_making_an_answer_worse_never_lowers_the_stage_whatever_else_was_said(
    answers: dict[str, str], change: tuple[str, str, str], concern: str | None, floor: int
) -> None:
    question, mild, grave = change
    before = place(QUESTIONS, {**answers, question: mild}, concern=concern, floor=floor)
    assert place(QUESTIONS, {**answers, question: grave}, concern=concern, floor=floor).stage >= before.stage


@given(answers=ANSWERS, question=st.sampled_from(EVIDENCE))
def test_an_answer_never_lowers_the_stage_that_holds_without_it(answers: dict[str, str], question: Question) -> None:
    without = {name: option for name, option in answers.items() if name != question.id}
    assert place(QUESTIONS, {**without, **answers}).stage >= place(QUESTIONS, without).stage


@given(answers=ANSWERS, question=st.sampled_from(CLOSER))
def test_being_unsure_is_never_milder_than_saying_never(answers: dict[str, str], question: Question) -> None:
    mildest = by_severity(question)[0].id
    for option in unsure(question):
        assert (
            place(QUESTIONS, {**answers, question.id: option.id}).stage
            >= place(QUESTIONS, {**answers, question.id: mildest}).stage
        )


@given(answers=ANSWERS, concern=CONCERNS, floor=FLOORS)
def test_a_placement_never_falls_below_where_it_was_in_the_conversation(
    answers: dict[str, str], concern: str | None, floor: int
) -> None:
    placed = place(QUESTIONS, answers, concern=concern, floor=floor)
    assert placed.stage == max(floor, place(QUESTIONS, answers, concern=concern).stage)
    assert GRAVEST_FIRST.index(placed.route) <= GRAVEST_FIRST.index(ROUTE_OF_STAGE[floor])


@pytest.mark.parametrize(
    ("question", "option"),
    [("controlled", "i_do_it"), ("hurt", "i_did_it"), ("children_see", "child_hurt"), ("on_edge", "in_danger_now")],
)
def test_a_route_of_its_own_stays_that_route_when_the_placement_is_kept(question: str, option: str) -> None:
    before = place(QUESTIONS, {question: option})
    assert before.route not in ROUTE_OF_STAGE.values()
    kept = place(QUESTIONS, {}, floor=before.stage, floor_route=before.route)
    assert (kept.stage, kept.route) == (before.stage, before.route)


@given(answers=ANSWERS, concern=st.sampled_from(sorted(STAGE_OF_CONCERN)), floor=FLOORS)
def test_what_was_disclosed_in_own_words_holds_whatever_is_answered(
    answers: dict[str, str], concern: str, floor: int
) -> None:
    placed = place(QUESTIONS, answers, concern=concern, floor=floor)
    assert placed.stage >= STAGE_OF_CONCERN[concern] > JOINT_UP_TO
    assert GRAVEST_FIRST.index(placed.route) <= list(GRAVEST_FIRST).index(concern)


# ---- the worst counts


@pytest.mark.parametrize(
    ("question", "option"),
    [(question.id, option) for question in EVIDENCE for option in by_severity(question)],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_one_answer_alone_is_enough_for_its_stage_and_route(question: str, option: Option) -> None:
    placed = place(QUESTIONS, {question: option.id})
    assert placed.stage == option.stage
    assert placed.route == (option.route or ROUTE_OF_STAGE[option.stage or 0])
    assert placed.reasons == (f"{question}.{option.id}",)


def test_of_two_answers_the_graver_stage_and_the_graver_route_hold() -> None:
    for first, second in itertools.combinations(EVIDENCE, 2):
        for one, other in itertools.product(by_severity(first), by_severity(second)):
            placed = place(QUESTIONS, {first.id: one.id, second.id: other.id})
            alone = [place(QUESTIONS, {first.id: one.id}), place(QUESTIONS, {second.id: other.id})]
            assert placed.stage == max(each.stage for each in alone)
            assert placed.route == min((each.route for each in alone), key=GRAVEST_FIRST.index)


def test_danger_now_outranks_everything_and_own_safety_outranks_own_behaviour() -> None:
    worst = {question.id: by_severity(question)[-1].id for question in EVIDENCE}
    assert place(QUESTIONS, {**worst, "on_edge": "in_danger_now"}).route == "emergency"
    assert place(QUESTIONS, {"hurt": "i_did_it", "controlled": "often"}).route == "domestic_abuse"
    assert place(QUESTIONS, {"hurt": "i_did_it"}).route == "own_behaviour"
    assert place(QUESTIONS, {"children_see": "child_hurt", "hurt": "things_broken"}).route == "domestic_abuse"


@given(answers=ANSWERS, concern=CONCERNS, floor=FLOORS)
def test_up_to_stage_3_the_route_is_that_of_the_stage_and_from_4_on_one_of_safety(
    answers: dict[str, str], concern: str | None, floor: int
) -> None:
    placed = place(QUESTIONS, answers, concern=concern, floor=floor)
    if placed.stage <= JOINT_UP_TO:
        assert placed.route == ROUTE_OF_STAGE[placed.stage]
    else:
        assert placed.route not in [ROUTE_OF_STAGE[stage] for stage in range(1, JOINT_UP_TO + 1)]


@given(answers=ANSWERS)
def test_the_reasons_are_answers_that_were_given(answers: dict[str, str]) -> None:
    assert set(place(QUESTIONS, answers).reasons) <= {f"{question}.{option}" for question, option in answers.items()}


# ---- not sure is an answer


def test_two_unsure_answers_to_the_closer_questions_show_the_helpline() -> None:
    mildest = {question.id: by_severity(question)[0].id for question in EVIDENCE}
    for first, second in itertools.combinations(CLOSER, 2):
        for one, other in itertools.product(unsure(first), unsure(second)):
            placed = place(QUESTIONS, {**mildest, first.id: one.id, second.id: other.id})
            assert (placed.stage, placed.route) == (4, "helpline")
            assert set(placed.reasons) == {f"{first.id}.{one.id}", f"{second.id}.{other.id}"}


def test_one_unsure_answer_or_unsure_answers_to_everyday_questions_say_nothing() -> None:
    everyday = {question.id: unsure(question)[0].id for question in EVIDENCE if question.part == "everyday"}
    for question in CLOSER:
        assert place(QUESTIONS, {**everyday, question.id: unsure(question)[0].id}).stage == 1


# ---- the whole range


def test_every_stage_and_every_route_can_be_reached() -> None:
    placed = [place(QUESTIONS, {question.id: option.id}) for question in EVIDENCE for option in by_severity(question)]
    placed += [place(QUESTIONS, {}, concern=concern) for concern in STAGE_OF_CONCERN]
    assert {each.stage for each in placed} == {1, 2, 3, 4, 5, 6}
    assert {each.route for each in placed} == set(get_args(Route)) == set(GRAVEST_FIRST)


def test_nothing_answered_is_the_mildest_place() -> None:
    assert place(QUESTIONS, {}) == Placement(1, "universal", ())


def test_every_closer_question_has_an_answer_for_abuse_and_one_for_not_sure() -> None:
    for question in CLOSER:
        assert by_severity(question)[-1].stage in (5, 6)
        assert len(unsure(question)) == 2


def test_an_unknown_question_or_option_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownAnswer, match="no question is called 'mood'; there are: safe_to_talk"):
        place(QUESTIONS, {"mood": "good"})
    with pytest.raises(UnknownAnswer, match="'tension' has no option 'awful'; it has: good"):
        place(QUESTIONS, {"tension": "awful"})
