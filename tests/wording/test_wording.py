"""From names to words: everything that can be said comes out whole on every channel, wherever the parent lives."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load_content
from bot.hours import LONDON
from bot.match import OFFERED, Circumstances, match
from bot.messages import Message, Utterance
from bot.outcome import outcome
from bot.place import STAGE_OF_CONCERN, place
from bot.voice import Voice, reason_in_words, ways_of_saying
from bot.wording import MOST_REASONS, word

CONTENT = load_content()
ENGLISH = CONTENT.texts["en"]
CHANNELS = ("web", "sms")
PARENTS = ("together", "apart")
AREAS = [None, "elsewhere", *CONTENT.areas]
DAY, NIGHT = dt.datetime(2026, 11, 23, 11, tzinfo=LONDON), dt.datetime(2026, 12, 25, 3, tzinfo=LONDON)
PLACEHOLDER = re.compile(r"\{\w*\}")
LONGEST_LABEL = 120
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sampled_from([option.id for option in question.options]) for question in CONTENT.questions
    },
)
EVERY_QUESTION = [question.id for question in CONTENT.questions]
# What the utterances that are filled in are filled with.
FILLED: dict[str, Utterance] = {
    "ask": {"question": "tension", "left": "8"},
    "heard_as": {"question": "tension", "option": "strained"},
    "offer_join_now": {"course": "parents-plus-parenting-when-separated", "why": ["situation:separated"]},
    "offer_ask_hub": {"course": "parents-plus-parenting-when-separated", "why": ["situation:separated"]},
    "self_help_offer": {"pieces": ["soft-start", "time-out"]},
    "self_help_piece": {"piece": "soft-start"},
    "self_help_menu": {"pieces": ["soft-start", "time-out"]},
    "area_known": {"area": "westminster"},
    "change_menu": {"answers": {"tension": "good", "hurt": "never"}},
}  # fmt: skip
VOICES = [Voice(CONTENT, "en", channel, area, now) for channel in CHANNELS for area in AREAS for now in (DAY, NIGHT)]


def is_whole(message: Message) -> bool:
    """Words, nothing left to fill in, no gap where something was, and every choice and contact can be used."""
    assert message.text.strip() == message.text != ""
    assert not PLACEHOLDER.search(message.text), message.text
    assert not re.search(r"  |: ?\.|, ?[,.]|\( ?\)", message.text), message.text
    assert len({choice.id for choice in message.choices}) == len(message.choices)
    assert all(
        0 < len(choice.label) <= LONGEST_LABEL and not PLACEHOLDER.search(choice.label) for choice in message.choices
    )
    assert all(contact.name and (contact.phone or contact.text or contact.url) for contact in message.contacts)
    return True


@pytest.mark.parametrize("name", CONTENT.utterances)
def test_every_utterance_is_said_whole_together_and_apart_in_each_area_and_at_each_hour(name: str) -> None:
    for voice in VOICES:
        for parents in PARENTS:
            message = word({"utter": name, "parents": parents, **FILLED.get(name, {})}, voice)
            assert is_whole(message)
            offered = [choice.id for choice in message.choices]
            assert offered[len(offered) - len(CONTENT.utterances[name].choices) :] == CONTENT.utterances[name].choices


@pytest.mark.parametrize("question", EVERY_QUESTION)
def test_every_question_is_asked_with_its_options_and_says_why(question: str) -> None:
    known = CONTENT.question(question)
    assert known is not None
    for voice in VOICES[:2] + VOICES[-2:]:
        for parents in PARENTS:
            asked = word({"utter": "ask", "question": question, "parents": parents, "left": "8"}, voice)
            assert is_whole(asked)
            assert [choice.id for choice in asked.choices] == [f"{question}.{option.id}" for option in known.options]
        assert word({"utter": "why_ask", "question": question}, voice).text == ENGLISH.questions[question].why.strip()


@pytest.mark.parametrize("course", CONTENT.courses)
def test_every_course_is_offered_whole_and_its_address_only_where_it_is_confirmed(course: str) -> None:
    programme, known = CONTENT.courses[course]
    family = Circumstances("together", (3,))
    offers = [
        offer for offer in match([programme], stage=3, everywhere=True, circumstances=family) if offer.course == course
    ]
    why = list(offers[0].why) if offers else ["open_to_all"]
    for voice in VOICES[:1] + VOICES[-1:]:
        for name in ("offer_join_now", "offer_ask_hub"):
            message = word({"utter": name, "course": course, "why": why}, voice)
            assert is_whole(message)
            assert known.title in message.text
            assert programme.provider in message.text
            assert bool(message.links) <= (programme.website_confirmed and name == "offer_join_now")
            assert all(link.url == programme.website for link in message.links)


@pytest.mark.parametrize("piece", CONTENT.self_help)
def test_every_self_help_piece_is_read_whole_and_shortened_by_sms(piece: str) -> None:
    web, sms = (
        word({"utter": "self_help_piece", "piece": piece}, Voice(CONTENT, "en", channel, None, DAY))
        for channel in CHANNELS
    )
    assert is_whole(web)
    assert is_whole(sms)
    assert web.text.startswith(ENGLISH.self_help[piece].title)
    assert all(step in web.text for step in ENGLISH.self_help[piece].steps)
    assert sms.text == ENGLISH.self_help[piece].sms.strip()


@given(
    answers=ANSWERS,
    concern=st.none() | st.sampled_from(sorted(STAGE_OF_CONCERN)),
    floor=st.integers(1, 6),
    voice=st.sampled_from(VOICES),
)
def test_whatever_was_answered_the_outcome_is_said_whole(
    answers: dict[str, str], concern: str | None, floor: int, voice: Voice
) -> None:
    placement = place(CONTENT.questions, answers, concern=concern, floor=floor)
    for utterance in outcome(CONTENT, placement, answers, area=voice.area, today=dt.date(2026, 11, 22)):
        assert is_whole(word(utterance, voice))


@pytest.mark.parametrize("route", [*STAGE_OF_CONCERN])
def test_the_gate_answers_with_999_and_a_number_in_the_words_and_contacts_beside_them(route: str) -> None:
    for voice in VOICES:
        message = word({"utter": f"gate_{route}"}, voice)
        assert "999" in message.text
        assert re.search(r"\b0808 \d", message.text)
        assert any(contact.phone for contact in message.contacts)


# ---- the right words for whom, and where


def test_parents_who_live_apart_are_spoken_to_in_words_of_their_own() -> None:
    together, apart = (
        word({"utter": "ask", "question": "tension", "parents": parents}, VOICES[0]).text for parents in PARENTS
    )
    assert together == ENGLISH.questions["tension"].together.strip()
    assert apart == ENGLISH.questions["tension"].apart.strip()
    assert word({"utter": "ask", "question": "tension"}, VOICES[0]).text == apart


def test_by_sms_words_and_labels_are_the_short_ones() -> None:
    by_sms = Voice(CONTENT, "en", "sms", None, DAY)
    asked = word({"utter": "ask", "question": "situation", "parents": "apart"}, by_sms)
    assert asked.text == ENGLISH.questions["situation"].sms_apart
    assert asked.choices[0].label == ENGLISH.questions["situation"].options["together"].sms


def test_a_question_that_takes_several_answers_leaves_out_what_was_picked_and_asks_for_more() -> None:
    asked = word({"utter": "ask", "question": "circumstances", "chosen": "father court"}, VOICES[0])
    offered = {choice.id for choice in asked.choices}
    assert not {"circumstances.father", "circumstances.court"} & offered
    assert "circumstances.that_is_all" in offered
    assert asked.text == ENGLISH.utterances["anything_else"].all


@pytest.mark.parametrize("nothing", [None, "", "None", "unknown"])
def test_a_question_of_which_nothing_was_picked_yet_is_asked_in_full(nothing: str | None) -> None:
    asked = word({"utter": "ask", "question": "circumstances", "parents": "apart", "chosen": nothing}, VOICES[0])
    assert asked.text == ENGLISH.questions["circumstances"].apart.strip()
    assert len(asked.choices) == len(ENGLISH.questions["circumstances"].options)


def test_the_area_decides_whose_early_help_and_front_door_are_shown() -> None:
    shown = {
        area: {
            contact.name
            for contact in word({"utter": "area_known", "area": area}, Voice(CONTENT, "en", "web", area, DAY)).contacts
        }
        for area in CONTENT.areas
    }
    assert len(set(map(frozenset, shown.values()))) == len(shown)


def test_at_most_a_few_reasons_are_given_and_only_those_that_have_words() -> None:
    course = next(course for course, (programme, _) in CONTENT.courses.items() if programme.offer_route in OFFERED)
    why = ["ages_unsaid", "free", "online", "between_parents", "role:father"]
    said = word({"utter": "offer_ask_hub", "course": course, "why": why}, VOICES[0]).text
    assert ", ".join(ENGLISH.reasons[reason] for reason in ("free", "online", "between_parents")) in said
    assert ENGLISH.reasons["role:father"] not in said
    assert MOST_REASONS == 3


def test_a_reason_is_said_in_words_with_its_ages() -> None:
    assert reason_in_words("ages:3-6", ENGLISH.reasons) == "for parents of children aged 3 to 6"
    assert reason_in_words("need:send", ENGLISH.reasons) == ENGLISH.reasons["need:send"]
    assert reason_in_words("need:unheard_of", ENGLISH.reasons) == ""


def test_everything_that_is_offered_can_also_be_typed() -> None:
    for name in CONTENT.utterances:
        message = word({"utter": name, **FILLED.get(name, {})}, VOICES[0])
        for choice in message.choices:
            assert any(ways_of_saying(choice.id, VOICES[0]))


@pytest.mark.parametrize(
    "unknown",
    [
        {"utter": "sing"},
        {"utter": "ask", "question": "mood"},
        {"utter": "self_help_piece", "piece": "yoga"},
        {"utter": "offer_join_now", "course": "juggling", "why": []},
        {"utter": "area_known", "area": "mars"},
    ],
)
def test_what_the_content_lacks_is_a_fault_and_not_silence(unknown: Utterance) -> None:
    with pytest.raises(KeyError):
        word(unknown, VOICES[0])
