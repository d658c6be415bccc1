"""A gateway on real content and a real store in an empty folder, with a dialogue and a clock that a test holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from channels.fakes import FakeClock, FakeDialogue
from flask import Flask
from flask.testing import FlaskClient

from bot.content import Content, load_content
from bot.messages import Inbound, Turn
from webhooks.application import create_app
from webhooks.intake import Intake
from webhooks.settings import Settings
from webhooks.store import Memory, Store

PATIENCE_S = 0.5


@dataclass(frozen=True)
class Gateway:
    """The gateway with all that it is made of."""

    app: Flask
    content: Content
    store: Store
    dialogue: FakeDialogue
    clock: FakeClock
    database: Path
    dialogue_database: Path

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    @property
    def intake(self) -> Intake:
        intake: Intake = self.app.extensions["intake"]
        return intake

    def say(self, text: str, conversation: str | None = None, **more: str) -> Turn:
        return self.intake.answer(Inbound("web", conversation, text, **more))  # type: ignore[arg-type]

    def tap(self, choice: str, conversation: str | None = None, **more: str) -> Turn:
        return self.intake.answer(Inbound("web", conversation, None, choice, **more))  # type: ignore[arg-type]

    def begun(self) -> str:
        """The id of a conversation in which the first question stands."""
        return self.tap("start").conversation

    def memory(self, conversation: str) -> Memory:
        known = self.store.recall(conversation)
        assert known is not None
        return known


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture
def gateway(content: Content, tmp_path: Path) -> Gateway:
    return gateway_in(tmp_path, content)


def gateway_in(folder: Path, content: Content) -> Gateway:
    """A gateway whose databases lie in the folder."""
    database, dialogue_database = folder / "waymark.sqlite", folder / "dialogue.sqlite"
    settings = Settings(f"sqlite:///{database}", f"sqlite:///{dialogue_database}", dialogue_timeout_s=PATIENCE_S)
    store = Store(settings.database_url, settings.dialogue_database_url)
    store.migrate()
    dialogue, clock = FakeDialogue(), FakeClock()
    app = create_app(settings, content=content, store=store, dialogue=dialogue, clock=clock)
    return Gateway(app, content, store, dialogue, clock, database, dialogue_database)
