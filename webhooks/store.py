"""What the gateway remembers of a conversation, and forgetting it. No word of a parent is among it.

The one file that speaks SQL. Rasa keeps its half (slots) in its own table; to forget a conversation is to delete both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"

metadata = sa.MetaData()
conversations = sa.Table(
    "conversation", metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("area", sa.String(64)),
    sa.Column("share", sa.String(64)),
    sa.Column("offered", sa.Text, nullable=False),
    sa.Column("asked", sa.String(64)),
    sa.Column("untold", sa.String(32)),
    sa.Column("last_turn_at", sa.DateTime, nullable=False, index=True),
)
# Rasa's own table, by the one column that we need of it.
dialogue_events = sa.table("events", sa.column("sender_id"))


class StoreUnavailable(Exception):
    """The database cannot be reached or written. A turn goes on without it: an outage may cost memory, not an answer."""


@dataclass(frozen=True)
class Memory:
    """A conversation as the gateway knows it.

    offered: ids of the choices shown last, in order. asked: the question that stands. untold: a concern that the
    dialogue has not heard of yet.
    """

    id: str
    channel: str
    language: str
    last_turn_at: datetime
    area: str | None = None
    share: str | None = None
    offered: tuple[str, ...] = ()
    asked: str | None = None
    untold: str | None = None


class Store:
    """Conversations by id, in SQLite or PostgreSQL."""

    def __init__(self, database_url: str, dialogue_database_url: str) -> None:
        """Opens both databases; the schema is made by `migrate`."""
        self.engine = _engine(database_url)
        self.dialogue_engine = self.engine if dialogue_database_url == database_url else _engine(dialogue_database_url)

    def migrate(self) -> None:
        """Bring the gateway's schema up to date (Alembic)."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def recall(self, conversation: str) -> Memory | None:
        """What is known of the conversation, or None. Raises StoreUnavailable."""
        with _reported(), self.engine.connect() as connection:
            row = connection.execute(sa.select(conversations).where(conversations.c.id == conversation)).first()
        if row is None:
            return None
        known = dict(row._mapping)
        known["offered"] = tuple(json.loads(known["offered"]))
        known["last_turn_at"] = known["last_turn_at"].replace(tzinfo=timezone.utc)
        return Memory(**known)

    def remember(self, memory: Memory) -> None:
        """Keep the conversation as it stands now. Raises StoreUnavailable."""
        values = {**memory.__dict__, "offered": json.dumps(memory.offered),
                  "last_turn_at": memory.last_turn_at.astimezone(timezone.utc).replace(tzinfo=None)}
        with _reported(), self.engine.begin() as connection:
            updated = connection.execute(
                conversations.update().where(conversations.c.id == memory.id).values(values)).rowcount
            if not updated:
                connection.execute(conversations.insert().values(values))

    def told(self, memory: Memory) -> Memory:
        """The dialogue has heard of the concern. Raises StoreUnavailable."""
        with _reported(), self.engine.begin() as connection:
            connection.execute(conversations.update().where(
                conversations.c.id == memory.id, conversations.c.untold == memory.untold).values(untold=None))
        return replace(memory, untold=None)

    def reachable(self) -> bool:
        """Whether the database answers now."""
        try:
            self.recall("")
        except StoreUnavailable:
            return False
        return True

    def exists(self, conversation: str) -> bool:
        """Whether it is still there: it may have been wiped while its last turn was under way."""
        return self.recall(conversation) is not None

    def forget(self, conversation: str) -> None:
        """Delete everything of one conversation, in both databases. Raises StoreUnavailable."""
        with _reported():
            with self.engine.begin() as connection:
                connection.execute(conversations.delete().where(conversations.c.id == conversation))
            self._forget_dialogue([conversation])

    def purge(self, now: datetime, kept_for: timedelta) -> int:
        """Delete the conversations whose last turn is longer ago than `kept_for`; how many there were."""
        before = (now - kept_for).astimezone(timezone.utc).replace(tzinfo=None)
        with _reported():
            with self.engine.begin() as connection:
                old = [row.id for row in connection.execute(
                    sa.select(conversations.c.id).where(conversations.c.last_turn_at < before))]
                connection.execute(conversations.delete().where(conversations.c.last_turn_at < before))
            self._forget_dialogue(old)
        return len(old)

    def _forget_dialogue(self, ids: list[str]) -> None:
        if not ids or not sa.inspect(self.dialogue_engine).has_table("events"):
            return
        with self.dialogue_engine.begin() as connection:
            for start in range(0, len(ids), 500):
                connection.execute(sa.delete(dialogue_events).where(
                    dialogue_events.c.sender_id.in_(ids[start:start + 500])))


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        raise StoreUnavailable(type(error).__name__) from error


def _engine(url: str) -> Engine:
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, future=True, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, future=True, connect_args={"timeout": 2, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def tune(connection: Connection, _: object) -> None:
        # deleted rows are overwritten, not left readable in free pages; readers do not wait for the writer
        for pragma in ("secure_delete=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
