"""The programmes are those of the interventions table, whole and in its own words, and hand out nothing unconfirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.programmes import Course, Programme
from bot.content.reading import read
from bot.content.speech import CourseText
from bot.match import KINDS_BY_STAGE, OFFERED

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = [read(file, Programme) for file in sorted((ROOT / "content/programmes").glob("*.yml"))]
COURSES = [course for programme in PROGRAMMES for course in programme.courses]
TEXTS = read(ROOT / "content/texts/en/programmes.yml", dict[str, CourseText])
TABLE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "interventions_table.tsv").read_text(encoding="utf-8").splitlines()
]

NEEDS = {
    "send", "armed_forces", "faith_muslim", "black_asian_minority_ethnic", "prison", "new_baby", "odd_conduct",
    "court", "low_income", "languages", "kinship", "foster", "grandparent",
}  # fmt: skip
THEMES = {
    "arguing_better", "new_baby", "money", "parenting_apart", "in_laws", "step_family", "teenagers", "send",
    "stress_and_sleep", "talking_to_children",
}  # fmt: skip
DELIVERY = {
    "in_person", "virtual", "online", "app", "group", "one_to_one", "couple", "co_parent_sessions", "whole_family",
    "various",
}  # fmt: skip


def test_the_table_has_38_rows_and_names_55_interventions() -> None:
    assert len(TABLE) == len(PROGRAMMES) == 38
    assert len(COURSES) == 55


def test_every_row_of_the_table_is_there_once_with_its_provider() -> None:
    by_row = {programme.row: programme.provider for programme in PROGRAMMES}
    assert by_row == {f"p{number:02}": provider for number, (provider, _) in enumerate(TABLE, start=1)}


def test_every_course_is_named_in_the_words_of_its_own_cell() -> None:
    cells = {f"p{number:02}": cell for number, (_, cell) in enumerate(TABLE, start=1)}
    strangers = [
        course.name
        for programme in PROGRAMMES
        for course in programme.courses
        if course.name not in cells[programme.row]
    ]
    assert strangers == []


def test_no_two_programmes_or_courses_share_an_id() -> None:
    assert len({programme.id for programme in PROGRAMMES}) == len(PROGRAMMES)
    assert len({course.id for course in COURSES}) == len(COURSES)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.id)
def test_a_file_is_named_after_its_programme(programme: Programme) -> None:
    assert (ROOT / f"content/programmes/{programme.id}.yml").is_file()


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.id)
def test_a_website_is_confirmed_only_if_a_page_was_seen(programme: Programme) -> None:
    if programme.website_confirmed:
        assert programme.website is not None
        assert any(source.kind in ("page", "document") and source.url for source in programme.sources)
    from_memory = any("Website address from general knowledge" in source.says for source in programme.sources)
    assert not (programme.website_confirmed and from_memory)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.id)
def test_what_we_are_unsure_of_is_looked_at_again_sooner(programme: Programme) -> None:
    days = (programme.review_by - programme.checked_on).days
    assert 0 < days <= (92 if programme.confidence == "low" else 183)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)
def test_a_course_speaks_only_the_words_of_the_closed_lists(course: Course) -> None:
    assert {*course.needs, *course.only_for} <= NEEDS
    assert set(course.themes) <= THEMES
    assert set(course.delivery) <= DELIVERY


def test_every_course_has_words_for_a_parent_and_no_words_stand_alone() -> None:
    assert set(TEXTS) == {course.id for course in COURSES}


def test_words_for_a_parent_are_short_and_plain() -> None:
    for course, text in TEXTS.items():
        assert text.about.isascii(), course
        assert len(text.about) <= 240, course
        assert not {"conflict", "abuse", "victim", "stage", "assessment"} & set(text.about.lower().split()), course


def test_couples_who_must_come_together_are_met_only_with_a_person_there() -> None:
    joint = [
        course
        for programme in PROGRAMMES
        for course in programme.courses
        if course.attended == "both" and programme.offer_route in OFFERED
    ]
    assert joint
    assert all(course.kind not in KINDS_BY_STAGE[1] | KINDS_BY_STAGE[2] for course in joint)


def test_joint_work_is_marked_as_unsuitable_where_there_is_fear_or_control() -> None:
    for programme in PROGRAMMES:
        if any(course.attended == "both" for course in programme.courses):
            assert {"domestic_abuse", "fear_or_control"} <= set(programme.not_suitable_if), programme.id
