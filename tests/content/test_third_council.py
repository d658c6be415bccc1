"""A third council is a new file in content/areas/, and nothing else."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone

import pytest

from bot.content import CONTENT, Content, load_content
from bot.match import Circumstances, match
from bot.voice import Voice, ways_of_saying
from bot.wording import word
from webhooks.standing import is_known

CAMDEN = """\
id: camden
name: Camden
council: London Borough of Camden
gss_code: E09000007
sources: [{says: written for this test}]
checked_on: 2026-11-22
review_by: 2027-05-22
children_front_door: camden_children
out_of_hours: camden_children
domestic_abuse_service: camden_safety
early_help: [camden_children]
services:
  - id: camden_children
    name: Camden Children's Services
    kind: council
    display: shown
    topics: [worry_about_a_child]
    phone: 020 7946 0001
    coverage: Camden
    confidence: high
    sources: [{says: written for this test}]
    checked_on: 2026-11-22
    review_by: 2027-05-22
  - id: camden_safety
    name: Camden Safety Net
    kind: local_service
    display: shown
    topics: [domestic_abuse]
    phone: 020 7946 0002
    coverage: Camden
    confidence: high
    sources: [{says: written for this test}]
    checked_on: 2026-11-22
    review_by: 2027-05-22
local_programmes:
  - name: Family Transitions Triple P
    course: {course}
    confirmed_on: "2026-11-01"
    join: Ask at the family hub
    sources: [{says: written for this test}]
    checked_on: 2026-11-22
    review_by: 2027-05-22
"""


@pytest.fixture(scope="module")
def with_camden(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The whole content with one file more."""
    folder = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(CONTENT, folder)
    course = next(course for course in load_content().courses if "transitions" in course)
    (folder / "areas" / "camden.yml").write_text(CAMDEN.replace("{course}", course), encoding="utf-8")
    return load_content(folder)


def voice(content: Content) -> Voice:
    """A parent in Camden, on a Monday morning."""
    return Voice(content, "en", "web", "camden", datetime(2026, 11, 23, 10, tzinfo=timezone.utc))


def test_it_can_be_chosen_by_name(with_camden: Content) -> None:
    menu = word({"utter": "area_menu"}, voice(with_camden))
    assert "area.camden" in [choice.id for choice in menu.choices]
    assert "Camden" in ways_of_saying("area.camden", voice(with_camden))
    assert is_known("area.camden", with_camden)


def test_its_own_services_stand_in_the_routes(with_camden: Content) -> None:
    shown = {
        name: [contact.name for contact in word({"utter": name}, voice(with_camden)).contacts]
        for name in ("outcome_domestic_abuse", "outcome_child_protection")
    }
    assert "Camden Safety Net" in shown["outcome_domestic_abuse"]
    assert "Camden Children's Services" in shown["outcome_child_protection"]
    early_help = word({"utter": "area_known", "area": "camden"}, voice(with_camden))
    assert "Camden" in early_help.text
    assert "Camden Children's Services" in [contact.name for contact in early_help.contacts]


def test_its_confirmed_programme_can_be_joined_there_and_only_there(with_camden: Content) -> None:
    family = Circumstances(relationship="separated", children_ages=(7,))
    programmes = tuple(with_camden.programmes.values())
    joined = {
        area: {
            offer.name
            for offer in match(programmes, stage=3, circumstances=family, area=with_camden.areas[area])
            if offer.join_now
        }
        for area in ("camden", "westminster")
    }
    assert joined["camden"] - joined["westminster"] == {"Potential Parenting - Level 5 Family Transitions Triple P"}
