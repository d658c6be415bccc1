"""What the gateway remembers, and that forgetting is complete: in SQLite, and in PostgreSQL where there is one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from channels.fakes import broken

from webhooks.__main__ import main
from webhooks.store import MIGRATIONS, Memory, Store, StoreUnavailable, conversations

NOON = datetime(2026, 11, 18, 12, tzinfo=timezone.utc)
A_DAY = timedelta(hours=24)
POSTGRESQL = os.environ.get("TEST_DATABASE_URL")
# The columns of Rasa's own table that matter here (rasa.core.tracker_store.SQLTrackerStore.SQLEvent).
EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("data", sa.Text),
)
FULL = Memory(
    "abc-_123",
    "web",
    "en",
    NOON,
    area="westminster",
    share="gp-7",
    offered=("tension.good", "leave"),
    asked="tension",
    untold="domestic_abuse",
)


def sqlite_store(folder: Path, name: str = "waymark") -> Store:
    return Store(f"sqlite:///{folder}/{name}.sqlite", f"sqlite:///{folder}/dialogue.sqlite")


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL database of our own."""
    if not POSTGRESQL:
        if os.environ.get("WAYMARK_NOTHING_SKIPPED") == "1":
            pytest.fail("TEST_DATABASE_URL is not set, and nothing may be skipped")
        pytest.skip("needs PostgreSQL: set TEST_DATABASE_URL")
    given = sa.engine.make_url(POSTGRESQL)
    name = f"waymark_test_{uuid4().hex[:12]}"
    server = sa.create_engine(given, future=True, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield given.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A migrated store beside the table that Rasa would have made."""
    if request.param == "sqlite":
        made = sqlite_store(tmp_path)
    else:
        address = request.getfixturevalue("postgresql")
        made = Store(address, address)
    made.migrate()
    EVENTS.create(made.dialogue_engine)
    yield made
    made.engine.dispose()
    made.dialogue_engine.dispose()


def rasa_keeps(store: Store, conversation: str, at: datetime = NOON) -> None:
    with store.dialogue_engine.begin() as connection:
        connection.execute(
            EVENTS.insert().values(
                sender_id=conversation, type_name="conversation", timestamp=at.timestamp(), data='[{"event": "slot"}]'
            )
        )


def kept_by_rasa(store: Store) -> list[str]:
    with store.dialogue_engine.connect() as connection:
        return sorted(connection.execute(sa.select(EVENTS.c.sender_id)).scalars())


def test_what_is_begun_is_recalled_as_it_was(store: Store) -> None:
    store.begin(FULL)
    assert store.recall(FULL.id) == FULL
    assert store.recall("another") is None


def test_what_is_remembered_replaces_what_was(store: Store) -> None:
    store.begin(FULL)
    later = replace(FULL, offered=("leave",), asked=None, area=None, last_turn_at=NOON + timedelta(minutes=5))
    store.remember(later)
    assert store.recall(FULL.id) == later


def test_a_time_comes_back_as_the_same_moment_whatever_its_zone(store: Store) -> None:
    store.begin(replace(FULL, last_turn_at=NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))))
    assert store.recall(FULL.id) == FULL


def test_a_concern_stays_until_the_dialogue_was_told(store: Store) -> None:
    store.begin(FULL)
    store.remember(replace(FULL, untold=None))
    assert (store.recall(FULL.id) or FULL).untold == "domestic_abuse"
    store.told(FULL)
    assert store.recall(FULL.id) == replace(FULL, untold=None)


def test_forgetting_takes_one_conversation_from_both_databases_and_no_other(store: Store) -> None:
    for conversation in ("one", "two"):
        store.begin(replace(FULL, id=conversation))
        rasa_keeps(store, conversation)
    store.forget("one")
    assert store.recall("one") is None
    assert store.recall("two") is not None
    assert kept_by_rasa(store) == ["two"]
    store.forget("one")  # gone is gone


@pytest.mark.parametrize("late", [Store.remember, Store.told], ids=["remember", "told"])
def test_what_is_written_late_does_not_bring_a_wiped_conversation_back(store: Store, late: object) -> None:
    store.begin(FULL)
    store.forget(FULL.id)
    rasa_keeps(store, FULL.id)  # its turn was under way
    rasa_keeps(store, "another")
    late(store, FULL)  # type: ignore[operator]
    assert store.recall(FULL.id) is None
    assert kept_by_rasa(store) == ["another"]


def test_the_purge_goes_by_the_time_of_the_last_turn_in_both_databases(store: Store) -> None:
    for conversation, hours in (("old", 25), ("just too old", 24.01), ("just in time", 23.99), ("new", 0)):
        store.begin(replace(FULL, id=conversation, last_turn_at=NOON - timedelta(hours=hours)))
        rasa_keeps(store, conversation, NOON - timedelta(hours=hours))
    rasa_keeps(store, "written after its conversation was wiped", NOON - timedelta(hours=30))
    assert store.purge(NOON, A_DAY) == 2
    assert kept_by_rasa(store) == ["just in time", "new"]
    assert store.recall("just too old") is None
    assert store.recall("just in time") is not None
    assert store.purge(NOON, A_DAY) == 0


def test_before_rasa_has_made_its_table_everything_works(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.migrate()
    store.begin(FULL)
    store.forget(FULL.id)
    assert store.purge(NOON, A_DAY) == 0
    assert store.recall(FULL.id) is None


def test_the_longest_values_that_the_channels_let_in_can_be_kept(store: Store) -> None:
    longest = replace(FULL, id="a" * 64, share="s" * 64, offered=tuple("read." + "p" * 59 for _ in range(40)))
    store.begin(longest)
    assert store.recall(longest.id) == longest


def test_quotes_and_marks_are_values_and_nothing_else(store: Store) -> None:
    odd = replace(FULL, id="'; DROP TABLE conversation; --", offered=('"', "%s", "\u202e"))
    store.begin(odd)
    store.begin(FULL)
    assert store.recall(odd.id) == odd
    store.forget(odd.id)
    assert store.recall(FULL.id) == FULL


# ---- the schema


def test_the_migrations_make_the_table_that_the_code_knows_and_take_it_away_again(store: Store) -> None:
    def columns() -> dict[str, bool]:
        return {column["name"]: column["nullable"] for column in sa.inspect(store.engine).get_columns("conversation")}

    store.migrate()  # a second time changes nothing
    assert columns() == {column.name: column.nullable for column in conversations.columns}
    assert "ix_conversation_last_turn_at" in {
        index["name"] for index in sa.inspect(store.engine).get_indexes("conversation")
    }
    migrated(store, "base")
    assert not sa.inspect(store.engine).has_table("conversation")
    migrated(store, "head")
    store.begin(FULL)
    assert store.recall(FULL.id) == FULL


def migrated(store: Store, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if to == "base" else command.upgrade)(config, to)


# ---- nothing is left on the disk


def test_after_forgetting_no_byte_of_it_is_left_in_the_files(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.migrate()
    EVENTS.create(store.dialogue_engine)
    secret, area = "Zq7-a-secret-conversation", "area-nobody-else-has"
    for conversation in [f"another-{number}" for number in range(40)] + [secret]:
        store.begin(replace(FULL, id=conversation, area=area if conversation == secret else None))
        rasa_keeps(store, conversation)
    store.remember(replace(FULL, id=secret, area=area, offered=("tension.good",) * 300))  # over several pages
    assert secret.encode() in everything_in(tmp_path)
    store.forget(secret)
    for marker in (secret, area):
        assert marker.encode() not in everything_in(tmp_path)
    assert kept_by_rasa(store) == sorted(f"another-{number}" for number in range(40))


def test_after_the_purge_no_byte_is_left_either(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.migrate()
    EVENTS.create(store.dialogue_engine)
    store.begin(replace(FULL, id="purged-conversation"))
    rasa_keeps(store, "purged-conversation")
    store.purge(NOON + timedelta(hours=25), A_DAY)
    assert b"purged-conversation" not in everything_in(tmp_path)


def test_while_others_are_read_a_forgotten_conversation_is_not_left_in_the_journal(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.migrate()
    EVENTS.create(store.dialogue_engine)
    with (
        closing(sqlite3.connect(tmp_path / "waymark.sqlite")) as other,
        closing(sqlite3.connect(tmp_path / "dialogue.sqlite")) as rasa,
    ):
        for reader in (other, rasa):  # whoever holds the file open keeps SQLite from removing its journal
            reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
        store.begin(replace(FULL, id="journalled-conversation"))
        rasa_keeps(store, "journalled-conversation")
        store.forget("journalled-conversation")
        assert b"journalled-conversation" not in everything_in(tmp_path)


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


# ---- the database fails


def unavailable_stores(folder: Path) -> dict[str, Store]:
    never_made = sqlite_store(folder, "never-migrated")
    (folder / "a-folder.sqlite").mkdir()
    return {
        "without its table": never_made,
        "a folder in its place": sqlite_store(folder, "a-folder"),
        "PostgreSQL that is not there": Store("postgresql://nobody@127.0.0.1:9/nothing", "postgresql://127.0.0.1:9/x"),
    }


@pytest.mark.parametrize("which", ["without its table", "a folder in its place", "PostgreSQL that is not there"])
def test_a_database_that_is_not_there_is_told_as_such_by_every_call(tmp_path: Path, which: str) -> None:
    store = unavailable_stores(tmp_path)[which]
    assert not store.reachable()
    for call in (
        lambda: store.recall("x"),
        lambda: store.begin(FULL),
        lambda: store.remember(FULL),
        lambda: store.told(FULL),
        lambda: store.forget("x"),
        lambda: store.purge(NOON, A_DAY),
    ):
        with pytest.raises(StoreUnavailable):
            call()


def test_a_database_that_may_only_be_read_can_be_read(tmp_path: Path) -> None:
    writable = sqlite_store(tmp_path)
    writable.migrate()
    writable.begin(FULL)
    store = Store(f"sqlite:///file:{tmp_path}/waymark.sqlite?mode=ro&uri=true", f"sqlite:///{tmp_path}/dialogue.sqlite")
    assert store.recall(FULL.id) == FULL
    for call in (store.begin, store.remember, store.told):
        with pytest.raises(StoreUnavailable):
            call(FULL)
    with pytest.raises(StoreUnavailable):
        store.forget(FULL.id)


def test_a_database_that_lost_its_mind_is_told_and_serves_again_once_mended(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.migrate()
    store.begin(FULL)
    with broken(tmp_path / "waymark.sqlite"):
        assert not store.reachable()
        with pytest.raises(StoreUnavailable):
            store.migrate()
    assert store.recall(FULL.id) == FULL


def test_whoever_writes_for_long_does_not_keep_readers_waiting(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.migrate()
    store.begin(FULL)
    with closing(sqlite3.connect(tmp_path / "waymark.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM conversation")
        assert store.recall(FULL.id) == FULL
        with pytest.raises(StoreUnavailable):
            store.remember(FULL)
        writer.execute("ROLLBACK")


# ---- the command


def test_the_purge_can_be_called_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{tmp_path}/waymark.sqlite")
    monkeypatch.setenv("WAYMARK_DIALOGUE_DATABASE", f"sqlite:///{tmp_path}/dialogue.sqlite")
    store = sqlite_store(tmp_path)
    store.migrate()
    store.begin(replace(FULL, last_turn_at=datetime.now(timezone.utc) - timedelta(hours=25)))
    store.begin(replace(FULL, id="new", last_turn_at=datetime.now(timezone.utc)))
    assert main(["purge"]) == 0
    assert "purged 1 conversations" in capsys.readouterr().out
    assert store.recall("new") is not None
    with broken(tmp_path / "waymark.sqlite"):
        assert main(["purge"]) == 1
    assert "nothing purged" in capsys.readouterr().err
