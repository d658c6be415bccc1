"""The words of the conversation: whole, within each channel's limits, and fit for whoever may be reading them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec import UNSET, UnsetType

from bot.content.questionnaire import Question
from bot.content.reading import read
from bot.content.speech import ChoiceText, QuestionText, Text, Utterable
from bot.reading_age import grade

CONTENT = Path(__file__).resolve().parents[2] / "content"
ENGLISH = CONTENT / "texts/en"
T = TypeVar("T")


def merged(kind: type[T], *names: str) -> dict[str, T]:
    """The entries of several files; no name may stand in two of them."""
    parts = [read(ENGLISH / f"{name}.yml", dict[str, kind]) for name in names]  # type: ignore[valid-type]
    whole = {name: entry for part in parts for name, entry in part.items()}
    assert len(whole) == sum(len(part) for part in parts)
    return whole


UTTERANCES = read(CONTENT / "utterances.yml", dict[str, Utterable])
QUESTIONS = {question.id: question for question in read(CONTENT / "questions.yml", list[Question])}
SPOKEN = merged(Text, "conversation", "gate", "outcomes", "service", "offers")
GATE = read(ENGLISH / "gate.yml", dict[str, Text])
ASKED = merged(QuestionText, "questions")
CHOICES = merged(ChoiceText, "choices")
REASONS = merged(str, "reasons")
PAGE = merged(str, "page")

# `ask` takes its words from the questions.
WORDLESS = {"ask"}
# May be typed at any time, without standing beside an utterance.
AT_ANY_TIME = {"start", "where_were_we", "back", "skip", "why_ask", "how_to_join"}
# What ends, wipes or passes over something is never said by a word that might answer a question.
MIGHT_ANSWER = {"yes", "yeah", "no", "nope", "ok", "fine", "done", "finished", "nothing", "none", "never", "enough",
                "close",
                "good", "bad", "both", "often", "sometimes", "not sure", "other", "no thanks"}  # fmt: skip

# GSM 03.38: what one SMS of the small alphabet can hold; those of the extension cost two units.
GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
          "abcdefghijklmnopqrstuvwxyzäöñüà")  # fmt: skip
EXTENDED = set("^{}\\[~]|€")
ONE_REPLY = 306
HELPLINE_REPLY = 459
MOST_WORDS = 160

# Reading age 9 is grade 4. A single question that must name what it asks about is allowed to be harder.
GRADE = 6.0
GRADE_OF_A_QUESTION = 7.0

NEVER_SAID = re.compile(
    r"\b(victims?|abusers?|perpetrators?|stages?|scores?|assess\w*|conflicts?|mums?|mummy|invalid|click here|hotline|"
    r"toxic|narcissis\w*|safeguarding|signpost\w*|referr?als?)\b", re.IGNORECASE)  # fmt: skip
ABUSE = re.compile(r"\babus", re.IGNORECASE)
NAME_OF_A_SERVICE = re.compile(r"National Domestic Abuse Helpline")
NUMBERS = {
    "emergency": ("999", "55", "0808 2000 247", "0808 801 0327", "0800 999 5428"),
    "domestic_abuse": ("999", "55", "0808 2000 247", "0808 801 0327", "0800 999 5428"),
    "child_protection": ("999", "0808 800 5000", "0800 1111", "0808 2000 247"),
    "suicide_risk": ("999", "116 123", "85258", "111", "0808 2000 247"),
    "own_behaviour": ("999", "0808 802 4040", "0808 2000 247"),
    "helpline": ("999", "0808 2000 247", "0808 801 0327", "0800 999 5428"),
    "specialist": ("999", "55", "0808 2000 247", "0808 801 0327", "0800 999 5428"),
}  # fmt: skip
PHONE = re.compile(r"\b0\d[\d ]{6,}\d\b")


def units(text: str) -> int:
    """What a text costs in an SMS."""
    return sum(2 if character in EXTENDED else 1 for character in text)


def said_by_sms(text: Text) -> list[str]:
    """What a parent may get by SMS: the words for SMS, or those for every channel."""
    return [words for words in (text.sms if text.sms is not UNSET else text.all, text.sms_apart) if words is not UNSET]


def every_text() -> Iterator[tuple[str, str]]:
    """Everything in these files that a parent may read, with its place."""
    for name, text in SPOKEN.items():
        for words in (text.all, text.apart, text.sms, text.sms_apart):
            if words is not UNSET:
                yield name, words
    for name, question in ASKED.items():
        yield name, question.short
        for words in (question.together, question.apart, question.why, question.sms_together, question.sms_apart):
            if words is not UNSET:
                yield name, words
        for option, choice in question.options.items():
            yield from ((f"{name}.{option}", label) for label in labels(choice))
    for name, choice in CHOICES.items():
        yield from ((name, label) for label in labels(choice))
    yield from REASONS.items()
    yield from PAGE.items()


def labels(choice: ChoiceText) -> list[str]:
    """The label and the short one."""
    return [words for words in (choice.label, choice.sms) if not isinstance(words, UnsetType)]


def plain(words: str) -> str:
    """What two ways of typing the same thing share."""
    return " ".join(re.sub(r"[^\w\s]+", "", words.casefold()).split())


# ---- nothing is missing, nothing is left over


def test_every_utterance_has_words_and_no_words_are_without_one() -> None:
    assert set(SPOKEN) == set(UTTERANCES) - WORDLESS


def test_every_question_and_option_has_words_in_the_same_order() -> None:
    assert {name: list(text.options) for name, text in ASKED.items()} == {
        name: [option.id for option in question.options] for name, question in QUESTIONS.items()
    }


def test_every_choice_beside_an_utterance_has_a_label_and_no_label_is_without_a_use() -> None:
    offered = {choice for utterance in UTTERANCES.values() for choice in utterance.choices}
    areas = {f"area.{file.stem}" for file in (CONTENT / "areas").glob("*.yml")}  # labelled by their own names
    assert set(CHOICES) == (offered - areas) | AT_ANY_TIME


@pytest.mark.parametrize("name", ["leave", "start_again", "skip", "back", "help_now", "change_answer"])
def test_no_word_that_might_answer_a_question_ends_or_moves_the_conversation(name: str) -> None:
    assert {plain(words) for words in (*labels(CHOICES[name]), *CHOICES[name].also)} & MIGHT_ANSWER == set()


@pytest.mark.parametrize("name", SPOKEN)
def test_words_hold_only_the_placeholders_that_their_utterance_fills(name: str) -> None:
    for words in (SPOKEN[name].all, SPOKEN[name].apart, SPOKEN[name].sms, SPOKEN[name].sms_apart):
        if words is not UNSET:
            assert set(re.findall(r"\{(\w*)\}", words)) <= set(UTTERANCES[name].uses)


def test_the_short_names_of_questions_tell_them_apart() -> None:
    assert len({question.short for question in ASKED.values()}) == len(ASKED)


def test_the_check_names_as_many_closer_questions_as_there_are() -> None:
    counted = sum(question.part == "closer" for question in QUESTIONS.values())
    assert counted == 4
    assert "next four questions" in ASKED["still_safe"].together
    assert "next 4 questions" in str(ASKED["still_safe"].sms_together)


def test_every_reason_that_an_answer_can_give_has_words() -> None:
    options = [option for question in QUESTIONS.values() for option in question.options]
    wanted = {f"situation:{option.situation}" for option in options if option.situation}
    wanted |= {f"role:{option.role}" for option in options if option.role}
    wanted |= {f"theme:{option.theme}" for option in options if option.theme}
    prefers = {"prefers_online", "prefers_in_person"}
    wanted |= {f"need:{option.need}" for option in options if option.need and option.need not in prefers}
    assert wanted <= set(REASONS)


# ---- fit for whoever reads them


def test_no_text_judges_a_person_or_uses_a_word_of_the_trade() -> None:
    assert [(name, NEVER_SAID.findall(words)) for name, words in every_text() if NEVER_SAID.search(words)] == []


def test_abuse_is_named_only_in_the_name_of_a_service() -> None:
    assert [name for name, words in every_text() if ABUSE.search(NAME_OF_A_SERVICE.sub("", words))] == []


@pytest.mark.parametrize("name", ["welcome", "not_now", "welcome_back", "goodbye", "started_again", "greet_again"])
def test_what_is_said_before_it_is_known_to_be_safe_names_no_harm(name: str) -> None:
    text = SPOKEN[name]
    for words in (text.all, *said_by_sms(text)):
        assert not re.search(r"abuse|hurt|frighten|violen|scared", words, re.IGNORECASE)


@pytest.mark.parametrize("name", ["safe_to_talk", "situation"])
def test_the_first_questions_by_sms_can_lie_on_a_lock_screen(name: str) -> None:
    assert not re.search(r"abuse|hurt|frighten|partner|argu", str(ASKED[name].sms_together), re.IGNORECASE)


def test_every_text_is_in_plain_signs_without_markup() -> None:
    assert [(name, odd) for name, words in every_text() if (odd := set(words) - GSM - EXTENDED)] == []
    assert [name for name, words in every_text() if re.search(r"</?\w+>|\*\*|https?://|&\w+;", words)] == []


@pytest.mark.parametrize("name", SPOKEN)
def test_what_is_said_reads_easily(name: str) -> None:
    assert grade(SPOKEN[name].all) <= GRADE


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_reads_easily(name: str) -> None:
    question = ASKED[name]
    assert max(grade(question.together), grade(question.apart)) <= GRADE_OF_A_QUESTION
    assert grade(question.why) <= GRADE


@pytest.mark.parametrize("name", ASKED)
def test_a_question_for_parents_apart_speaks_of_no_partner_living_with_them(name: str) -> None:
    assert not re.search(r"\byour (partner|husband|wife)\b|\byou two\b|\btwo of you\b", ASKED[name].apart)
    assert not re.search(r"\byour partner\b|\byou two\b", str(ASKED[name].sms_apart))


@pytest.mark.parametrize("name", ASKED)
def test_labels_are_short_enough_for_a_button(name: str) -> None:
    assert all(len(choice.label) <= 60 for choice in ASKED[name].options.values())


# ---- typed answers


@pytest.mark.parametrize("name", ASKED)
def test_no_way_of_saying_an_answer_means_two_answers_to_one_question(name: str) -> None:
    ways = [
        (plain(words), option)
        for option, choice in ASKED[name].options.items()
        for words in (*labels(choice), *choice.also)
    ]
    twice = {(words, meant) for words, option in ways for other, meant in ways if words == other and option != meant}
    assert twice == set()


@pytest.mark.parametrize("name", UTTERANCES)
def test_no_way_of_saying_a_choice_means_two_choices_offered_together(name: str) -> None:
    offered = [choice for choice in UTTERANCES[name].choices if choice in CHOICES]
    ways = [(plain(words), choice) for choice in offered for words in (*labels(CHOICES[choice]), *CHOICES[choice].also)]
    twice = {(words, meant) for words, choice in ways for other, meant in ways if words == other and choice != meant}
    assert twice == set()


@pytest.mark.parametrize("name", ASKED)
def test_not_sure_and_rather_not_can_be_typed_wherever_they_are_offered(name: str) -> None:
    options = ASKED[name].options
    if "not_sure" in options:
        assert {"not sure", "unsure", "dunno", "idk"} <= {
            plain(words) for words in (*labels(options["not_sure"]), *options["not_sure"].also)
        }
    if "rather_not" in options:
        assert {"rather not say", "pass", "skip"} <= set(options["rather_not"].also)


@pytest.mark.parametrize("name", ["controlled", "on_edge", "hurt", "pressured"])
def test_a_bare_yes_to_a_closer_question_is_never_its_mildest_answer(name: str) -> None:
    evidence = {option.id: option.stage or 0 for option in QUESTIONS[name].options}
    yes = [option for option, choice in ASKED[name].options.items() if "yes" in choice.also]
    assert len(yes) == 1
    assert evidence[yes[0]] >= 5


# ---- the safety replies


@pytest.mark.parametrize("name", ["gate_emergency", "gate_domestic_abuse", "gate_child_protection", "gate_suicide_risk",
                                  "gate_own_behaviour", "outcome_emergency", "outcome_domestic_abuse",
                                  "outcome_child_protection", "outcome_suicide_risk", "outcome_own_behaviour",
                                  "outcome_helpline", "outcome_specialist"])  # fmt: skip
def test_a_safety_reply_holds_every_number_of_its_route(name: str) -> None:
    text = SPOKEN[name]
    for words in (text.all, *said_by_sms(text)):
        assert [number for number in NUMBERS[name.partition("_")[2]] if number not in words] == []


@pytest.mark.parametrize("name", [*GATE, "outcome_domestic_abuse", "outcome_specialist", "outcome_emergency"])
def test_in_a_safety_reply_999_stands_before_any_helpline(name: str) -> None:
    text = SPOKEN[name]
    for words in (text.all, *said_by_sms(text)):
        first_helpline = PHONE.search(words)
        assert first_helpline is not None
        if name != "check_in":
            assert 0 <= words.index("999") < first_helpline.start()


@pytest.mark.parametrize("name", [*GATE, *(name for name in SPOKEN if name.startswith("outcome_"))])
def test_a_safety_reply_is_short_and_asks_for_no_details(name: str) -> None:
    for words in (SPOKEN[name].all, SPOKEN[name].apart):
        if words is not UNSET:
            assert len(words.split()) <= MOST_WORDS
            assert "?" not in words


@pytest.mark.parametrize("name", ["outcome_helpline", "outcome_domestic_abuse", "outcome_specialist",
                                  "outcome_emergency", "outcome_own_behaviour"])  # fmt: skip
def test_from_the_helpline_on_nothing_joint_is_offered(name: str) -> None:
    text = SPOKEN[name]
    for words in (text.all, *said_by_sms(text)):
        assert not re.search(r"mediat|counsel|course|couples?\b", words, re.IGNORECASE)


def test_when_all_else_fails_999_and_the_national_helpline_are_still_named() -> None:
    for words in (SPOKEN["went_wrong"].all, *said_by_sms(SPOKEN["went_wrong"]), PAGE["error_server_error"]):
        assert "999" in words
        assert "National Domestic Abuse Helpline" in words
        assert "0808 2000 247" in words


# ---- within one SMS


@pytest.mark.parametrize("name", SPOKEN)
def test_every_utterance_fits_one_sms_reply(name: str) -> None:
    for words in said_by_sms(SPOKEN[name]):
        limit = HELPLINE_REPLY if PHONE.search(words) else ONE_REPLY
        assert units(words) <= limit


@pytest.mark.parametrize("name", ASKED)
def test_every_question_fits_one_sms_with_all_its_numbered_answers(name: str) -> None:
    question = ASKED[name]
    answers = "".join(f"\n{number}. {labels(choice)[-1]}" for number, choice in enumerate(question.options.values(), 1))
    for words, sms in ((question.together, question.sms_together), (question.apart, question.sms_apart)):
        assert units((words if sms is UNSET else sms) + answers) <= ONE_REPLY


def test_the_welcome_and_its_first_question_fit_one_sms() -> None:
    first = ASKED["safe_to_talk"]
    answers = "".join(f"\n{number}. {labels(choice)[-1]}" for number, choice in enumerate(first.options.values(), 1))
    assert units(f"{SPOKEN['welcome'].sms}\n{first.sms_together}{answers}") <= ONE_REPLY


# ---- the pages


def test_every_section_of_a_page_has_a_heading_and_a_text() -> None:
    pages = ("start", "help", "safety", "privacy", "accessibility")
    sections = {key.rpartition("_")[0] for key in PAGE if re.match(rf"({'|'.join(pages)})_.+_(heading|text)$", key)}
    assert {section for section in sections if not {f"{section}_heading", f"{section}_text"} <= set(PAGE)} == set()
    assert {f"{page}_{part}" for page in pages for part in ("title", "intro")} <= set(PAGE)


def test_every_error_of_the_interface_has_its_own_words() -> None:
    codes = (
        "empty_message",
        "too_long",
        "not_json",
        "bad_request",
        "unknown_conversation",
        "unknown_choice",
        "too_many_requests",
        "server_error",
    )
    assert {f"error_{code}" for code in codes} <= set(PAGE)


@pytest.mark.parametrize("key", [key for key in PAGE if key.endswith(("_text", "_intro")) or key.startswith("error_")])
def test_the_pages_read_easily(key: str) -> None:
    # The statement on accessibility must name the regulations
    assert key == "accessibility_enforce_text" or grade(PAGE[key]) <= GRADE + 1
