"""From the name of an utterance to what a parent sees: words, choices, contacts and links in their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from msgspec import UNSET

from bot.contacts import contacts
from bot.content import Content, Texts
from bot.content.speech import ChoiceText, Text
from bot.messages import Choice, Contact, Link, Message, Utterance

MOST_REASONS = 3
COUNTED_PARTS = ("everyday", "closer", "next")


@dataclass(frozen=True)
class Voice:
    """How to speak to one parent: in which language, by which channel, about which area, at what time."""

    content: Content
    language: str
    channel: str
    area: str | None
    now: datetime

    @property
    def texts(self) -> Texts:
        """The words of the language."""
        return self.content.texts[self.language]


def word(utterance: Utterance, voice: Voice) -> Message:
    """The message of an utterance. Raises KeyError for an utterance, question or piece that the content lacks."""
    name = utterance["utter"]
    speak = _SPECIAL.get(name)
    message = speak(utterance, voice) if speak else Message(_words(voice.texts.utterances[name], voice, utterance))
    listed = voice.content.utterances[name]
    return replace(
        message,
        choices=message.choices + tuple(_choice(choice, voice) for choice in listed.choices),
        contacts=message.contacts + tuple(_contacts(listed.contacts, voice)),
    )


def ways_of_saying(choice: str, voice: Voice) -> list[str]:
    """The label of a choice, its short label and the other ways in which people say it."""
    text = _choice_text(choice, voice)
    return [text.label, *([text.sms] if text.sms is not UNSET else []), *text.also]


def _ask(utterance: Utterance, voice: Voice) -> Message:
    """A question with its options. `parents` chooses the wording; `chosen` leaves out what was picked already."""
    question = voice.content.question(utterance["question"])
    if question is None:
        raise KeyError(utterance["question"])
    text = voice.texts.questions[question.id]
    chosen = set(str(utterance.get("chosen") or "").split())
    if question.many and chosen & {option.id for option in question.options}:
        words = _words(voice.texts.utterances["anything_else"], voice, utterance)
    else:
        together = utterance.get("parents") == "together"
        words = (text.together if together else text.apart).strip()
        sms = text.sms_together if together else text.sms_apart
        if voice.channel == "sms" and sms is not UNSET:
            words = sms.strip()
    if voice.channel != "sms" and question.part in COUNTED_PARTS:
        words += _left(int(utterance.get("left") or 0) - 1, voice)
    options = [option.id for option in question.options if option.id not in chosen]
    return Message(words, tuple(_choice(f"{question.id}.{option}", voice) for option in options))


def _left(left: int, voice: Voice) -> str:
    """About how many questions there are after this one: it helps to see the end."""
    if left < 1:
        return ""
    words = voice.texts.page["questions_left_one" if left == 1 else "questions_left"]
    return "\n\n" + words.replace("{left}", str(left))


def _why_ask(utterance: Utterance, voice: Voice) -> Message:
    question = voice.texts.questions.get(utterance.get("question") or "")
    return Message(question.why.strip() if question else _words(voice.texts.utterances["why_ask"], voice, utterance))


def _heard_as(utterance: Utterance, voice: Voice) -> Message:
    label = voice.texts.questions[utterance["question"]].options[utterance["option"]].label
    return Message(_words(voice.texts.utterances["heard_as"], voice, {**utterance, "label": label}))


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
    words = _words(voice.texts.utterances[utterance["utter"]], voice, arguments)
    linked = programme.website if programme.website_confirmed and utterance["utter"] == "offer_join_now" else None
    return Message(words, links=(Link(course.title, linked),) if linked else ())


def reason_in_words(reason: str, words: Mapping[str, str]) -> str:
    """`need:send` and `ages:3-8` in words; a reason without words of its own is told by its kind, or not at all.

    words: those of reasons.yml in one language.
    """
    kind, _, value = reason.partition(":")
    said = words.get(reason) or words.get(kind, "")
    return said.replace("{ages}", value.replace("-", " to ")).replace("{value}", value)


def _self_help_offer(utterance: Utterance, voice: Voice) -> Message:
    pieces = [voice.texts.self_help[piece] for piece in utterance["pieces"]]
    titles = "\n".join(f"- {piece.title}: {piece.summary}" for piece in pieces)
    choices = tuple(Choice(f"read.{piece}", voice.texts.self_help[piece].title) for piece in utterance["pieces"])
    return Message(_words(voice.texts.utterances["self_help_offer"], voice, {"titles": titles}), choices)


def _self_help_piece(utterance: Utterance, voice: Voice) -> Message:
    piece = voice.texts.self_help[utterance["piece"]]
    if voice.channel == "sms":
        return Message(piece.sms.strip())
    steps = "\n".join(f"- {step}" for step in piece.steps)
    return Message(
        _words(
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
    return Message(_words(voice.texts.utterances["self_help_menu"], voice, utterance), choices)


def _area_menu(utterance: Utterance, voice: Voice) -> Message:
    choices = tuple(Choice(f"area.{area.id}", area.name) for area in voice.content.areas.values())
    return Message(_words(voice.texts.utterances["area_menu"], voice, utterance), choices)


def _area_known(utterance: Utterance, voice: Voice) -> Message:
    area = voice.content.areas[utterance["area"]]
    return Message(_words(voice.texts.utterances["area_known"], voice, {"area": area.name}))


def _change_menu(utterance: Utterance, voice: Voice) -> Message:
    questions = voice.texts.questions
    choices = tuple(
        Choice(f"change.{question}", f"{questions[question].short}: {questions[question].options[option].label}")
        for question, option in utterance["answers"].items()
    )
    return Message(_words(voice.texts.utterances["change_menu"], voice, utterance), choices)


def _ask_where(utterance: Utterance, voice: Voice) -> Message:
    areas = ", ".join(area.name for area in voice.content.areas.values())
    return Message(_words(voice.texts.utterances["ask_where"], voice, {"areas": areas}))


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


def _words(text: Text, voice: Voice, arguments: Utterance) -> str:
    """The words for the channel and the parents, with what they name filled in."""
    apart = arguments.get("parents") == "apart"
    for fits, words in (
        (voice.channel == "sms" and apart, text.sms_apart),
        (voice.channel == "sms", text.sms),
        (apart, text.apart),
    ):
        if fits and words is not UNSET:
            break
    else:
        words = text.all
    for name, value in arguments.items():
        words = words.replace(f"{{{name}}}", str(value))
    return words.strip()


def _choice(choice: str, voice: Voice) -> Choice:
    text = _choice_text(choice, voice)
    return Choice(choice, text.sms if voice.channel == "sms" and text.sms is not UNSET else text.label)


def _choice_text(choice: str, voice: Voice) -> ChoiceText:
    """The words of a choice: an option's label, a title, or those in choices.yml."""
    name, _, value = choice.partition(".")
    if name in voice.texts.questions:
        return voice.texts.questions[name].options[value]
    if name == "read":
        return ChoiceText(voice.texts.self_help[value].title)
    if name == "area" and value in voice.content.areas:
        area = voice.content.areas[value]
        return ChoiceText(area.name, also=area.also_called)
    if name == "change":
        return ChoiceText(voice.texts.questions[value].short)
    return voice.texts.choices[choice]


def _contacts(lists: Sequence[str], voice: Voice) -> Iterator[Contact]:
    for name in lists:
        yield from contacts(name, voice.content, voice.texts, voice.area, voice.now)
