"""From the name of an utterance to what a parent sees: words, choices, contacts and links in their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from msgspec import UNSET

from bot.contacts import contacts
from bot.messages import Choice, Contact, Link, Message, Utterance
from bot.voice import Voice, choice_of, reason_in_words, words_of

MOST_REASONS = 3
COUNTED_PARTS = ("everyday", "closer", "next")


def word(utterance: Utterance, voice: Voice) -> Message:
    """The message of an utterance. Raises KeyError for an utterance, question or piece that the content lacks."""
    name = utterance["utter"]
    speak = _SPECIAL.get(name)
    message = speak(utterance, voice) if speak else Message(words_of(voice.texts.utterances[name], voice, utterance))
    listed = voice.content.utterances[name]
    return replace(
        message,
        choices=message.choices + tuple(choice_of(choice, voice) for choice in listed.choices),
        contacts=message.contacts + tuple(_contacts(listed.contacts, voice)),
    )


def _ask(utterance: Utterance, voice: Voice) -> Message:
    """A question with its options. `parents` chooses the wording; `chosen` leaves out what was picked already."""
    question = voice.content.question(utterance["question"])
    if question is None:
        raise KeyError(utterance["question"])
    text = voice.texts.questions[question.id]
    chosen = set(str(utterance.get("chosen") or "").split())
    if question.many and chosen & {option.id for option in question.options}:
        words = words_of(voice.texts.utterances["anything_else"], voice, utterance)
    else:
        together = utterance.get("parents") == "together"
        words = (text.together if together else text.apart).strip()
        sms = text.sms_together if together else text.sms_apart
        if voice.channel == "sms" and sms is not UNSET:
            words = sms.strip()
    if voice.channel != "sms" and question.part in COUNTED_PARTS:
        words += _left(int(utterance.get("left") or 0) - 1, voice)
    options = [option.id for option in question.options if option.id not in chosen]
    return Message(words, tuple(choice_of(f"{question.id}.{option}", voice) for option in options))


def _left(left: int, voice: Voice) -> str:
    """About how many questions there are after this one: it helps to see the end."""
    if left < 1:
        return ""
    words = voice.texts.page["questions_left_one" if left == 1 else "questions_left"]
    return "\n\n" + words.replace("{left}", str(left))


def _why_ask(utterance: Utterance, voice: Voice) -> Message:
    question = voice.texts.questions.get(utterance.get("question") or "")
    return Message(question.why.strip() if question else words_of(voice.texts.utterances["why_ask"], voice, utterance))


def _heard_as(utterance: Utterance, voice: Voice) -> Message:
    label = voice.texts.questions[utterance["question"]].options[utterance["option"]].label
    return Message(words_of(voice.texts.utterances["heard_as"], voice, {**utterance, "label": label}))


def _offer(utterance: Utterance, voice: Voice) -> Message:
    """A programme: what it is, why it may fit, and the way in. An address nobody confirmed is not handed out."""
    programme, course = voice.content.courses[utterance["course"]]
    reasons = [reason_in_words(reason, voice.texts.reasons) for reason in utterance["why"]]
    arguments = {
        "name": course.title,
        "provider": programme.provider,
        "why": ", ".join(list(filter(None, reasons))[:MOST_REASONS]),
        "cost": reason_in_words(f"cost:{programme.cost}", voice.texts.reasons),
        "about": voice.texts.courses[course.id].about.strip(),
    }
    words = words_of(voice.texts.utterances[utterance["utter"]], voice, arguments)
    linked = programme.website if programme.website_confirmed and utterance["utter"] == "offer_join_now" else None
    return Message(words, links=(Link(course.title, linked),) if linked else ())


def _self_help_offer(utterance: Utterance, voice: Voice) -> Message:
    pieces = [voice.texts.self_help[piece] for piece in utterance["pieces"]]
    titles = "\n".join(f"- {piece.title}: {piece.summary}" for piece in pieces)
    choices = tuple(Choice(f"read.{piece}", voice.texts.self_help[piece].title) for piece in utterance["pieces"])
    return Message(words_of(voice.texts.utterances["self_help_offer"], voice, {"titles": titles}), choices)


def _self_help_piece(utterance: Utterance, voice: Voice) -> Message:
    piece = voice.texts.self_help[utterance["piece"]]
    if voice.channel == "sms":
        return Message(piece.sms.strip())
    steps = "\n".join(f"- {step}" for step in piece.steps)
    return Message(
        words_of(
            voice.texts.utterances["self_help_piece"],
            voice,
            {
                "title": piece.title,
                "when": piece.when.strip(),
                "steps": steps,
                "why": piece.why.strip(),
                "tonight": piece.tonight.strip(),
            },
        )
    )


def _self_help_menu(utterance: Utterance, voice: Voice) -> Message:
    choices = tuple(Choice(f"read.{piece}", voice.texts.self_help[piece].title) for piece in utterance["pieces"])
    return Message(words_of(voice.texts.utterances["self_help_menu"], voice, utterance), choices)


def _area_menu(utterance: Utterance, voice: Voice) -> Message:
    choices = tuple(Choice(f"area.{area.id}", area.name) for area in voice.content.areas.values())
    return Message(words_of(voice.texts.utterances["area_menu"], voice, utterance), choices)


def _area_known(utterance: Utterance, voice: Voice) -> Message:
    area = voice.content.areas[utterance["area"]]
    return Message(words_of(voice.texts.utterances["area_known"], voice, {"area": area.name}))


def _change_menu(utterance: Utterance, voice: Voice) -> Message:
    questions = voice.texts.questions
    choices = tuple(
        Choice(f"change.{question}", f"{questions[question].short}: {questions[question].options[option].label}")
        for question, option in utterance["answers"].items()
    )
    return Message(words_of(voice.texts.utterances["change_menu"], voice, utterance), choices)


def _ask_where(utterance: Utterance, voice: Voice) -> Message:
    areas = ", ".join(area.name for area in voice.content.areas.values())
    return Message(words_of(voice.texts.utterances["ask_where"], voice, {"areas": areas}))


_SPECIAL: dict[str, Callable[[Utterance, Voice], Message]] = {
    "ask": _ask,
    "why_ask": _why_ask,
    "heard_as": _heard_as,
    "offer_join_now": _offer,
    "offer_ask_hub": _offer,
    "self_help_offer": _self_help_offer,
    "self_help_piece": _self_help_piece,
    "self_help_menu": _self_help_menu,
    "area_menu": _area_menu,
    "area_known": _area_known,
    "change_menu": _change_menu,
    "ask_where": _ask_where,
}


def _contacts(lists: Sequence[str], voice: Voice) -> Iterator[Contact]:
    for name in lists:
        yield from contacts(name, voice.content, voice.texts, voice.area, voice.now)
