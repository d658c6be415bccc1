"""The gateway, put together by one factory: what has an outside is chosen here or handed in, nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial

from flask import Flask

from bot.contacts import contacts
from bot.content import Content, load_content
from webhooks.channels.web import api
from webhooks.dialogue import Dialogue, RasaDialogue
from webhooks.headers import security_headers
from webhooks.health import health
from webhooks.intake import Intake
from webhooks.metrics import metrics
from webhooks.pages import pages
from webhooks.settings import Settings
from webhooks.store import Store, StoreUnavailable

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(timezone.utc)


def create_app(
    settings: Settings,
    *,
    content: Content | None = None,
    store: Store | None = None,
    dialogue: Dialogue | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Flask:
    """The gateway, with the real content, store, dialogue and clock unless others are handed in.

    Raises ContentError if the content cannot be served.
    """
    app = Flask(__name__, static_folder=None)
    content = content or load_content()
    if store is None:
        store = Store(settings.database_url, settings.dialogue_database_url)
        _migrate(store)
    dialogue = dialogue or RasaDialogue(settings.dialogue_url)

    app.config["EXIT_URL"] = settings.exit_url
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["content"] = content
    app.extensions["store"] = store
    app.extensions["dialogue"] = dialogue
    app.extensions["intake"] = Intake(
        content, store, dialogue, clock, silence=settings.silence, patience_s=settings.dialogue_timeout_s
    )
    app.extensions["contacts"] = partial(_contacts, content, clock)
    _contacts(content, clock, "help_now", None)  # the first reading of the holidays takes half a second: not a parent's
    for blueprint in (pages, api, health, metrics):
        app.register_blueprint(blueprint)
    app.after_request(security_headers)
    return app


def _migrate(store: Store) -> None:
    """Start without a database too: a disclosure still gets its answer. `purge` migrates once the database is back."""
    try:
        store.migrate()
    except StoreUnavailable as error:
        logger.error("starting without a database: %s", error)


def _contacts(content: Content, clock: Callable[[], datetime], name: str, area: str | None) -> object:
    return contacts(name, content, content.texts["en"], area, clock())
