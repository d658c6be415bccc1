"""The path of one message, the same for every channel; `_answer` reads like the list in the README."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from bot.content import Content
from bot.messages import Inbound, Turn, Utterance
from bot.triage import compiled, triage
from bot.voice import Voice
from bot.wording import word
from webhooks.dialogue import Dialogue, DialogueUnavailable
from webhooks.metrics import DEGRADED, GATE_SECONDS, ROUTES, TURNS
from webhooks.standing import AFTER_SILENCE, ANSWERED_HERE, is_known
from webhooks.store import Memory, Store, StoreUnavailable
from webhooks.turns import Said, Turns
from webhooks.typed import is_ordinary_answer, read_typed

logger = logging.getLogger(__name__)

LONGEST_TEXT = 20_000  # longer is refused, unless it holds a disclosure: the gate reads it whole
SOFT = ("none", "check_in")
WENT_WRONG: Utterance = {"utter": "went_wrong"}


class UnknownConversation(LookupError):
    """A conversation that was never there, or is purged."""


class UnknownChoice(LookupError):
    """A choice that the service does not have."""


class UnknownArea(ValueError):
    """An area that the service does not have."""


class TooLong(ValueError):
    """More text than is read in one message."""


class Intake:
    """Everything between a channel and the dialogue."""

    def __init__(
        self,
        content: Content,
        store: Store,
        dialogue: Dialogue,
        clock: Callable[[], datetime],
        *,
        silence: timedelta,
        patience_s: float,
    ) -> None:
        """clock: an aware datetime, now. silence: after it, whether it is safe is asked again.

        patience_s: how long the dialogue may take before a parent gets the degraded answer.
        """
        self.content, self.store, self.clock, self.silence = content, store, clock, silence
        self.turns = Turns(content, dialogue, store, patience_s)
        compiled(content.safety)  # bad rules must stop the start, not the first message
        self._telling = ThreadPoolExecutor(max_workers=2, thread_name_prefix="tell")

    def answer(self, inbound: Inbound) -> Turn:
        """What a parent gets for one message.

        Raises UnknownConversation, UnknownChoice, UnknownArea or TooLong; nothing else.
        """
        TURNS.labels(inbound.channel).inc()
        try:
            return self._answer(inbound)
        except (UnknownConversation, UnknownChoice, UnknownArea, TooLong):
            raise
        except Exception as error:  # a fault of ours must not end in silence, nor its message, which may hold words
            logger.error("a turn failed: %s in %s", type(error).__name__, _where(error))
            DEGRADED.inc()
            return self._apology(inbound)

    def _answer(self, inbound: Inbound) -> Turn:
        with GATE_SECONDS.time():
            concern = triage(inbound.text or "", self.content.safety).route  # before any network or database
        memory = self._recall(inbound)
        if memory is None and inbound.conversation and concern in SOFT:
            raise UnknownConversation
        first, memory = memory is None, memory or self._new(replace(inbound, conversation=None))
        if concern in SOFT and memory.asked:
            concern = triage(inbound.text or "", self.content.safety, asked=memory.asked).route
        if concern not in SOFT and not is_ordinary_answer(inbound.text or "", memory, self._voice(memory)):
            return self._disclosed(memory, concern, first=first)
        if len(inbound.text or "") > LONGEST_TEXT:
            raise TooLong
        if inbound.choice and not is_known(inbound.choice, self.content):
            raise UnknownChoice(inbound.choice)
        if inbound.area and inbound.area not in self.content.areas:
            raise UnknownArea(f"no area has the id {inbound.area}")
        choice = inbound.choice or read_typed(inbound.text or "", memory, self._voice(memory))
        if self.clock() - memory.last_turn_at > self.silence and choice not in AFTER_SILENCE:
            return self._say(memory, [{"utter": "welcome_back"}])
        if choice in ANSWERED_HERE:
            return self._say(memory, [{"utter": ANSWERED_HERE[choice]}], first=first)
        if choice and choice.startswith("area."):
            memory = replace(memory, area=choice.removeprefix("area."))
        soft = concern == "check_in" and choice is None  # an answer in the words of its choice says what it says
        said = Said(inbound.text, choice, tapped=inbound.choice is not None, soft=soft, first=first)
        try:
            utterances = self.turns.follow(memory, said)
            memory = replace(memory, untold=None)
        except DialogueUnavailable as error:
            logger.error("degraded answer: %s", error)
            DEGRADED.inc()
            utterances = [WENT_WRONG]
        return self._say(memory, utterances, first=first)

    def forget(self, conversation: str) -> None:
        """Wipe a conversation. Raises StoreUnavailable if it could not be wiped now."""
        self.store.forget(conversation)

    def _apology(self, inbound: Inbound) -> Turn:
        """The degraded answer after a fault of ours. What is remembered of the conversation stays as it was."""
        memory = self._new(inbound)
        if inbound.conversation is None:
            return self._say(memory, [WENT_WRONG], first=True)
        return Turn(memory.id, (word(WENT_WRONG, self._voice(memory)),), None, (WENT_WRONG,))

    def _recall(self, inbound: Inbound) -> Memory | None:
        """The conversation as it is known. While the store is down, a turn goes on without memory."""
        if inbound.conversation is None:
            return None
        try:
            return self.store.recall(inbound.conversation)
        except StoreUnavailable:
            logger.error("the store cannot be read; the turn goes on without memory")
            return self._new(inbound)

    def _new(self, inbound: Inbound) -> Memory:
        """A conversation without a past, under an id of 128 bits that nobody can guess, unless it has one."""
        language = inbound.language if inbound.language in self.content.texts else "en"
        area = inbound.area if inbound.area in self.content.areas else None
        return Memory(
            inbound.conversation or secrets.token_urlsafe(16),
            inbound.channel,
            language,
            self.clock(),
            area,
            inbound.share,
        )

    def _disclosed(self, memory: Memory, concern: str, *, first: bool) -> Turn:
        """The route at once, from content; the dialogue hears of it beside."""
        memory = replace(memory, untold=concern)
        turn = self._say(memory, [{"utter": f"gate_{concern}"}], first=first)
        self._telling.submit(self._tell, memory)
        return turn

    def _tell(self, memory: Memory) -> None:
        try:
            self.turns.tell(memory)
        except DialogueUnavailable as error:
            logger.warning("the dialogue has not heard of a concern yet: %s", error)

    def _say(self, memory: Memory, utterances: Sequence[Utterance], *, first: bool = False) -> Turn:
        """The words, and what is remembered of the turn."""
        voice = self._voice(memory)
        replies = tuple(word(utterance, voice) for utterance in utterances)
        names = [utterance["utter"] for utterance in utterances]
        offered = tuple(choice.id for reply in replies for choice in reply.choices)
        self._remember(memory, names, utterances, offered, first)
        outcome = next(
            (name.partition("_")[2] for name in reversed(names) if name.startswith(("outcome_", "gate_"))), None
        )
        if outcome:
            ROUTES.labels(outcome).inc()
        return Turn(memory.id, replies, outcome, tuple(utterances))

    def _remember(
        self, memory: Memory, names: list[str], utterances: Sequence[Utterance], offered: tuple[str, ...], first: bool
    ) -> None:
        """Keep what the next turn needs: the choices on offer and the question that stands. "Goodbye" wipes it all."""
        asked = next((utterance["question"] for utterance in reversed(utterances) if utterance["utter"] == "ask"), None)
        if names == ["went_wrong"]:  # what stood before the outage still stands
            asked, offered = memory.asked, (*memory.offered, *offered)
        memory = replace(memory, asked=asked, offered=offered, last_turn_at=self.clock())
        try:
            if "goodbye" in names:
                self.store.forget(memory.id)
            elif first:
                self.store.begin(memory)
            else:
                self.store.remember(memory)
        except StoreUnavailable as error:
            logger.error("the turn is not remembered: %s", error)

    def _voice(self, memory: Memory) -> Voice:
        return Voice(self.content, memory.language, memory.channel, memory.area, self.clock())


def _where(error: Exception) -> str:
    """File and line of a fault, for the log: never its message."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"
