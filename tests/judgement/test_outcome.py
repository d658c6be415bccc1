"""What a parent is told at the end: always something to do, always closed, and nothing joint from stage 4 on."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contacts import contacts
from bot.content import load_content
from bot.content.questionnaire import Question
from bot.hours import LONDON
from bot.match import KINDS_BY_STAGE, Circumstances, match
from bot.messages import Utterance
from bot.outcome import MOST_OFFERS, PIECES_BY_STAGE, circumstances, outcome, pieces_to_read, theme
from bot.place import STAGE_OF_CONCERN, Placement, place

CONTENT = load_content()
ENGLISH = CONTENT.texts["en"]
CHECKED = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=LONDON)
AREAS = [None, "elsewhere", *CONTENT.areas]
OFFERS = {"offer_join_now", "offer_ask_hub"}
BESIDE_THE_ROUTE = OFFERS | {"self_help_offer", "self_help_piece", "self_help_menu", "no_offers"}
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sampled_from([option.id for option in question.options]) for question in CONTENT.questions
    },
)
ALSO = st.lists(
    st.sampled_from([option.id for question in CONTENT.questions if question.many for option in question.options]),
    max_size=4,
    unique=True,
)
CONCERNS = st.none() | st.sampled_from(sorted(STAGE_OF_CONCERN))
NEXT = [question for question in CONTENT.questions if question.part == "next" or question.id == "situation"]


def names(utterances: tuple[Utterance, ...]) -> list[str]:
    return [utterance["utter"] for utterance in utterances]


def placed_at(stage: int) -> Placement:
    return place(CONTENT.questions, {}, floor=stage)


def options(question: Question) -> list[str | None]:
    """Every answer to the question, and none."""
    return [None, *(option.id for option in question.options)]


def every_family() -> list[dict[str, str]]:
    """Every combination of the answers that say what would fit."""
    return [
        {question.id: option for question, option in zip(NEXT, answers, strict=True) if option}
        for answers in itertools.product(*map(options, NEXT))
    ]


def gives_something_to_do(utterances: tuple[Utterance, ...], area: str | None) -> bool:
    """Pieces to read, courses to join, or somebody to call: each of them real."""
    for utterance in utterances:
        if utterance["utter"] == "self_help_offer" and set(utterance["pieces"]) & CONTENT.self_help.keys():
            return True
        if utterance["utter"] in OFFERS and utterance["course"] in CONTENT.courses:
            return True
        if any(
            contacts(listed, CONTENT, ENGLISH, area, NOON) for listed in CONTENT.utterances[utterance["utter"]].contacts
        ):
            return True
    return False


# ---- whatever was answered


@given(answers=ANSWERS, also=ALSO, area=st.sampled_from(AREAS), concern=CONCERNS, floor=st.integers(1, 6))
def test_whatever_was_answered_there_is_something_to_do_and_the_turn_is_closed(
    answers: dict[str, str], also: list[str], area: str | None, concern: str | None, floor: int
) -> None:
    placement = place(CONTENT.questions, answers, concern=concern, floor=floor)
    said = outcome(CONTENT, placement, answers, also=also, area=area, today=CHECKED)
    assert said[0]["utter"] == f"outcome_{placement.route}"
    together = answers.get("situation") in ("together", "expecting")
    assert said[0]["parents"] == ("together" if together else "apart")
    assert set(names(said)) <= CONTENT.utterances.keys()
    assert CONTENT.utterances[said[-1]["utter"]].closes
    assert not any(CONTENT.utterances[name].closes for name in names(said)[:-1])
    assert gives_something_to_do(said, area)


@given(answers=ANSWERS, also=ALSO, area=st.sampled_from(AREAS), concern=CONCERNS, floor=st.integers(4, 6))
def test_from_stage_4_on_nothing_is_offered_beside_the_route(
    answers: dict[str, str], also: list[str], area: str | None, concern: str | None, floor: int
) -> None:
    placement = place(CONTENT.questions, answers, concern=concern, floor=floor)
    assert names(outcome(CONTENT, placement, answers, also=also, area=area, today=CHECKED)) == [
        f"outcome_{placement.route}"
    ]
    assert pieces_to_read(CONTENT, placement, answers) == ()
    assert (
        match(
            tuple(CONTENT.programmes.values()),
            stage=placement.stage,
            everywhere=True,
            circumstances=circumstances(CONTENT, answers, also),
        )
        == ()
    )


@pytest.mark.parametrize("stage", [1, 2])
def test_every_family_at_stages_1_and_2_gets_self_help_that_exists(stage: int) -> None:
    for family in every_family():
        first, offered = outcome(CONTENT, placed_at(stage), family, today=CHECKED)
        assert first["utter"] in ("outcome_universal", "outcome_self_help")
        assert 1 <= len(offered["pieces"]) <= PIECES_BY_STAGE[stage]
        assert set(offered["pieces"]) <= CONTENT.self_help.keys()


def test_nobody_at_stage_1_or_2_is_sent_to_a_group_or_a_counsellor() -> None:
    for stage, family in itertools.product((1, 2), every_family()[::7]):
        assert not OFFERS & set(names(outcome(CONTENT, placed_at(stage), family, today=CHECKED)))


def test_families_at_stage_3_get_two_or_three_courses_whatever_they_answered() -> None:
    few: list[dict[str, str]] = []
    for family in every_family()[::3]:
        said = outcome(CONTENT, placed_at(3), family, today=CHECKED)
        courses = [utterance["course"] for utterance in said if utterance["utter"] in OFFERS]
        assert len(courses) == len(set(courses)) <= MOST_OFFERS
        if len(courses) < 2:
            few.append(family)
    assert few == []


# ---- the way in


@pytest.mark.parametrize(
    ("area", "last"),
    [
        (None, {"utter": "area_menu"}),
        ("elsewhere", {"utter": "area_elsewhere"}),
        ("westminster", {"utter": "area_known", "area": "westminster"}),
    ],
)
def test_courses_end_with_whom_to_ask_in_the_area_or_with_which_area_it_is(area: str | None, last: Utterance) -> None:
    assert outcome(CONTENT, placed_at(3), {}, area=area, today=CHECKED)[-1] == last


def test_when_every_course_is_overdue_none_is_offered_and_there_are_people_to_ask() -> None:
    long_after = max(programme.review_by for programme in CONTENT.programmes.values()) + dt.timedelta(days=1)
    said = outcome(CONTENT, placed_at(3), {"situation": "together"}, today=long_after)
    assert names(said) == ["outcome_programme", "no_offers", "area_menu"]
    assert gives_something_to_do(said, None)


def test_a_course_is_said_to_be_joined_now_only_where_it_can_be() -> None:
    for family in every_family()[::11]:
        for utterance in outcome(CONTENT, placed_at(3), family, today=CHECKED):
            if utterance["utter"] == "offer_join_now":
                programme, _ = CONTENT.courses[utterance["course"]]
                assert programme.reach == "national"
                assert programme.offer_route in ("yes", "yes_ask_price")


# ---- what the answers say of the family


def test_the_answers_say_who_the_family_is() -> None:
    answers = {"situation": "separated", "children_ages": "from_2_to_4", "what_helps": "extra_needs"}
    family = circumstances(CONTENT, answers, ["father", "prefers_online"])
    assert family == Circumstances("separated", (2, 3, 4), "father", ("send", "prefers_online"))


def test_who_says_to_be_a_carer_and_a_father_is_taken_at_the_more_particular_word() -> None:
    assert circumstances(CONTENT, {"situation": "carer"}).role == "kinship"
    assert circumstances(CONTENT, {"situation": "carer"}, ["father"]).role == "father"


def test_who_says_nothing_is_not_guessed_at() -> None:
    unsure = {question.id: next(option.id for option in question.options if option.unsure) for question in NEXT}
    assert circumstances(CONTENT, unsure) == circumstances(CONTENT, {}) == Circumstances()
    assert theme(CONTENT, unsure) is None


def test_what_would_help_is_what_the_parent_said() -> None:
    assert theme(CONTENT, {"what_helps": "money"}) == "money"


def test_every_piece_that_may_be_read_is_one_that_exists_and_each_stands_once() -> None:
    for stage in (1, 2, 3):
        pieces = pieces_to_read(CONTENT, placed_at(stage), {"situation": "together"})
        assert len(set(pieces)) == len(pieces) > 3
        assert set(pieces) <= CONTENT.self_help.keys()


def test_only_stages_up_to_3_have_kinds_of_courses() -> None:
    assert set(KINDS_BY_STAGE) == {1, 2, 3}
