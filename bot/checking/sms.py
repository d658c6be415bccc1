"""Whether what is said fits the channels that have limits: SMS in the small alphabet, and the buttons of Telegram.

A text that is too long by itself fails. Where a reply is put together as it is sent, the longest is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.checking.problems import Places, Problem
from bot.content import UTTERANCE_FILES, Content
from bot.content.channels import Channels, load_channels
from bot.hours import LONDON
from bot.match import OFFERED
from bot.messages import Message, Utterance
from bot.sms_text import numbered, outside, units
from bot.voice import Voice
from bot.wording import word

# What is said by SMS does not change with the hour: the words themselves hold the numbers to call.
ANY_TIME = dt.datetime(2026, 1, 1, 12, tzinfo=LONDON)
PARENTS = ("together", "apart")
PIECES_AT_ONCE = 3


def problems(content: Content, places: Places) -> Iterator[Problem]:
    """What does not fit."""
    channels = load_channels(places.folder)
    for language in content.texts:
        yield from _Sms(content, language, channels, places).problems()
    for question in content.questions:
        for option in question.options:
            if len(f"{question.id}.{option.id}".encode()) > channels.telegram.callback_bytes:
                yield places.problem(
                    f"{question.id}.{option.id}: longer than a button of Telegram can send back",
                    "questions.yml",
                    question.id,
                    "options",
                    option.id,
                )


@dataclass(frozen=True)
class _Sms:
    """Everything that can be said by SMS in one language."""

    content: Content
    language: str
    channels: Channels
    places: Places

    def problems(self) -> Iterator[Problem]:
        """What stands as it is, and then what is put together as it is sent."""
        for name, utterance in self.content.utterances.items():
            if not utterance.uses:
                said = [self._word({"utter": name, "parents": parents}) for parents in PARENTS]
                yield from self._fit(name, [message.text for message in said], *self._at(name))
                if utterance.choices:
                    yield from self._fit(
                        f"{name} with its choices", [_whole(message) for message in said], *self._at(name), fails=False
                    )
        for question in self.content.questions:
            asked = [
                _whole(self._word({"utter": "ask", "question": question.id, "parents": parents})) for parents in PARENTS
            ]
            yield from self._fit(
                f"{question.id} with its answers", asked, self.channels.sms.units, ["questions.yml"], question.id
            )
        for piece in self.content.self_help:
            said = [self._word({"utter": "self_help_piece", "piece": piece})]
            yield from self._fit(
                piece, [message.text for message in said], self.channels.sms.units, [f"self_help/{piece}.yml"], "sms"
            )
        yield from self._composed()

    def _composed(self) -> Iterator[Problem]:
        """The longest that can come of what is filled in."""
        titles = self.content.texts[self.language].self_help
        longest = sorted(self.content.self_help, key=lambda piece: -len(titles[piece].title + titles[piece].summary))
        said = self._word({"utter": "self_help_offer", "pieces": longest[:PIECES_AT_ONCE]})
        yield from self._fit("self_help_offer", [_whole(said)], *self._at("self_help_offer"), fails=False)
        longest_reasons = sorted(self.content.texts[self.language].reasons, key=lambda reason: -len(reason))[:1]
        for programme, course in self.content.courses.values():
            if programme.offer_route in OFFERED:
                offers = [
                    self._word({"utter": name, "course": course.id, "why": longest_reasons})
                    for name in ("offer_join_now", "offer_ask_hub")
                ]
                yield from self._fit(
                    f"the offer of {course.id}",
                    [offer.text for offer in offers],
                    *self._at("offer_join_now"),
                    fails=False,
                )

    def _word(self, utterance: Utterance) -> Message:
        voice = Voice(self.content, self.language, "sms", None, ANY_TIME)
        return word({"pieces": [], "answers": {}, **utterance}, voice)

    def _at(self, utterance: str) -> tuple[int, list[str], str]:
        """How long an utterance may be, and where its words stand."""
        limits = self.channels.sms
        limit = limits.units_with_contacts if self.content.utterances[utterance].contacts else limits.units
        return limit, [f"{name}.yml" for name in UTTERANCE_FILES], utterance

    def _fit(
        self, what: str, texts: Sequence[str], limit: int, files: list[str], *steps: str, fails: bool = True
    ) -> Iterator[Problem]:
        here = [f"texts/{self.language}/{file}" for file in files]
        if strange := outside("".join(texts)):
            yield self.places.problem(f"{what}: {strange!r} would make the SMS cost double", here, *steps, fails=fails)
        elif (cost := max(map(units, texts))) > limit:
            yield self.places.problem(f"{what}: {cost} units by SMS, at most {limit}", here, *steps, fails=fails)


def _whole(message: Message) -> str:
    return numbered(message.text, [choice.label for choice in message.choices])
