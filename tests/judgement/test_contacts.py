"""Which contacts a parent is shown: for every list, in every area, at any time of the week, on any kind of day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contacts import contacts, hours_in_words
from bot.content.contacts import ContactList, ContactLists, HoursText
from bot.content.directory import Area, Helpline, Hours, Opening
from bot.content.reading import read
from bot.content.shared import Role
from bot.content.speech import HelplineText, Utterable
from bot.hours import LONDON
from bot.messages import Contact

CONTENT = Path(__file__).parents[2] / "content"


@dataclass(frozen=True)
class Directory:
    """The directory and the lists, without the rest of the content."""

    helplines: Mapping[str, Helpline]
    areas: Mapping[str, Area]
    contacts: Mapping[str, ContactList]


@dataclass(frozen=True)
class English:
    """The words that contacts need."""

    helplines: Mapping[str, HelplineText] = field(
        default_factory=lambda: read(CONTENT / "texts/en/helplines.yml", dict[str, HelplineText])
    )
    hours: HoursText = field(default_factory=lambda: read(CONTENT / "texts/en/hours.yml", HoursText))


FACTS = Directory(
    {
        helpline.id: helpline
        for file in sorted((CONTENT / "helplines").glob("*.yml"))
        for helpline in read(file, list[Helpline])
    },
    {file.stem: read(file, Area) for file in sorted((CONTENT / "areas").glob("*.yml"))},
    read(CONTENT / "contacts.yml", ContactLists),
)
WORDS = English()
ROLES: tuple[Role | None, ...] = (None, "mother", "father", "stepparent", "kinship", "foster", "grandparent")
AREAS: tuple[str | None, ...] = (None, "elsewhere", *FACTS.areas)
LONG = {"other_ways"}  # the one list that is there to be long


def london(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment).replace(tzinfo=LONDON)


TIMES = {
    "Tuesday morning": london("2027-02-02T10:00"),
    "Tuesday evening": london("2027-02-02T19:30"),
    "in the night": london("2027-02-03T03:10"),
    "Sunday noon": london("2027-02-07T12:00"),
    "Christmas Day": london("2027-12-25T11:00"),
    "a bank holiday": london("2027-05-03T10:00"),
    "clocks forward": london("2027-03-28T02:30"),
}


def everywhere() -> Iterator[tuple[str, str | None, dt.datetime, Role | None]]:
    return itertools.product(FACTS.contacts, AREAS, TIMES.values(), ROLES)


def shown(name: str, area: str | None = None, at: str = "Tuesday morning", role: str | None = None) -> list[str]:
    """The ids of the contacts, so that the tests read as lists of services."""
    names = {helpline.name: id_ for id_, helpline in FACTS.helplines.items()}
    names |= {text.name: id_ for id_, text in WORDS.helplines.items() if text.name}
    return [names[contact.name] for contact in contacts(name, FACTS, WORDS, area, TIMES[at], role)]


# ---- for every list, everywhere, at every time


def test_nothing_that_is_on_hold_is_ever_shown() -> None:
    held = [helpline for helpline in FACTS.helplines.values() if not helpline.shown]
    secret = {value for helpline in held for value in (helpline.phone, helpline.webchat, helpline.website) if value}
    secret -= {v for h in FACTS.helplines.values() if h.shown for v in (h.phone, h.webchat, h.website) if v}
    assert len(secret) > 5
    for name, area, now, role in everywhere():
        for contact in contacts(name, FACTS, WORDS, area, now, role):
            assert not {contact.phone, contact.url} & secret, (name, area, contact)


def test_every_number_and_address_shown_is_one_that_the_directory_holds_as_confirmed() -> None:
    confirmed = {
        value
        for helpline in FACTS.helplines.values()
        if helpline.shown
        for value in (helpline.phone, helpline.webchat, helpline.website, None)
    }
    for name, area, now, role in everywhere():
        for contact in contacts(name, FACTS, WORDS, area, now, role):
            assert {contact.phone, contact.url} <= confirmed


def test_there_is_always_somebody_to_ring() -> None:
    for name, area, now, role in everywhere():
        found = contacts(name, FACTS, WORDS, area, now, role)
        assert any(contact.phone for contact in found), (name, area)


def test_a_closed_line_never_stands_before_one_that_may_be_open() -> None:
    for name, area, now, role in everywhere():
        closed = [contact.open_now is False for contact in contacts(name, FACTS, WORDS, area, now, role)]
        assert closed == sorted(closed), (name, area, now)
        assert not closed[0], (name, area, now)


def test_999_stands_first_wherever_it_is_listed() -> None:
    listing = {name for name, listed in FACTS.contacts.items() if ["emergency_999"] in listed.ranks}
    assert {"emergency", "specialist", "child_protection", "suicide_risk", "help_now", "went_wrong"} <= listing
    for name, area, now, role in everywhere():
        if name in listing:
            first = contacts(name, FACTS, WORDS, area, now, role)[0]
            assert (first.phone, first.open_now) == ("999", True)


def test_nobody_is_shown_twice_and_no_list_is_longer_than_a_person_in_distress_can_read() -> None:
    for name, area, now, role in everywhere():
        names = [contact.name for contact in contacts(name, FACTS, WORDS, area, now, role)]
        assert len(names) == len(set(names))
        assert len(names) <= (14 if name in LONG else 5), name


@given(
    moment=st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC)),
    name=st.sampled_from(sorted(FACTS.contacts)),
    area=st.sampled_from(AREAS),
    role=st.sampled_from(ROLES),
)
def test_at_any_moment_every_contact_can_be_reached_and_says_when(
    moment: dt.datetime, name: str, area: str | None, role: Role | None
) -> None:
    found = contacts(name, FACTS, WORDS, area, moment, role)
    assert found
    assert found[0].open_now is not False
    for contact in found:
        assert contact.phone or contact.text or contact.url
        assert contact.hours or not (contact.phone or contact.text)
        assert "{" not in f"{contact.hours}{contact.text}{contact.name}"


def test_every_list_that_an_utterance_names_exists_and_every_list_is_used() -> None:
    utterances = read(CONTENT / "utterances.yml", dict[str, Utterable])
    named = {name for utterance in utterances.values() for name in utterance.contacts}
    assert named <= FACTS.contacts.keys() | FACTS.helplines.keys()
    assert FACTS.contacts.keys() <= named


# ---- what is in them


def test_domestic_abuse_names_lines_for_everyone_and_a_way_in_writing() -> None:
    assert shown("domestic_abuse") == ["ndah_refuge", "mens_advice_line", "karma_nirvana", "galop", "womens_aid_chat"]


def test_at_night_what_is_closed_goes_to_the_end() -> None:
    assert shown("domestic_abuse", at="in the night") == [
        "ndah_refuge",
        "mens_advice_line",
        "galop",
        "karma_nirvana",
        "womens_aid_chat",
    ]


def test_a_father_finds_the_line_for_men_first_and_the_one_that_is_always_open_next() -> None:
    for name in ("domestic_abuse", "check_in", "helpline"):
        assert shown(name, role="father")[:2] == ["mens_advice_line", "ndah_refuge"]
    assert shown("emergency", role="father")[0] == "emergency_999"


def test_a_child_at_risk_leads_to_999_and_the_councils_front_door_while_it_is_open() -> None:
    assert shown("child_protection", "westminster") == [
        "emergency_999",
        "westminster_childrens_front_door",
        "nspcc",
        "childline",
    ]
    assert shown("child_protection", "kensington-and-chelsea", "in the night") == [
        "emergency_999",
        "nspcc",
        "childline",
        "rbkc_childrens_front_door",
    ]
    assert shown("child_protection") == ["emergency_999", "nspcc", "childline"]


def test_thoughts_of_suicide_lead_to_999_111_samaritans_and_shout_at_any_hour() -> None:
    for at in TIMES:
        assert shown("suicide_risk", at=at) == ["emergency_999", "nhs_111_2", "samaritans", "shout_85258"]


def test_worry_about_ones_own_behaviour_leads_to_its_own_line_with_the_helpline_beside_it() -> None:
    assert shown("own_behaviour")[:2] == ["respect_phoneline", "ndah_refuge"]


def test_a_grandparent_finds_the_line_for_kinship_carers_first() -> None:
    assert shown("family_support", role="grandparent")[0] == "kinship"
    assert shown("family_support", role="mother")[0] == "family_lives"


def test_one_helpline_can_be_named_instead_of_a_list() -> None:
    assert shown("samaritans") == ["samaritans"]
    with pytest.raises(KeyError):
        contacts("no_such_list", FACTS, WORDS, None, TIMES["Sunday noon"])


# ---- what changes when the content does


def test_the_local_service_comes_first_as_soon_as_it_is_confirmed() -> None:
    hours = Hours([Opening(["tue"], "09:00", "17:00")])
    confirmed = msgspec.structs.replace(
        FACTS.helplines["angelou_advance"], display="shown", phone="0808 157 0400", hours=hours
    )
    facts = replace(FACTS, helplines={**FACTS.helplines, confirmed.id: confirmed})
    by_day = contacts("domestic_abuse", facts, WORDS, "westminster", TIMES["Tuesday morning"])
    by_night = contacts("domestic_abuse", facts, WORDS, "westminster", TIMES["in the night"])
    assert by_day[0].phone == confirmed.phone
    assert by_night[0].phone == "0808 2000 247"
    assert by_night[-1].phone != by_night[0].phone
    assert confirmed.phone in {contact.phone for contact in by_night}


def test_another_council_is_one_new_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "camden.yml"
    provenance = "{sources: [{says: Page of the council}], checked_on: 2026-11-22, review_by: 2027-05-22, "
    service = "kind: council, display: shown, topics: [child_safety], coverage: Camden, confidence: high, "
    file.write_text(f"""
id: camden
name: Camden
council: London Borough of Camden
gss_code: E09000007
children_front_door: camden_front_door
out_of_hours: camden_nights
domestic_abuse_service: ndah_refuge
early_help: [camden_front_door]
services:
  - {provenance}{service}id: camden_front_door, name: Camden front door, phone: 020 7946 0001}}
  - {provenance}{service}id: camden_nights, name: Camden at night, phone: 020 7946 0002}}
sources: [{{says: Page of the council}}]
checked_on: 2026-11-22
review_by: 2027-05-22
""")
    facts = replace(FACTS, areas={**FACTS.areas, "camden": read(file, Area)})
    found = contacts("child_protection", facts, WORDS, "camden", TIMES["Sunday noon"])
    assert [contact.name for contact in found[1:3]] == ["Camden front door", "Camden at night"]


# ---- how it is said


def said(hours: Hours, moment: str) -> str | None:
    helpline = msgspec.structs.replace(FACTS.helplines["family_lives"], hours=hours)
    return hours_in_words(helpline, WORDS.hours, london(moment))


OFFICE = Hours([Opening(["mon", "tue", "wed", "thu", "fri"], "09:00", "21:00")], bank_holidays="closed")
EVENINGS = Hours(
    [Opening(["thu"], "18:30", "24:00"), Opening(["sat"], "20:00", "00:30"), Opening(["sun"], "12:00", "13:00")]
)
MONDAYS = Hours([Opening(["mon"], "09:00", "17:00")])
LONG_WEEKENDS = Hours([Opening(["fri", "sat", "sun"], "00:00", "24:00")])


@pytest.mark.parametrize(
    ("hours", "moment", "words"),
    [
        (OFFICE, "2027-02-01T10:00", "Open now, until 9pm"),
        (OFFICE, "2027-02-01T08:00", "Closed now. Opens today at 9am"),
        (OFFICE, "2027-02-01T21:00", "Closed now. Opens tomorrow at 9am"),
        (OFFICE, "2027-02-05T22:00", "Closed now. Opens on Monday at 9am"),
        (OFFICE, "2027-12-24T22:00", "Closed now. Opens on Wednesday at 9am"),
        (EVENINGS, "2027-02-04T19:00", "Open now, until midnight"),
        (EVENINGS, "2027-02-04T10:00", "Closed now. Opens today at 6:30pm"),
        (EVENINGS, "2027-02-06T23:00", "Open now, until 12:30am tomorrow"),
        (EVENINGS, "2027-02-07T09:00", "Closed now. Opens today at midday"),
        (MONDAYS, "2027-02-01T18:00", "Closed now"),
        (LONG_WEEKENDS, "2027-02-05T18:00", "Open now, until midnight on Sunday"),
        (MONDAYS, "2027-05-03T10:00", "Bank holiday today. Ring to check if they are open"),
        (Hours(), "2027-02-01T10:00", "Ring to check when they are open"),
    ],
)
def test_hours_are_said_as_a_person_would_say_them(hours: Hours, moment: str, words: str) -> None:
    assert said(hours, moment) == words


def ready(name: str, at: str = "Tuesday morning") -> Contact:
    return contacts(name, FACTS, WORDS, None, TIMES[at])[0]


def test_a_line_that_never_closes_says_so() -> None:
    assert ready("ndah_refuge", "in the night").hours == "Open all day and night"


def test_a_chat_is_looked_up_and_a_page_has_no_hours() -> None:
    holiday = ready("womens_aid_chat", "a bank holiday")
    assert holiday.hours == "Bank holiday today. Look online to check if they are open"
    assert ready("relate").hours is None


def test_a_text_service_says_what_to_text_and_where() -> None:
    assert ready("shout_85258").text == "Text SHOUT to 85258"
    assert ready("frank").text == "Text 82111"


def test_a_name_says_for_whom_it_is_and_what_to_press() -> None:
    assert "for men" in ready("mens_advice_line").name
    assert "press 55" in ready("silent_solution_55").name
    assert ready("silent_solution_55").phone == "999"
    assert "option 2" in ready("nhs_111_2").name
