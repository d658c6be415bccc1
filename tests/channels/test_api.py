"""The JSON API: its shape to the letter, and a kind answer or a clear refusal to whatever is sent."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels.conftest import Gateway, gateway_in
from channels.fakes import ASK_TENSION, broken
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot.choices import Command
from bot.content import Content

ROUTES = {
    "universal",
    "self_help",
    "programme",
    "helpline",
    "domestic_abuse",
    "specialist",
    "emergency",
    "child_protection",
    "suicide_risk",
    "own_behaviour",
}
TEXT_OR_NONE = (str, type(None))


def post(client: FlaskClient, body: object, **more: str) -> TestResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/api/messages", data=data, content_type=more.get("content_type", "application/json"))


def has_the_shape_of_an_answer(body: dict[str, Any]) -> bool:
    """Every key of the contract and no other, each with its type."""
    assert list(body) == ["conversation", "replies", "outcome"]
    assert isinstance(body["conversation"], str)
    assert body["replies"]
    for reply in body["replies"]:
        assert set(reply) == {"text", "choices", "contacts", "links"}
        assert isinstance(reply["text"], str)
        assert reply["text"]
        for choice in reply["choices"]:
            assert set(choice) == {"id", "label"}
            assert all(isinstance(value, str) and value for value in choice.values())
        for contact in reply["contacts"]:
            assert set(contact) == {"name", "phone", "text", "url", "hours", "open_now"}
            assert isinstance(contact["name"], str)
            assert all(isinstance(contact[key], TEXT_OR_NONE) for key in ("phone", "text", "url", "hours"))
            assert contact["open_now"] in (True, False, None)
        for link in reply["links"]:
            assert set(link) == {"label", "url"}
            assert all(isinstance(value, str) and value for value in link.values())
    if body["outcome"] is not None:
        assert list(body["outcome"]) == ["route"]
        assert body["outcome"]["route"] in ROUTES
    return True


def is_a_clear_refusal(answer: TestResponse) -> bool:
    """A 4xx that says what is wrong, in JSON, with words to show to a parent."""
    assert 400 <= answer.status_code < 500
    assert answer.is_json
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message"}
    assert all(isinstance(value, str) and value for value in answer.json["error"].values())
    return True


# ---- the contract


def test_null_begins_a_conversation_with_a_welcome_and_a_question(gateway: Gateway) -> None:
    answer = post(gateway.client, {"conversation": None, "text": "hello there, who are you"})
    assert answer.status_code == 200
    assert has_the_shape_of_an_answer(answer.json)
    assert answer.json["outcome"] is None
    assert [choice["id"] for reply in answer.json["replies"] for choice in reply["choices"]]


@pytest.mark.parametrize("body", [{}, {"conversation": None}, {"choice": "start"}, {"text": None, "choice": "start"}])
def test_a_conversation_may_begin_without_a_word(gateway: Gateway, body: dict[str, Any]) -> None:
    answer = post(gateway.client, body)
    assert answer.status_code == 200
    assert has_the_shape_of_an_answer(answer.json)
    assert gateway.dialogue.said == [Command("start")]


def test_each_conversation_has_an_id_of_its_own_that_nobody_can_guess(gateway: Gateway) -> None:
    ids = [post(gateway.client, {}).json["conversation"] for _ in range(5)]
    assert len(set(ids)) == 5
    assert all(len(each) >= 22 for each in ids)  # 128 bits in base 64


def test_it_goes_on_in_the_same_conversation(gateway: Gateway) -> None:
    conversation = post(gateway.client, {}).json["conversation"]
    typed = post(gateway.client, {"conversation": conversation, "text": "we live in a flat near the river"})
    tapped = post(gateway.client, {"conversation": conversation, "choice": "tension.strained"})
    for answer in (typed, tapped):
        assert answer.status_code == 200
        assert has_the_shape_of_an_answer(answer.json)
        assert answer.json["conversation"] == conversation
    assert gateway.dialogue.said[1:] == ["we live in a flat near the river", Command("answer", {"tension": "strained"})]


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_the_outcome_is_named_on_the_answer_that_gives_it_and_only_there(gateway: Gateway, route: str) -> None:
    conversation = post(gateway.client, {}).json["conversation"]
    gateway.dialogue.says = lambda said: [{"utter": f"outcome_{route}"}, {"utter": "anything_more"}]
    given_now = post(gateway.client, {"conversation": conversation, "choice": "start"}).json
    assert has_the_shape_of_an_answer(given_now)
    assert given_now["outcome"] == {"route": route}
    gateway.dialogue.says = lambda said: [ASK_TENSION]
    assert post(gateway.client, {"conversation": conversation, "choice": "go_on"}).json["outcome"] is None


def test_a_disclosure_has_its_route_as_outcome_and_names_who_helps(gateway: Gateway) -> None:
    body = post(gateway.client, {"text": "he hits me", "area": "westminster"}).json
    assert has_the_shape_of_an_answer(body)
    assert body["outcome"] == {"route": "domestic_abuse"}
    assert any(contact["phone"] for contact in body["replies"][0]["contacts"])


def test_no_stage_reaches_a_parent(gateway: Gateway) -> None:
    gateway.dialogue.says = lambda said: [{"utter": "outcome_specialist", "stage": 6}]
    answer = post(gateway.client, {"choice": "start"})
    assert "stage" not in answer.text


# ---- deleting


def test_after_deleting_nothing_of_it_is_left_in_either_database(gateway: Gateway) -> None:
    conversation = post(gateway.client, {"text": "hello there you"}).json["conversation"]
    with sqlite3.connect(gateway.dialogue_database) as dialogue:
        dialogue.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp REAL, data TEXT)")
        dialogue.execute("INSERT INTO events VALUES (1, ?, 0, '{}'), (2, 'another', 0, '{}')", [conversation])
    dialogue.close()
    answer = gateway.client.delete(f"/api/conversations/{conversation}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert gateway.store.recall(conversation) is None
    assert rows(gateway.dialogue_database, "SELECT sender_id FROM events") == [("another",)]
    assert rows(gateway.database, "SELECT count(*) FROM conversation") == [(0,)]
    gone = post(gateway.client, {"conversation": conversation, "choice": "go_on"})
    assert (gone.status_code, gone.json["error"]["code"]) == (404, "unknown_conversation")


def rows(database: Path, query: str) -> list[Any]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("conversation", ["never-there", "x" * 500, "%00", "%2e%2e", "' OR 1=1 --", "\u202e\u200f"])
def test_what_is_not_there_is_deleted_already(gateway: Gateway, conversation: str) -> None:
    kept = gateway.begun()
    assert gateway.client.delete(f"/api/conversations/{conversation}").status_code == 204
    assert gateway.memory(kept)


def test_a_conversation_that_cannot_be_deleted_now_is_not_said_to_be(gateway: Gateway) -> None:
    conversation = gateway.begun()
    with broken(gateway.database):
        answer = gateway.client.delete(f"/api/conversations/{conversation}")
    assert answer.status_code == 503
    assert answer.json["error"]["code"] == "server_error"
    assert "999" in answer.json["error"]["message"]


# ---- what cannot be read

MANY = 10_000
REFUSED = {
    "nothing": (b"", "not_json"),
    "not JSON": (b"hello", "not_json"),
    "half of it": (b'{"text": "he', "not_json"),
    "a form": (b"text=hello&choice=start", "not_json"),
    "bytes that are no text": (b'{"text": "\xff\xfe"}', "not_json"),
    "a zero byte": (b'{"text": "a\x00b"}', "not_json"),
    "null": (b"null", "bad_request"),
    "a number": (b"7", "bad_request"),
    "a list": (b'["hello"]', "bad_request"),
    "a string": (b'"hello"', "bad_request"),
    "lists in lists": (b"[" * MANY + b"]" * MANY, "bad_request"),
    "lists in lists in a field": (b'{"x": ' + b"[" * MANY + b"]" * MANY + b"}", "not_json"),
    "objects in objects": (b'{"x": ' * MANY + b"1" + b"}" * MANY, "not_json"),
    "open lists": (b'{"x": ' + b"[" * MANY, "not_json"),
    "a text that is a list": ({"text": ["hello"]}, "bad_request"),
    "a text that is a number": ({"text": 1}, "bad_request"),
    "a text that is a very long number": (b'{"text": ' + b"9" * MANY + b"}", "bad_request"),
    "a choice that is an object": ({"choice": {"id": "start"}}, "bad_request"),
    "a conversation that is a number": ({"conversation": 5, "text": "hi"}, "bad_request"),
    "text and choice": ({"text": "hello", "choice": "start"}, "bad_request"),
    "no text in a conversation": ({"conversation": "abc"}, "empty_message"),
    "empty text": ({"text": ""}, "empty_message"),
    "spaces": ({"text": " \n\t\u00a0\u2003 "}, "empty_message"),
    "control characters": ({"text": "\x00\x01\x1b\x7f\x85"}, "empty_message"),
    "half an emoji": (b'{"text": "\\ud83d"}', "empty_message"),
    "a conversation with a path in it": ({"conversation": "../../etc", "text": "hi"}, "bad_request"),
    "a conversation with a line end": ({"conversation": "abc\n", "text": "hi"}, "bad_request"),
    "a conversation with a zero": ({"conversation": "abc\x00", "text": "hi"}, "bad_request"),
    "an empty conversation": ({"conversation": "", "text": "hi"}, "bad_request"),
    "a conversation of half an emoji": (b'{"conversation": "\\ud83d", "text": "hi"}', "bad_request"),
    "an endless conversation": ({"conversation": "a" * 65, "text": "hi"}, "bad_request"),
    "an unknown conversation": ({"conversation": "abc", "text": "hi"}, "unknown_conversation"),
    "an unknown conversation, tapped": ({"conversation": "abc", "choice": "go_on"}, "unknown_conversation"),
    "an unknown choice": ({"choice": "fly"}, "unknown_choice"),
    "an unknown answer": ({"choice": "tension.wonderful"}, "unknown_choice"),
    "an unknown piece": ({"choice": "read.my_mind"}, "unknown_choice"),
    "a choice with a slash": ({"choice": "/restart"}, "bad_request"),
    "a choice with a payload": ({"choice": 'slot{"stage":1}'}, "bad_request"),
    "an intent of the dialogue": ({"choice": "raise_concern"}, "unknown_choice"),
    "a disclosure as a choice": ({"choice": "disclose_emergency"}, "unknown_choice"),
    "a slot as a choice": ({"choice": "placed.1"}, "unknown_choice"),
    "an unknown area": ({"text": "hello", "area": "atlantis"}, "unknown_area"),
    "an area with a path in it": ({"text": "hello", "area": "../westminster"}, "bad_request"),
    "an endless share": ({"text": "hello", "share": "s" * 65}, "bad_request"),
    "300 kB": ({"text": "a " * 150_000}, "too_long"),
    "100 kB of text": ({"text": "la " * 33_000}, "too_long"),
}


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_and_said_clearly(gateway: Gateway, body: object, code: str) -> None:
    answer = post(gateway.client, body)
    assert is_a_clear_refusal(answer)
    assert answer.json["error"]["code"] == code
    assert gateway.dialogue.heard == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/messages", 405),
        ("PUT", "/api/messages", 405),
        ("DELETE", "/api/messages", 405),
        ("GET", "/api/conversations/abc", 405),
        ("GET", "/api/", 404),
        ("POST", "/api/message", 404),
        ("DELETE", "/api/conversations/", 404),
        ("DELETE", "/api/conversations/a/b", 404),
    ],
)
def test_a_wrong_address_or_method_is_refused_in_json(gateway: Gateway, method: str, path: str, status: int) -> None:
    answer = gateway.client.open(path, method=method)
    assert answer.status_code == status
    assert is_a_clear_refusal(answer)


ANSWERED = {
    "a command": "/restart",
    "a slot command": '/slot{"stage":1}',
    "a concern as a command": '/raise_concern{"concern":"own_behaviour"}',
    "slashes and spaces": " / /restart",
    "a slash behind a space that does not break": "/\u00a0/restart",
    "a slash behind a wide space": "\u3000/\u2003/restart",
    "a slash behind a control character": "\x00/\x1b/restart",
    "a slash on the next line": "hi\n/restart",
    "a separator before the slash": "\u2028/restart",
    "only slashes": "///",
    "emoji only": "\U0001f62d\U0001f62d",
    "a flag and a family": "\U0001f1ec\U0001f1e7\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "right to left": "\u0634\u0631\u064a\u0643\u064a \u0644\u0627 \u064a\u062a\u0643\u0644\u0645",
    "right to left marks": "\u202eabc\u202c",
    "letters with many marks": "h" + "\u0301" * 500,
    "markup": "<script>alert(1)</script>",
    "a template": "{{7*7}} {parents} %s ${HOME}",
    "a query": "'; DROP TABLE conversation; --",
    "one letter 19 thousand times": "a" * 19_000,
}


@pytest.mark.parametrize("text", ANSWERED.values(), ids=ANSWERED)
def test_what_is_odd_is_answered_kindly_and_never_becomes_a_command(gateway: Gateway, text: str) -> None:
    conversation = gateway.begun()
    answer = post(gateway.client, {"conversation": conversation, "text": text})
    assert answer.status_code == 200
    assert has_the_shape_of_an_answer(answer.json)
    assert only_words_were_passed_on(gateway)
    begins = post(gateway.client, {"text": text})
    assert begins.status_code == 200
    assert only_words_were_passed_on(gateway)


# What words may lead to: the choices that a parent can ask for at any time, never what only we may say.
FROM_WORDS = {"start", "checked_in", "where_were_we", "answer"}


def only_words_were_passed_on(gateway: Gateway) -> bool:
    """Whatever kind of space Rasa strips, it does not find a slash first; commands are ours."""
    assert all(not text.strip().startswith("/") for text in gateway.dialogue.texts)
    assert set(gateway.dialogue.intents) <= FROM_WORDS
    return True


def test_half_an_emoji_does_not_cost_a_disclosure(gateway: Gateway) -> None:
    answer = post(gateway.client, b'{"text": "he hits me \\ud83d"}')
    assert answer.status_code == 200
    assert answer.json["outcome"] == {"route": "domestic_abuse"}


@pytest.mark.parametrize(
    "body",
    [
        {"text": "he hits me", "area": "atlantis"},
        {"text": "he hits me", "conversation": "unknown"},
        {"text": "he hits me", "share": "old-link", "language": "tlh"},
        {"text": "he hits me " + "and so on " * 10_000},
    ],
)
def test_no_wrong_id_stands_between_a_disclosure_and_its_answer(gateway: Gateway, body: dict[str, str]) -> None:
    answer = post(gateway.client, body)
    assert answer.status_code == 200
    assert answer.json["outcome"] == {"route": "domestic_abuse"}
    assert answer.json["replies"][0]["contacts"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_json_is_read_whatever_it_is_called(gateway: Gateway, content_type: str) -> None:
    answer = post(gateway.client, {"text": "hello there you"}, content_type=content_type)
    assert answer.status_code == 200


def test_of_a_key_that_stands_twice_the_last_counts(gateway: Gateway) -> None:
    answer = post(gateway.client, b'{"text": "one thing", "text": "another thing altogether"}')
    assert answer.status_code == 200
    assert gateway.dialogue.texts == ["another thing altogether"]


def test_unknown_keys_and_languages_do_no_harm(gateway: Gateway) -> None:
    answer = post(gateway.client, {"text": "hello there you", "language": "tlh", "admin": True, "__proto__": {"a": 1}})
    assert answer.status_code == 200
    assert gateway.memory(answer.json["conversation"]).language == "en"


# ---- properties

KEYS = st.sampled_from(["conversation", "text", "choice", "area", "share", "language", "x"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(
        [
            "start",
            "go_on",
            "tension.good",
            "leave",
            "change.tension",
            "read.x",
            "area.westminster",
            "he hits me",
            "/restart",
        ]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def busy(content: Content) -> Iterator[Gateway]:
    """One gateway for all examples of a property."""
    with tempfile.TemporaryDirectory() as folder:
        yield gateway_in(Path(folder), content)


@given(body=st.dictionaries(KEYS, VALUES, max_size=5) | VALUES)
def test_any_json_is_answered_or_refused(busy: Gateway, body: object) -> None:
    answer = post(busy.client, body)
    assert has_the_shape_of_an_answer(answer.json) if answer.status_code == 200 else is_a_clear_refusal(answer)


@given(body=st.binary(max_size=200))
def test_any_bytes_are_answered_or_refused(busy: Gateway, body: bytes) -> None:
    answer = post(busy.client, body)
    assert has_the_shape_of_an_answer(answer.json) if answer.status_code == 200 else is_a_clear_refusal(answer)


BLANKS = st.text(st.sampled_from("/ \t\n\r\x00\x1c\x1f\x85\u00a0\u1680\u2003\u2028\u202f\u3000\ufeff"), max_size=8)


@given(before=BLANKS, text=st.text(max_size=60))
def test_any_text_is_answered_and_none_becomes_a_command(busy: Gateway, before: str, text: str) -> None:
    conversation = busy.begun()
    busy.dialogue.heard.clear()
    answer = post(busy.client, {"conversation": conversation, "text": f"{before}{text}"})
    if answer.status_code != 200:
        assert is_a_clear_refusal(answer)
        assert answer.json["error"]["code"] == "empty_message"
    assert all(not heard.strip().startswith("/") for heard in busy.dialogue.texts)


# ---- around every answer


@pytest.mark.parametrize("body", [{}, {"text": "he hits me"}, {"text": ""}, {"conversation": "unknown", "text": "hi"}])
def test_nothing_is_left_on_the_device_and_nobody_else_may_show_it(gateway: Gateway, body: dict[str, str]) -> None:
    headers = post(gateway.client, body).headers
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in headers


def test_whoever_watches_over_the_service_learns_which_part_is_down(gateway: Gateway) -> None:
    assert gateway.client.get("/healthz").status_code == 204
    ready = gateway.client.get("/readyz")
    assert (ready.status_code, ready.json) == (200, {"content": True, "store": True, "dialogue": True})
    gateway.dialogue.down = True
    with broken(gateway.database):
        ready = gateway.client.get("/readyz")
        assert gateway.client.get("/healthz").status_code == 204
    assert (ready.status_code, ready.json) == (503, {"content": True, "store": False, "dialogue": False})
