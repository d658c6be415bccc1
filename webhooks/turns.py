"""What the dialogue says next: the turns that one message needs, within one patience for all of them."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass

from bot.choices import Command, command
from bot.content import Content
from bot.messages import Utterance
from webhooks.dialogue import Dialogue, DialogueUnavailable
from webhooks.standing import STANDING
from webhooks.store import Memory, Store, StoreUnavailable

logger = logging.getLogger(__name__)

CHECK_IN: Utterance = {"utter": "check_in"}
NOT_UNDERSTOOD: Utterance = {"utter": "not_understood"}
UNREAD = ("not_understood", "heard", "check_in")
LONGEST_READ = 1_000  # what the dialogue reads of a long message; the gate has read all of it
_BEFORE_WORDS = re.compile(r"^[\s/]+")  # Rasa takes away every kind of space, then reads a slash as a command


@dataclass(frozen=True)
class Said:
    """What a parent said, as the intake understands it: a choice, or words that no choice fits.

    tapped: the choice was a button, not typed. soft: the gate noticed something soft. first: the conversation begins.
    """

    text: str | None
    choice: str | None
    tapped: bool
    soft: bool
    first: bool


class Turns:
    """The dialogue as the intake uses it."""

    def __init__(self, content: Content, dialogue: Dialogue, store: Store, patience_s: float) -> None:
        """patience_s: how long all turns of one answer may take together."""
        self.content, self.dialogue, self.store, self.patience_s = content, dialogue, store, patience_s

    def follow(self, memory: Memory, said: Said) -> list[Utterance]:
        """The utterances that follow. Raises DialogueUnavailable once the patience is at its end."""
        until = time.monotonic() + self.patience_s
        if memory.untold:
            self.tell(memory, until)
        if said.first:
            return self._begin(memory, said, until)
        if said.soft and self._closer_stands(memory):
            heard = self._turn(memory, _for_reading(said.text or ""), until)
            return [CHECK_IN, *(utterance for utterance in heard if utterance["utter"] not in UNREAD)]
        if said.soft:
            return [CHECK_IN, *self._turn(memory, Command("checked_in"), until)]
        if said.tapped and said.choice not in (*memory.offered, *STANDING):
            return [{"utter": "choice_gone"}, *self._turn(memory, Command("where_were_we"), until)]
        if said.choice is None and is_like_a_command(said.text or ""):
            return [NOT_UNDERSTOOD, *self._turn(memory, Command("where_were_we"), until)]
        return self._turn(memory, command(said.choice) if said.choice else _for_reading(said.text or ""), until)

    def tell(self, memory: Memory, until: float | None = None) -> None:
        """Let the dialogue hear of a concern by name, not by text, so that it pauses and the placement rises.

        Raises DialogueUnavailable; the concern stays untold and the next turn begins with it.
        """
        within_s = self.patience_s if until is None else until - time.monotonic()
        noted = self.dialogue.turn(memory.id, Command("raise_concern", {"concern": memory.untold or ""}), {}, within_s)
        if [utterance["utter"] for utterance in noted] != [f"gate_{memory.untold}"]:
            raise DialogueUnavailable("the concern was not noted")
        try:
            self.store.told(memory)
        except StoreUnavailable:
            logger.warning("a concern will be told once more: the store cannot be written")

    def _begin(self, memory: Memory, said: Said, until: float) -> list[Utterance]:
        """The welcome, then what the first message asks for; a mere greeting is answered by the welcome."""
        begun = self._turn(memory, Command("start"), until)
        if said.soft:
            return [begun[0], CHECK_IN, *self._turn(memory, Command("checked_in"), until)]
        if not said.text or is_like_a_command(said.text):
            return begun
        more = self._turn(memory, command(said.choice) if said.choice else _for_reading(said.text), until)
        return begun if more[0]["utter"] == "greet_again" else begun[:1] + more

    def _closer_stands(self, memory: Memory) -> bool:
        """Whether one of the closer questions is being asked: then soft words are read as its answer."""
        asked = self.content.question(memory.asked or "")
        return asked is not None and asked.part == "closer"

    def _turn(self, memory: Memory, said: str | Command, until: float) -> list[Utterance]:
        """One turn. If it does not end on what closes it, something broke: that is not passed on as an answer."""
        metadata = {"asked": memory.asked, "language": memory.language, "area": memory.area}
        utterances = self.dialogue.turn(memory.id, said, metadata, until - time.monotonic())
        last = self.content.utterances.get(str(utterances[-1]["utter"])) if utterances else None
        if last is None or not last.closes:
            raise DialogueUnavailable("the turn was not closed")
        return utterances


def is_like_a_command(text: str) -> bool:
    """Whether a slash stands before the words: "/restart" is not how a parent asks to begin again."""
    before = _BEFORE_WORDS.match(text)
    return before is not None and "/" in before[0]


def _for_reading(text: str) -> str:
    """What the dialogue reads of typed text: its beginning, without what could make it a command."""
    return _BEFORE_WORDS.sub("", text)[:LONGEST_READ]
