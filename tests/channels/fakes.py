"""What a gateway has around it, as plain objects that a test can hold: a dialogue, a clock, a broken disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.choices import Command
from bot.messages import Utterance
from webhooks.dialogue import DialogueUnavailable

ASK_SAFE: Utterance = {"utter": "ask", "question": "safe_to_talk", "parents": "apart", "left": "12"}
ASK_TENSION: Utterance = {"utter": "ask", "question": "tension", "parents": "together", "left": "10"}
LONG_ENOUGH_S = 10.0


@dataclass(frozen=True)
class Heard:
    """One turn, as the dialogue heard it."""

    conversation: str
    said: str | Command
    metadata: Mapping[str, str | None]


def by_default(said: str | Command) -> list[Utterance]:
    """Welcomes, notes a concern, and asks about tension whatever else is said."""
    if isinstance(said, Command) and said.intent == "start":
        return [{"utter": "welcome"}, ASK_SAFE]
    if isinstance(said, Command) and said.intent == "raise_concern":
        return [{"utter": f"gate_{said.entities['concern']}"}]
    return [ASK_TENSION]


class FakeDialogue:
    """A dialogue that says what a test wants, as slowly as it wants, and remembers what it heard."""

    def __init__(self) -> None:
        """down: it cannot be reached. takes_s: how long each turn takes. says: its answer to a turn."""
        self.heard: list[Heard] = []
        self.says: Callable[[str | Command], object] = by_default
        self.down = False
        self.takes_s = 0.0
        self._changed = threading.Condition()

    def turn(
        self, conversation: str, said: str | Command, metadata: Mapping[str, str | None], within_s: float
    ) -> list[Utterance]:
        """As the real one: never longer than `within_s`."""
        time.sleep(max(0.0, min(self.takes_s, within_s)))
        if self.down or self.takes_s > within_s:
            raise DialogueUnavailable("the test says so")
        answer = self.says(said)
        with self._changed:
            self.heard.append(Heard(conversation, said, metadata))
            self._changed.notify_all()
        return answer  # type: ignore[return-value]  (a test may say what no dialogue should)

    def reachable(self) -> bool:
        """Whether it is up."""
        return not self.down

    @property
    def said(self) -> list[str | Command]:
        """All that it heard, in order."""
        return [heard.said for heard in self.heard]

    @property
    def texts(self) -> list[str]:
        """The words that it heard."""
        return [said for said in self.said if isinstance(said, str)]

    @property
    def intents(self) -> list[str]:
        """The commands that it heard, by their intents."""
        return [said.intent for said in self.said if isinstance(said, Command)]

    def wait_to_hear(self, said: str | Command) -> None:
        """Until it has heard this, which a thread beside the turn tells it. Fails if that takes too long."""
        with self._changed:
            assert self._changed.wait_for(lambda: said in self.said, LONG_ENOUGH_S), f"never heard {said}"


class FakeClock:
    """A clock that goes on when a test says so."""

    def __init__(self) -> None:
        """A Wednesday at noon."""
        self.now = datetime(2026, 11, 18, 12, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


@contextmanager
def broken(database: Path) -> Iterator[None]:
    """While it lasts, the file of the database holds no database; then it is what it was."""
    kept = database.read_bytes()
    database.write_bytes(b"a disk that lost its mind " * 400)
    try:
        yield
    finally:
        database.write_bytes(kept)
