"""Rasa's memory of a conversation, kept so that no word of a parent is ever written, and small whatever its length.

Rasa's own store writes every event: the text, what was made of it, and a row more for each step of each turn. Here a
conversation is one row that holds what the next turn needs: the slots (ids of choices), whether the questions are
under way, and that Rasa is listening. So a turn costs the same at the fortieth message as at the first.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

KIND = "conversation"


class PrivateTrackerStore(SQLTrackerStore):
    """Stores slots and the active form of a conversation, and nothing that was said."""

    def __init__(self, domain: Domain, host: str, event_broker: Any = None) -> None:
        """host: a whole SQLAlchemy address, as Rasa hands over the `url` of bot/endpoints.yml."""
        super().__init__(domain, host=host, event_broker=event_broker)
        if self.engine.dialect.name == "sqlite":
            with super().session_scope() as session:
                session.execute("PRAGMA journal_mode=WAL")  # kept by the file: readers do not wait for the writer

    @contextmanager
    def session_scope(self) -> Iterator[Any]:
        """A session; on SQLite what is deleted or replaced is overwritten, not left in free pages."""
        with super().session_scope() as session:
            if self.engine.dialect.name == "sqlite":
                session.execute("PRAGMA secure_delete=ON")
                session.execute("PRAGMA synchronous=NORMAL")
            yield session

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace the conversation's row by what the next turn needs of it."""
        data = json.dumps(essence(tracker))
        with self.session_scope() as session:
            row = session.query(self.SQLEvent).filter_by(sender_id=tracker.sender_id).one_or_none()
            if row is None:
                session.add(
                    self.SQLEvent(
                        sender_id=tracker.sender_id,
                        type_name=KIND,
                        timestamp=time.time(),
                        intent_name=None,
                        action_name=None,
                        data=data,
                    )
                )
            else:
                row.data, row.timestamp = data, time.time()
            session.commit()

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            row = session.query(self.SQLEvent).filter_by(sender_id=sender_id).one_or_none()
            data = row.data if row is not None else None
        if data is None or self.domain is None:
            return None
        return DialogueStateTracker.from_events(sender_id, revived(json.loads(data)), self.domain.slots)


def essence(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What the next turn needs: the slots that are not as they begin, and the form that is under way."""
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    return {"slots": slots, "form": tracker.active_loop_name}


def revived(kept: dict[str, Any]) -> list[Event]:
    """The fewest events that bring a tracker back to where it was, listening: no message among them."""
    form: list[Event] = [ActiveLoop(kept["form"])] if kept["form"] else []
    slots: list[Event] = [SlotSet(name, value) for name, value in kept["slots"].items()]
    return [ActionExecuted("action_session_start"), SessionStarted(), *slots, *form, ActionExecuted("action_listen")]
