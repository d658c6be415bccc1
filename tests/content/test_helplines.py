"""The directory of helplines and areas: whole, tagged from closed lists, and nothing shown that nobody confirmed."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers import shortnumberinfo

from bot.content.contacts import ContactLists
from bot.content.directory import Area, Helpline
from bot.content.reading import read
from bot.content.shared import Sourced
from bot.content.speech import HelplineText

CONTENT = Path(__file__).parents[2] / "content"
HELPLINES = [
    helpline for file in sorted((CONTENT / "helplines").glob("*.yml")) for helpline in read(file, list[Helpline])
]
AREAS = [read(file, Area) for file in sorted((CONTENT / "areas").glob("*.yml"))]
BY_ID = {helpline.id: helpline for helpline in HELPLINES + [service for area in AREAS for service in area.services]}
SHOWN = [helpline for helpline in BY_ID.values() if helpline.shown]
TEXTS = read(CONTENT / "texts/en/helplines.yml", dict[str, HelplineText])
VOCABULARY = read(CONTENT / "vocabulary.yml", dict[str, dict[str, str]])


def names(entry: Helpline) -> str:
    return entry.id


def test_all_services_that_were_gathered_are_there_once() -> None:
    ids = [helpline.id for helpline in HELPLINES]
    assert len(ids) == len(set(ids)) >= 81


def test_every_list_reference_leads_to_a_helpline() -> None:
    lists = read(CONTENT / "contacts.yml", ContactLists)
    named = {who for listed in lists.values() for rank in listed.ranks for who in rank if not who.startswith("area:")}
    favoured = {who for listed in lists.values() for whos in listed.first_for.values() for who in whos}
    assert named | favoured <= BY_ID.keys()
    assert favoured <= named


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_every_contact_of_an_area_is_a_helpline(area: Area) -> None:
    named = {area.children_front_door, area.out_of_hours, area.domestic_abuse_service}
    assert {*named, *area.early_help, *area.local_helplines} <= BY_ID.keys()
    assert re.fullmatch(r"E\d{8}", area.gss_code)
    assert area.frame_ancestors


def test_the_two_councils_are_known_by_their_codes() -> None:
    assert {area.id: area.gss_code for area in AREAS}.items() >= {
        "westminster": "E09000033",
        "kensington-and-chelsea": "E09000020",
    }.items()


def test_every_area_has_a_front_door_that_can_be_rung_today() -> None:
    assert all(BY_ID[area.children_front_door].shown and BY_ID[area.children_front_door].phone for area in AREAS)


def test_a_hub_that_is_shown_can_be_reached_and_a_course_is_confirmed_on_a_day() -> None:
    hubs = [hub for area in AREAS for hub in area.hubs]
    assert all(hub.address or hub.phone or hub.website for hub in hubs if hub.display == "shown")
    days = [programme.confirmed_on for area in AREAS for programme in area.local_programmes if programme.confirmed_on]
    assert all(dt.date.fromisoformat(day) for day in days)


def test_what_is_for_people_living_with_abuse_says_that_it_is_never_offered_for_couples() -> None:
    freedom = [p for area in AREAS for p in area.local_programmes if p.name == "Freedom Programme"]
    assert freedom
    assert all(programme.safety and "never" in programme.safety for programme in freedom)


@pytest.mark.parametrize("helpline", BY_ID.values(), ids=names)
def test_tags_come_from_the_closed_lists(helpline: Helpline) -> None:
    assert set(helpline.topics) <= VOCABULARY["topics"].keys()
    assert set(helpline.audience) <= VOCABULARY["audience"].keys()
    assert helpline.topics
    assert helpline.audience


def test_no_tag_is_in_the_lists_for_nothing() -> None:
    assert {topic for helpline in BY_ID.values() for topic in helpline.topics} == VOCABULARY["topics"].keys()
    assert {who for helpline in BY_ID.values() for who in helpline.audience} == VOCABULARY["audience"].keys()


NUMBERS = {helpline.phone for helpline in BY_ID.values() if helpline.phone}
NUMBERS |= {helpline.texting.number for helpline in BY_ID.values() if helpline.texting}


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_every_number_is_one_that_can_be_dialled_here_and_is_written_as_people_write_it(number: str) -> None:
    parsed = phonenumbers.parse(number, "GB")
    short = len(number.replace(" ", "")) <= 6
    assert phonenumbers.is_valid_number(parsed) or (
        short and shortnumberinfo.is_valid_short_number_for_region(parsed, "GB")
    )
    assert re.fullmatch(r"\d{3}|\d{5}|116 123|0\d+( \d{2,})+", number)


@pytest.mark.parametrize("helpline", SHOWN, ids=names)
def test_whatever_is_shown_can_be_reached_and_has_words(helpline: Helpline) -> None:
    assert helpline.phone or helpline.texting or helpline.webchat or helpline.website or TEXTS[helpline.id].note
    assert TEXTS[helpline.id].helps_with


@pytest.mark.parametrize("helpline", BY_ID.values(), ids=names)
def test_a_value_that_nobody_confirmed_stands_apart(helpline: Helpline) -> None:
    confirmed = [
        helpline.phone,
        helpline.email,
        helpline.website,
        helpline.webchat,
        helpline.relay,
        helpline.bsl,
        helpline.texting and helpline.texting.number,
    ]
    unconfirmed = " ".join(helpline.unconfirmed.values())
    assert not [value for value in confirmed if value and len(value) > 3 and value in unconfirmed]


def test_numbers_that_must_not_be_handed_out_are_nowhere_among_the_confirmed() -> None:
    assert not NUMBERS & {
        "0808 801 0660",  # local domestic abuse service: seen on no page
        "07398 454898",  # a drop-in of another borough
        "0808 802 9999",  # the rape crisis line's old number
        "88858",  # a text number that closed
        "020 7008 1500",  # the old switchboard
        "0808 028 3550",  # a misprint of the FGM helpline
    }
    assert BY_ID["samaritans"].texting is None


@pytest.mark.parametrize(
    "helpline",
    [
        "mens_advice_line",
        "respect_phoneline",
        "galop",
        "rights_of_women",
        "gingerbread",
        "family_lives",
        "pandas",
        "shelter",
        "stepchange",
        "victim_support",
        "stop_it_now",
    ],
)
def test_hours_on_which_the_sources_disagree_are_left_off(helpline: str) -> None:
    assert BY_ID[helpline].hours.weekly == []


def test_only_what_a_source_says_does_not_show_on_a_phone_bill_is_said_not_to() -> None:
    assert {h.id for h in BY_ID.values() if h.on_phone_bill == "no"} == {"samaritans", "childline", "national_stalking"}


def test_a_wish_to_avoid_the_phone_can_be_met_in_an_emergency_and_otherwise() -> None:
    in_sign_language = {h.id for h in SHOWN if h.bsl}
    by_relay = {h.id for h in SHOWN if h.relay}
    in_writing = {h.id for h in SHOWN if h.texting or h.webchat}
    assert {"emergency_999", "bsl_999"} <= in_sign_language
    assert {"emergency_999", "police_101"} <= by_relay
    assert {"emergency_sms_999", "womens_aid_chat", "shout_85258"} <= in_writing


def test_everything_was_checked_and_has_a_date_to_look_again_sooner_where_it_is_less_sure() -> None:
    facts: list[Sourced] = [*BY_ID.values(), *AREAS]
    assert all(fact.checked_on < fact.review_by <= fact.checked_on + dt.timedelta(days=365) for fact in facts)
    assert all((h.review_by - h.checked_on).days <= 93 for h in BY_ID.values() if h.confidence == "low")


def test_words_are_about_helplines_that_exist_and_name_nobody_as_a_victim() -> None:
    assert TEXTS.keys() <= BY_ID.keys()
    words = " ".join(f"{text.name} {text.helps_with} {text.note}" for text in TEXTS.values())
    assert not re.search(r"\b(victim|abuser|perpetrator|survivor|conflict)s?\b", words, re.IGNORECASE)
    assert words.isascii()
