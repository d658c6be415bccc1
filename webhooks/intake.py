"""The path of one message, the same for every channel; `answer` reads like the list in the README."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from bot.ages import read_ages
from bot.choices import Command, command, plain, read_choice
from bot.content import Content
from bot.messages import Inbound, Turn, Utterance
from bot.triage import compiled, triage
from bot.wording import Voice, ways_of_saying, word
from webhooks.dialogue import Dialogue, DialogueUnavailable
from webhooks.standing import AFTER_SILENCE, ANSWERED_HERE, AT_ANY_TIME, STANDING, is_known
from webhooks.store import Memory, Store, StoreUnavailable

logger = logging.getLogger(__name__)

LONGEST_TEXT = 20_000      # longer is refused, unless it holds a disclosure: the gate reads it whole
LONGEST_READ = 1_000       # what the dialogue reads of a long message; the gate reads all of it
SOFT = ("none", "check_in")
WENT_WRONG: Utterance = {"utter": "went_wrong"}


class UnknownConversation(LookupError):
    """A conversation that was never there, or is purged."""


class UnknownChoice(LookupError):
    """A choice that the service does not have."""


class TooLong(ValueError):
    """More text than is read in one message."""


class Intake:
    """Everything between a channel and the dialogue."""

    def __init__(self, content: Content, store: Store, dialogue: Dialogue, clock: Callable[[], datetime],
                 silence: timedelta) -> None:
        """clock: an aware datetime, now. silence: after it, whether it is safe is asked again."""
        self.content, self.store, self.dialogue, self.clock, self.silence = content, store, dialogue, clock, silence
        compiled(content.safety)  # bad rules must stop the start, not the first message
        self._telling = ThreadPoolExecutor(max_workers=2, thread_name_prefix="tell")

    def answer(self, inbound: Inbound) -> Turn:
        """What a parent gets for one message. Raises UnknownConversation, UnknownChoice or TooLong; nothing else."""
        try:
            return self._answer(inbound)
        except (UnknownConversation, UnknownChoice, TooLong):
            raise
        except Exception as error:  # a fault of ours must not end in silence, nor its message, which may hold words
            logger.error("a turn failed: %s in %s", type(error).__name__, _where(error))
            return self._say(self._new(inbound, inbound.conversation or _random_id()), [WENT_WRONG])

    def _answer(self, inbound: Inbound) -> Turn:
        concern = triage(inbound.text or "", self.content.safety).route          # before any network or database
        memory, is_new = self._recall(inbound, concern)
        if concern in SOFT and memory.asked:
            concern = triage(inbound.text or "", self.content.safety, asked=memory.asked).route
        if concern not in SOFT:
            return self._disclosed(memory, concern)
        if len(inbound.text or "") > LONGEST_TEXT:
            raise TooLong
        choice = inbound.choice or self._choice(inbound, memory)
        if inbound.choice and not is_known(inbound.choice, self.content):
            raise UnknownChoice(inbound.choice)
        if self._was_silent(memory) and choice not in AFTER_SILENCE:
            return self._say(memory, [{"utter": "welcome_back"}])
        if choice in ANSWERED_HERE:
            return self._say(memory, [{"utter": ANSWERED_HERE[choice]}])
        said = self._converse(memory, inbound, choice, checking_in=concern == "check_in", is_new=is_new)
        if choice and choice.startswith("area."):
            memory = replace(memory, area=choice.removeprefix("area."))
        return self._say(memory, said)

    def forget(self, conversation: str) -> None:
        """Wipe a conversation. Raises StoreUnavailable if it could not be wiped now."""
        self.store.forget(conversation)

    def _recall(self, inbound: Inbound, concern: str) -> tuple[Memory, bool]:
        """The conversation, or a new one. A disclosure is answered even in a conversation that is gone."""
        known: Memory | None = None
        if inbound.conversation is not None:
            try:
                known = self.store.recall(inbound.conversation)
            except StoreUnavailable:
                logger.error("the store cannot be read; the turn goes on without memory")
                known = self._new(inbound, inbound.conversation)
            if known is None and concern in SOFT:
                raise UnknownConversation
        return (known, False) if known else (self._new(inbound, _random_id()), True)

    def _new(self, inbound: Inbound, conversation: str) -> Memory:
        language = inbound.language if inbound.language in self.content.texts else "en"
        return Memory(conversation, inbound.channel, language, self.clock(), inbound.area, inbound.share)

    def _disclosed(self, memory: Memory, concern: str) -> Turn:
        """The route at once, from content; the dialogue hears of it beside, by name and not by text."""
        memory = replace(memory, untold=concern)
        turn = self._say(memory, [{"utter": f"gate_{concern}"}])
        self._telling.submit(self._tell, memory)
        return turn

    def _tell(self, memory: Memory) -> None:
        """Let the dialogue hear of a concern. If it cannot now, the next turn tries again first."""
        try:
            self.dialogue.turn(memory.id, Command("raise_concern", {"concern": memory.untold or ""}), {})
            self.store.told(memory)
        except (DialogueUnavailable, StoreUnavailable) as error:
            logger.warning("the dialogue has not heard of a concern yet: %s", error)

    def _choice(self, inbound: Inbound, memory: Memory) -> str | None:
        """The choice that typed words mean: one of those on offer, or one that can be asked for at any time."""
        voice = self._voice(memory)
        text = inbound.text or ""
        asked = self.content.question(memory.asked or "")
        if asked is not None and (ages := read_ages(text, asked, numbered=memory.channel == "sms")):
            return ages
        offered = read_choice(text, memory.offered, {choice: ways_of_saying(choice, voice) for choice in memory.offered})
        return offered or next((choice for choice in AT_ANY_TIME
                                if plain(text) in map(plain, ways_of_saying(choice, voice))), None)

    def _was_silent(self, memory: Memory) -> bool:
        return self.clock() - memory.last_turn_at > self.silence

    def _converse(self, memory: Memory, inbound: Inbound, choice: str | None, *, checking_in: bool,
                  is_new: bool) -> list[Utterance]:
        """What the dialogue says; if it cannot, the honest degraded answer."""
        try:
            said: list[Utterance] = []
            if memory.untold:
                self._tell(memory)
            if is_new:
                said = self._turn(memory, Command("start", {"area": memory.area} if memory.area else {}))
                if choice in (None, "start") and not inbound.text:
                    return said
            if checking_in:
                return [*said[:1], {"utter": "check_in"}, *self._turn(memory, Command("checked_in"))]
            if choice is not None and inbound.choice is not None and choice not in memory.offered + tuple(STANDING):
                return [{"utter": "choice_gone"}, *self._turn(memory, Command("where_were_we"))]
            more = self._turn(memory, command(choice) if choice else _for_reading(inbound.text or ""))
            if is_new and more and more[0]["utter"] == "greet_again":
                return said
            return said[:1] + more
        except DialogueUnavailable as error:
            logger.error("degraded answer: %s", error)
            return [WENT_WRONG]

    def _turn(self, memory: Memory, said: str | Command) -> list[Utterance]:
        """One turn of the dialogue. A turn that does not end on something that closes it is a fault."""
        metadata = {"asked": memory.asked, "language": memory.language}
        utterances = self.dialogue.turn(memory.id, said, metadata)
        if not utterances or not self.content.utterances[utterances[-1]["utter"]].closes:
            raise DialogueUnavailable("the turn was not closed")
        return utterances

    def _say(self, memory: Memory, utterances: Sequence[Utterance]) -> Turn:
        """The words, and what is remembered of the turn."""
        voice = self._voice(memory)
        replies = tuple(word(utterance, voice) for utterance in utterances)
        names = [utterance["utter"] for utterance in utterances]
        asked = [utterance["question"] for utterance in utterances if utterance["utter"] == "ask"]
        offered = tuple(choice.id for reply in replies for choice in reply.choices)
        if names == ["went_wrong"]:
            offered = memory.offered + offered  # what stood before the outage can still be chosen
        memory = replace(memory, offered=offered, last_turn_at=self.clock(),
                         asked=asked[-1] if asked else memory.asked if names == ["went_wrong"] else None)
        try:
            if "goodbye" in names:
                self.store.forget(memory.id)
            else:
                self.store.remember(memory)
        except StoreUnavailable as error:
            logger.error("the turn is not remembered: %s", error)
        outcome = next((name.partition("_")[2] for name in reversed(names)
                        if name.startswith(("outcome_", "gate_"))), None)
        return Turn(memory.id, replies, outcome, tuple(utterances))

    def _voice(self, memory: Memory) -> Voice:
        return Voice(self.content, memory.language, memory.channel, memory.area, self.clock())


def _for_reading(text: str) -> str:
    """What the dialogue reads of typed text: its beginning, without what could make it a command."""
    return text.lstrip(" \t\r\n/")[:LONGEST_READ]


def _random_id() -> str:
    """128 bits that nobody can guess."""
    return secrets.token_urlsafe(16)


def _where(error: Exception) -> str:
    """File and line of a fault, for the log: never its message."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"
