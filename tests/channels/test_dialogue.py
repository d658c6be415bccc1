"""The client of Rasa against servers that do what servers do when something is wrong."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.choices import Command
from webhooks.dialogue import DialogueUnavailable, RasaDialogue

UTTERANCES = [{"utter": "welcome"}, {"utter": "ask", "question": "tension"}]
SECRET = "he hits me"
WITHIN_S = 5.0


@contextmanager
def answering(status: int, body: bytes, heard: list[bytes] | None = None) -> Iterator[str]:
    """The address of a server that gives one answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"]))
            if heard is not None:
                heard.append(said)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def hanging() -> Iterator[str]:
    """The address of a server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which nobody listens."""
    with hanging() as address:
        pass
    yield address


@pytest.fixture
def rasa_at() -> Iterator[Callable[[str], RasaDialogue]]:
    made: list[RasaDialogue] = []

    def make(address: str) -> RasaDialogue:
        made.append(RasaDialogue(address))
        return made[-1]

    yield make
    for dialogue in made:
        dialogue._session.close()


def test_what_was_said_goes_out_as_text_or_as_a_command_and_never_as_both(
    rasa_at: Callable[[str], RasaDialogue],
) -> None:
    heard: list[bytes] = []
    with answering(200, json.dumps(UTTERANCES).encode(), heard) as address:
        rasa = rasa_at(address)
        assert rasa.turn("c1", "/restart", {"area": None}, WITHIN_S) == UTTERANCES
        assert rasa.turn("c1", Command("answer", {"tension": "good"}), {}, WITHIN_S) == UTTERANCES
        assert rasa.reachable()
    assert [json.loads(body) for body in heard] == [
        {"conversation": "c1", "metadata": {"area": None}, "text": "/restart"},
        {"conversation": "c1", "metadata": {}, "command": {"intent": "answer", "entities": {"tension": "good"}}},
    ]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b'[{"utter": "welcome"}]'),
        (404, b"[]"),
        (200, b""),
        (200, b"<html>"),
        (200, b"null"),
        (200, b"{}"),
        (200, b'["welcome"]'),
        (200, b'[{"text": "hello"}]'),
        (200, b'[{"utter": "welcome"}, 7]'),
        (200, b"\xff"),
    ],
)
def test_any_other_answer_counts_as_none(rasa_at: Callable[[str], RasaDialogue], status: int, body: bytes) -> None:
    with answering(status, body) as address, pytest.raises(DialogueUnavailable) as failed:
        rasa_at(address).turn("c1", SECRET, {}, WITHIN_S)
    assert SECRET not in str(failed.value)


@pytest.mark.parametrize("server", [nobody, hanging])
def test_whoever_does_not_answer_is_left_in_time_and_nothing_said_is_in_the_error(
    rasa_at: Callable[[str], RasaDialogue],
    server: Callable[[], contextmanager[str]],  # type: ignore[type-arg]
) -> None:
    with server() as address:
        rasa = rasa_at(address)
        began = time.monotonic()
        with pytest.raises(DialogueUnavailable) as failed:
            rasa.turn("c1", SECRET, {}, 0.3)
        assert time.monotonic() - began < WITHIN_S
        assert not rasa.reachable()
    assert SECRET not in str(failed.value)
    assert failed.value.__cause__ is None


def test_without_time_left_nothing_is_even_asked(rasa_at: Callable[[str], RasaDialogue]) -> None:
    heard: list[bytes] = []
    with answering(200, b"[]", heard) as address, pytest.raises(DialogueUnavailable):
        rasa_at(address).turn("c1", SECRET, {}, -0.1)
    assert heard == []


def test_no_proxy_of_the_environment_comes_between(
    rasa_at: Callable[[str], RasaDialogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with answering(200, json.dumps(UTTERANCES).encode()) as address:
        assert rasa_at(address).turn("c1", SECRET, {}, WITHIN_S) == UTTERANCES
