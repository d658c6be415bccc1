"""What the gateway remembers of a conversation, and forgetting it. No word of a parent is among it.

The one file that speaks SQL. Rasa keeps its half (slots) in its own table; to forget a conversation is to delete both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"

metadata = sa.MetaData()
conversations = sa.Table(
    "conversation",
    metadata,
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
# Rasa's own table, by the columns that we need of it.
dialogue_events = sa.table("events", sa.column("sender_id"), sa.column("timestamp"))


class StoreUnavailable(Exception):
    """The database cannot be reached or written. A turn goes on without it: an outage costs memory, not an answer."""


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
        """Bring the gateway's schema up to date (Alembic). Raises StoreUnavailable."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with _reported():
            if self.engine.dialect.name == "sqlite":
                with self.engine.connect() as connection:  # kept by the file: readers do not wait for the writer
                    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
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

    def begin(self, memory: Memory) -> None:
        """Keep a new conversation. Raises StoreUnavailable."""
        with _reported(), self.engine.begin() as connection:
            connection.execute(conversations.insert().values(_row(memory)))

    def remember(self, memory: Memory) -> None:
        """Keep a conversation as it stands now. Raises StoreUnavailable.

        One that was wiped while its turn was under way stays wiped, and what the dialogue wrote meanwhile goes too.
        A concern that another message raised meanwhile stays until `told`.
        """
        row = {key: value for key, value in _row(memory).items() if key != "untold" or value}
        with _reported():
            with self.engine.begin() as connection:
                still_there = connection.execute(
                    conversations.update().where(conversations.c.id == memory.id).values(row)
                ).rowcount
            if not still_there:
                self._forget_dialogue(dialogue_events.c.sender_id == memory.id)

    def told(self, memory: Memory) -> None:
        """The dialogue has heard of the concern. Raises StoreUnavailable."""
        with _reported():
            with self.engine.begin() as connection:
                still_there = connection.execute(
                    conversations.update().where(conversations.c.id == memory.id).values(untold=None)
                ).rowcount
            if not still_there:
                self._forget_dialogue(dialogue_events.c.sender_id == memory.id)

    def reachable(self) -> bool:
        """Whether the database answers now."""
        try:
            self.recall("")
        except StoreUnavailable:
            return False
        return True

    def forget(self, conversation: str) -> None:
        """Delete everything of one conversation, in both databases. Raises StoreUnavailable."""
        with _reported():
            with self.engine.begin() as connection:
                connection.execute(conversations.delete().where(conversations.c.id == conversation))
            self._forget_dialogue(dialogue_events.c.sender_id == conversation)

    def purge(self, now: datetime, kept_for: timedelta) -> int:
        """Delete what has not had a turn for `kept_for`, in both databases; how many conversations there were."""
        before = now - kept_for
        with _reported():
            with self.engine.begin() as connection:
                purged: int = connection.execute(
                    conversations.delete().where(conversations.c.last_turn_at < _stored(before))
                ).rowcount
            # by time, not by id: a row that the dialogue wrote after its conversation was wiped goes as well
            self._forget_dialogue(dialogue_events.c.timestamp < before.timestamp())
        return purged

    def _forget_dialogue(self, which: object) -> None:
        """Delete Rasa's half, then what the journals of both databases still hold of what was deleted."""
        if sa.inspect(self.dialogue_engine).has_table(dialogue_events.name):  # Rasa makes it at its first start
            with self.dialogue_engine.begin() as connection:
                connection.execute(sa.delete(dialogue_events).where(which))
        for engine in (self.engine, self.dialogue_engine):
            if engine.dialect.name == "sqlite":
                with engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA busy_timeout=200")  # whoever reads now empties it next time
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _row(memory: Memory) -> dict[str, object]:
    return {**vars(memory), "offered": json.dumps(memory.offered), "last_turn_at": _stored(memory.last_turn_at)}


def _stored(moment: datetime) -> datetime:
    """Times are kept as UTC without a zone, which both databases know."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        raise StoreUnavailable(type(error).__name__) from error


def _engine(url: str) -> Engine:
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        # a database that cannot be reached must cost a turn seconds at most, not the minutes that TCP would wait
        return sa.create_engine(
            address,
            future=True,
            pool_pre_ping=True,
            pool_size=32,
            pool_timeout=2,
            connect_args={"connect_timeout": 2, "tcp_user_timeout": 2000},
        )
    if address.database and not address.database.startswith((":memory:", "file:")):  # a SQLite URI names no folder
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, future=True, connect_args={"timeout": 2, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def tune(connection: Connection, _: object) -> None:
        # deleted rows are overwritten, not left readable in free pages
        for pragma in ("secure_delete=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
