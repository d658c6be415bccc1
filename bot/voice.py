"""How one parent is spoken to: language, channel, area and moment, and the small words every message is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import UNSET

from bot.content import Content, Texts
from bot.content.speech import ChoiceText, Text
from bot.messages import Choice, Utterance


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


def ways_of_saying(choice: str, voice: Voice) -> list[str]:
    """The label of a choice, its short label and the other ways in which people say it."""
    text = choice_text(choice, voice)
    return [text.label, *([text.sms] if text.sms is not UNSET else []), *text.also]


def words_of(text: Text, voice: Voice, arguments: Utterance) -> str:
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


def choice_of(choice: str, voice: Voice) -> Choice:
    text = choice_text(choice, voice)
    return Choice(choice, text.sms if voice.channel == "sms" and text.sms is not UNSET else text.label)


def choice_text(choice: str, voice: Voice) -> ChoiceText:
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


def reason_in_words(reason: str, words: Mapping[str, str]) -> str:
    """`need:send` and `ages:3-8` in words; a reason without words of its own is told by its kind, or not at all.

    words: those of reasons.yml in one language.
    """
    kind, _, value = reason.partition(":")
    said = words.get(reason) or words.get(kind, "")
    return said.replace("{ages}", value.replace("-", " to ")).replace("{value}", value)
