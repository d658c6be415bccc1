"""A real Chromium on the web pages, which are served by a thread with the scripted conversation behind them."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from scripted_web import ScriptedIntake, scripted_app
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker("browser")


@dataclass(frozen=True)
class Site:
    """Where the pages are, where the exit leads, and the application with the script that answers."""

    address: str
    away: str
    app: Flask

    @property
    def intake(self) -> ScriptedIntake:
        intake: ScriptedIntake = self.app.extensions["intake"]
        return intake


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("WAYMARK_NOTHING_SKIPPED") == "1":
            pytest.fail("Chromium is not installed, and nothing may be skipped here")
        pytest.skip("Chromium is not installed: the web pages were not walked in a browser")
    with sync_playwright() as playwright:
        # Playwright switches the back-forward cache off; what Back shows after leaving is tested with it on.
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def away() -> Iterator[str]:
    """The neutral page that the exit leads to."""
    app = Flask("away", static_folder=None, root_path=os.curdir)
    app.add_url_rule("/weather", "weather", lambda: "<!doctype html><title>Weather</title><h1>Sunny spells</h1>")
    with served(app) as address:
        yield f"{address}/weather"


@pytest.fixture
def live_server(away: str) -> Iterator[Site]:
    app = scripted_app(exit_url=away)
    with served(app) as address:
        yield Site(address, away, app)


@pytest.fixture
def visit(browser: Browser, live_server: Site) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh profile; a script error or a refusal by the content policy fails the test."""
    contexts, problems = [], []

    def open_page(path: str = "/", **options: Any) -> Page:
        phone = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
        context = browser.new_context(**{**phone, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(live_server.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve `app` on a free port while the block runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
