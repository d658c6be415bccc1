"""Whole conversations through HTTP, the gateway, Rasa and the action server, as they are written in the YAML beside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conversations.playing import Player, words
from conversations.transcripts import Step, Transcript, chapters
from conversations.writing_down import PAGE, outline, outline_of
from running_service import Service

TRANSCRIPTS = [transcript for chapter in chapters() for transcript in chapter.transcripts]

# The longest way: every question there is, to courses.
ALL_ANSWERS = {
    "safe_to_talk": "safe",
    "situation": "together",
    "tension": "very_strained",
    "how_it_ends": "same_again",
    "speaking_up": "mostly",
    "children_see": "in_the_middle",
    "still_safe": "safe",
    "controlled": "never",
    "on_edge": "never",
    "hurt": "never",
    "pressured": "never",
    "what_helps": "arguing_better",
    "children_ages": "from_5_to_10",
    "circumstances": "that_is_all",
}
QUESTIONS = list(ALL_ANSWERS)


@pytest.mark.service
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda transcript: transcript.title)
def test_a_conversation_goes_as_it_is_written(service: Service, transcript: Transcript) -> None:
    assert Player(service, transcript).play()


# ---- at every question


def through_all_questions(title: str, at: Callable[[str], list[Step]]) -> Transcript:
    """The longest way, with some steps put in at each question before it is answered."""
    steps = [Step(taps="start", asks=QUESTIONS[0])]
    for question, option in ALL_ANSWERS.items():
        steps += [
            *at(question),
            Step(answers={question: option}, outcome="programme" if question == QUESTIONS[-1] else None),
        ]
    return Transcript(title, steps)


def test_the_longest_way_asks_every_question() -> None:
    assert [question.id for question in words().questions] == QUESTIONS


@pytest.mark.service
@pytest.mark.parametrize(
    ("types", "says"),
    [
        ("is it free", "ask_cost"),
        ("who sees this?", "who_sees"),
        ("are you a robot", "are_you_robot"),
        ("how long does it take", "how_long"),
        ("why do you ask?", "why_ask"),
        ("thank you", "thanks"),
    ],
)
def test_a_parent_may_interrupt_every_question_and_it_stands_again(service: Service, types: str, says: str) -> None:
    def interrupted(question: str) -> list[Step]:
        return [Step(types=types, says=[says], asks=question)]

    assert Player(service, through_all_questions(types, interrupted)).play()


@pytest.mark.service
def test_a_parent_may_go_back_at_every_question(service: Service) -> None:
    def back(question: str) -> list[Step]:
        before = QUESTIONS[QUESTIONS.index(question) - 1]
        if question == QUESTIONS[0]:
            return [Step(types="back", says=["nothing_before"], asks=question)]
        return [Step(types="back", asks=before), Step(answers={before: ALL_ANSWERS[before]}, asks=question)]

    assert Player(service, through_all_questions("back", back)).play()


@pytest.mark.service
def test_a_parent_may_skip_every_question_but_whether_it_is_safe_to_talk(service: Service) -> None:
    def skipped(question: str) -> list[Step]:
        if question in ("safe_to_talk", "still_safe"):
            return [Step(types="skip", asks=question)]
        if question == QUESTIONS[-1]:
            return [Step(types="skip", outcome="programme"), Step(taps="back", asks=question)]
        following = QUESTIONS[QUESTIONS.index(question) + 1]
        return [Step(types="skip", asks=following), Step(types="back", asks=question)]

    assert Player(service, through_all_questions("skip", skipped)).play()


@pytest.mark.service
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_disclosure_is_heard_at_every_question_and_nothing_milder_follows(service: Service, question: str) -> None:
    before, still_due = QUESTIONS[: QUESTIONS.index(question)], QUESTIONS[QUESTIONS.index(question) :]
    still_due = [each for each in still_due if QUESTIONS.index(each) < QUESTIONS.index("what_helps")]
    steps = [Step(answers={each: ALL_ANSWERS[each] for each in before})] if before else [Step(taps="start")]
    steps.append(
        Step(
            types="he hits me",
            outcome="domestic_abuse",
            says=["gate_domestic_abuse"],
            contacts=["ndah_refuge", "mens_advice_line", "galop"],
        )
    )
    if still_due:
        steps += [
            Step(taps="go_on", asks=question),
            Step(
                answers={each: ALL_ANSWERS[each] for each in still_due},
                outcome="domestic_abuse",
                contacts=["ndah_refuge"],
            ),
        ]
    else:
        steps.append(Step(taps="go_on", outcome="domestic_abuse", contacts=["ndah_refuge"]))
    assert Player(service, Transcript(f"a disclosure at {question}", steps)).play()


# ---- the page for reading


def test_no_two_conversations_have_the_same_title() -> None:
    titles = [transcript.title for transcript in TRANSCRIPTS]
    assert len(titles) == len(set(titles)) >= 40


def test_every_route_is_reached_in_some_conversation() -> None:
    reached = {step.outcome for transcript in TRANSCRIPTS for step in transcript.steps}
    assert reached >= {
        "universal",
        "self_help",
        "programme",
        "helpline",
        "domestic_abuse",
        "specialist",
        "emergency",
        "child_protection",
        "suicide_risk",
        "own_behaviour",
    }


def test_the_page_for_reading_tells_these_conversations() -> None:
    assert outline_of(PAGE.read_text(encoding="utf-8")) == outline(chapters()), "run `make conversations`"
