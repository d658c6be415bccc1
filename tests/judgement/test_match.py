"""Matching: nothing unsuitable whatever the family, something for everyone, and the fitting course first."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.directory import Area
from bot.content.programmes import Course, Programme
from bot.content.reading import read
from bot.content.shared import Role, Situation
from bot.match import Circumstances, Offer, match

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = tuple(read(file, Programme) for file in sorted((ROOT / "content/programmes").glob("*.yml")))
PROGRAMME = {programme.id: programme for programme in PROGRAMMES}
COURSE: dict[str, Course] = {course.id: course for programme in PROGRAMMES for course in programme.courses}
REASONS = read(ROOT / "content/texts/en/reasons.yml", dict[str, str])
SITUATIONS, ROLES = get_args(Situation), get_args(Role)
NEEDS = (
    "send", "armed_forces", "faith_muslim", "black_asian_minority_ethnic", "prison", "new_baby", "odd_conduct",
    "court", "low_income", "prefers_online", "prefers_in_person", "language:ar",
)  # fmt: skip
THEMES = ("arguing_better", "money", "parenting_apart", "step_family", "teenagers", "send")
AGE_BANDS = [[0, 1], [2, 3, 4], list(range(5, 11)), list(range(11, 18)), [1, 4, 9, 15]]

FAMILIES = st.builds(
    Circumstances,
    relationship=st.sampled_from(SITUATIONS) | st.none(),
    children_ages=st.lists(st.integers(0, 18), max_size=4).map(tuple),
    role=st.sampled_from(ROLES) | st.none(),
    needs=st.frozensets(st.sampled_from(NEEDS)),
)
WESTMINSTER_LIKE = msgspec.convert(
    {
        "id": "example", "name": "Example", "council": "Example Council", "gss_code": "E09000000",
        "children_front_door": "front-door", "out_of_hours": "out-of-hours", "domestic_abuse_service": "local-service",
        "early_help": [], "sources": [{"says": "an example"}], "checked_on": "2026-11-22", "review_by": "2027-05-22",
        "local_programmes": [
            {"name": "Triple P Baby", "course": "triple-p-baby", "confirmed_on": "2026-11-20",
             "sources": [{"says": "rung"}], "checked_on": "2026-11-22", "review_by": "2027-05-22"},
            {"name": "Within My Reach", "course": "within-my-reach",
             "sources": [{"says": "a list"}], "checked_on": "2026-11-22", "review_by": "2027-05-22"},
        ],
    },
    Area,
)  # fmt: skip


def offers(relationship: str | None = None, ages: list[int] | None = None, **said: object) -> tuple[Offer, ...]:
    """What a family is offered at stage 3 where every programme runs."""
    needs = frozenset(said.get("needs", ()))  # type: ignore[call-overload]
    family = Circumstances(relationship, tuple(ages or ()), said.get("role"), needs)  # type: ignore[arg-type]
    return match(PROGRAMMES, stage=3, everywhere=True, circumstances=family, theme=said.get("theme"))  # type: ignore[arg-type]


def courses(found: tuple[Offer, ...]) -> list[str]:
    return [offer.course for offer in found]


# ---- never, whatever the family


@given(FAMILIES, st.sampled_from([1, 2, 3]), st.booleans())
def test_what_is_not_for_a_parent_to_join_is_never_offered(family: Circumstances, stage: int, everywhere: bool) -> None:
    for offer in match(PROGRAMMES, stage=stage, circumstances=family, everywhere=everywhere):
        assert PROGRAMME[offer.programme].offer_route in ("yes", "yes_ask_price", "yes_if_local")
        assert PROGRAMME[offer.programme].reach != "elsewhere"


@given(FAMILIES)
def test_a_course_for_other_ages_is_never_offered(family: Circumstances) -> None:
    for offer in match(PROGRAMMES, stage=3, circumstances=family, everywhere=True):
        ages = COURSE[offer.course].ages
        if ages is None or (ages.pregnancy and family.relationship == "expecting"):
            continue
        children = set(family.children_ages) | ({0} if "new_baby" in family.needs else set())
        assert not children or any(ages.youngest <= age <= ages.oldest for age in children)


@given(FAMILIES)
def test_a_course_for_other_families_is_never_offered(family: Circumstances) -> None:
    for offer in match(PROGRAMMES, stage=3, circumstances=family, everywhere=True):
        course = COURSE[offer.course]
        if family.relationship:
            assert not course.situations or family.relationship in course.situations
        if course.roles == ["father"]:
            assert family.role == "father"
        if family.role:
            assert not course.roles or family.role in course.roles
        assert not course.only_for or set(family.needs) & set(course.only_for)


@given(FAMILIES, st.integers(-2, 9).filter(lambda stage: stage not in (1, 2, 3)))
def test_from_stage_four_on_nothing_is_offered(family: Circumstances, stage: int) -> None:
    assert match(PROGRAMMES, stage=stage, circumstances=family, everywhere=True) == ()


@given(FAMILIES, st.sampled_from([1, 2]))
def test_before_stage_three_only_self_help_is_offered(family: Circumstances, stage: int) -> None:
    found = match(PROGRAMMES, stage=stage, circumstances=family, everywhere=True)
    assert all(offer.kind == "self_help" and COURSE[offer.course].attended != "both" for offer in found)


@given(FAMILIES, st.dates(dt.date(2026, 11, 22), dt.date(2027, 12, 31)))
def test_nothing_past_its_review_date_is_offered(family: Circumstances, today: dt.date) -> None:
    found = match(PROGRAMMES, stage=3, circumstances=family, everywhere=True, today=today)
    assert all(today <= PROGRAMME[offer.programme].review_by for offer in found)


@given(FAMILIES)
def test_nothing_is_said_to_run_in_an_area_that_nobody_confirmed_there(family: Circumstances) -> None:
    for offer in match(PROGRAMMES, stage=3, circumstances=family, area=WESTMINSTER_LIKE):
        programme = PROGRAMME[offer.programme]
        direct = programme.reach == "national" and programme.offer_route in ("yes", "yes_ask_price")
        assert (offer.join_now) == (direct or offer.course == "triple-p-baby")


def test_unsaid_facts_are_not_guessed() -> None:
    for course_id in courses(offers()):
        course = COURSE[course_id]
        assert not course.situations or {"together", "separated"} <= set(course.situations)
        assert not course.roles or {"mother", "father"} <= set(course.roles)


# ---- always


@given(FAMILIES, st.sampled_from(THEMES) | st.none(), st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_programmes_lie(family: Circumstances, theme: str | None, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(PROGRAMMES)
    chance.shuffle(shuffled)
    found = match(PROGRAMMES, stage=3, circumstances=family, everywhere=True, theme=theme)
    assert found == match(shuffled, stage=3, circumstances=family, everywhere=True, theme=theme)
    assert [offer.points for offer in found] == sorted((offer.points for offer in found), reverse=True)


@given(FAMILIES)
def test_every_offer_says_why_and_stands_once(family: Circumstances) -> None:
    found = match(PROGRAMMES, stage=3, circumstances=family, everywhere=True)
    assert all(offer.why and len(set(offer.why)) == len(offer.why) for offer in found)
    assert len({(offer.programme, offer.name) for offer in found}) == len(found)


@pytest.mark.parametrize(
    ("relationship", "ages", "role"),
    [*itertools.product(SITUATIONS, AGE_BANDS, [*ROLES, None]), *[("expecting", [], role) for role in ROLES]],
)
def test_every_family_is_offered_at_least_two_courses(relationship: str, ages: list[int], role: str | None) -> None:
    assert len(offers(relationship, ages, role=role)) >= 2


@pytest.mark.parametrize("relationship", SITUATIONS)
def test_every_family_finds_something_to_do_by_itself(relationship: Situation) -> None:
    found = match(PROGRAMMES, stage=2, circumstances=Circumstances(relationship), everywhere=True)
    assert found


@given(FAMILIES, st.sampled_from(THEMES))
def test_every_reason_has_words_for_a_parent(family: Circumstances, theme: str) -> None:
    for offer in match(PROGRAMMES, stage=3, circumstances=family, everywhere=True, theme=theme):
        for reason in offer.why:
            assert reason in REASONS or reason.split(":")[0] in REASONS, reason


# ---- the fitting course first


@pytest.mark.parametrize(
    ("relationship", "ages", "needs", "role", "first"),
    [
        ("together", [7], ["faith_muslim"], None, "approachable-parenting-five-pillars"),
        ("expecting", [], ["faith_muslim"], None, "approachable-parenting-pregnancy-baby"),
        ("separated", [14], ["faith_muslim"], "mother", "nurturing-programme"),
        ("separated", [8], ["black_asian_minority_ethnic"], None, "stronger-relationships-programme"),
        ("separated", [8], ["prison"], "father", "nurturing-programme"),
        ("separated", [6], ["court"], "mother", "parenting-apart-programme"),
        ("together", [9], ["send"], None, "parents-as-partners"),
        ("together", [5], ["odd_conduct"], None, "incredible-years-preschool-basic"),
        ("together", [10], ["odd_conduct"], None, "incredible-years-advance"),
        ("expecting", [], [], None, "family-foundations"),
        ("expecting", [0], ["new_baby"], "father", "becoming-dad"),
        ("expecting", [4], ["new_baby"], "mother", "me-you-and-baby-too"),
        ("together", [0], ["new_baby"], None, "epec-baby-and-us"),
        ("separated", [9], [], "father", "staying-connected"),
        ("separated", [9], [], "mother", "triple-p-family-transitions"),
        ("together", [2], ["prefers_online"], None, "arguing-better"),
    ],
)
def test_the_course_made_for_a_family_stands_among_the_first(
    relationship: str, ages: list[int], needs: list[str], role: str | None, first: str
) -> None:
    assert first in courses(offers(relationship, ages, needs=needs, role=role))[:2]


def test_parents_apart_are_offered_courses_for_parents_apart_first() -> None:
    for relationship in ("separated", "separating", "single_coparent"):
        top = courses(offers(relationship, [16], role="mother"))[:2]
        assert all("together" not in COURSE[course].situations for course in top), relationship


def test_family_carers_are_not_sent_to_courses_about_their_own_separation() -> None:
    found = courses(offers("separated", [4], role="kinship"))
    assert not {"restored-lives", "parents-plus-parenting-when-separated", "parenting-apart-programme"} & set(found)
    assert "circle-of-security" in found[:3]


def test_parents_who_already_have_a_child_are_not_sent_to_a_first_child_course() -> None:
    assert "family-foundations" not in courses(offers("expecting", [4]))
    assert "family-foundations" in courses(offers("expecting", []))


def test_a_course_on_islamic_principles_is_offered_only_to_those_who_said_that_it_fits() -> None:
    assert "approachable-parenting-five-pillars" not in courses(offers("together", [7]))


def test_a_parent_with_little_money_sees_free_courses_before_paid_ones() -> None:
    costs = [PROGRAMME[offer.programme].cost for offer in offers("together", [8], needs=["low_income"])]
    assert costs[0] == "free"
    assert costs.index("free") < costs.index("paid")
    assert "paid" not in costs[:5]


@pytest.mark.parametrize(
    ("preference", "ways"),
    [("prefers_online", {"online", "virtual", "app"}), ("prefers_in_person", {"in_person"})],
)
@pytest.mark.parametrize("relationship", SITUATIONS)
def test_the_first_offers_come_the_way_the_parent_prefers(relationship: str, preference: str, ways: set[str]) -> None:
    for offer in offers(relationship, [3], needs=[preference])[:2]:
        assert ways & set(offer.delivery)


def test_what_the_parent_said_would_help_comes_to_the_front() -> None:
    assert "altogether-human" in courses(offers("together", [14], theme="teenagers"))[:3]
    assert "altogether-human" not in courses(offers("together", [14]))[:3]


def test_a_service_with_several_courses_of_one_name_stands_once_with_the_best_of_them() -> None:
    relate = [offer for offer in offers("together", [8]) if offer.name == "Counselling"]
    assert [offer.course for offer in relate] == ["relate-relationship-counselling"]


def test_of_two_that_fit_alike_the_one_to_join_now_stands_first() -> None:
    found = match(PROGRAMMES, stage=3, circumstances=Circumstances("separated"), area=WESTMINSTER_LIKE)
    best = [offer.join_now for offer in found if offer.points == found[0].points]
    assert best == sorted(best, reverse=True)
    assert set(best) == {True, False}
