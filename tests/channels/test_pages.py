"""The web pages as a browser without scripts meets them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from scripted_web import scripted_app

from webhooks.prose import blocks, dial

PATHS = ["/", "/chat", "/help", "/safety", "/privacy", "/accessibility"]
WEBHOOKS = Path(__file__).parents[2] / "webhooks"


@pytest.fixture
def app() -> Flask:
    return scripted_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def begun(client: FlaskClient) -> str:
    """The id of a conversation that has just begun, as the page carries it."""
    page = client.post("/chat", data={"choice": "start"}).text
    found = re.search(r'name="conversation" value="([^"]+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_the_exit_and_the_help_and_leaves_nothing_behind(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'action="/leave"' in answer.text
    assert 'href="/help"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_loaded_from_elsewhere_or_written_into_the_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self' https://www.bbc.co.uk;" in policy
    assert not re.search(r"<style| style=| on[a-z]+=|(?:src|rel=\"stylesheet\" href)=\"(?:https?:)?//", answer.text)


@pytest.mark.parametrize("path", ["/", "/chat", "/help", "/safety"])
def test_the_title_tells_nothing(client: FlaskClient, path: str) -> None:
    assert "<title>Waymark - information</title>" in client.get(path).text


def test_area_and_share_are_carried_along_and_nonsense_is_not(client: FlaskClient) -> None:
    page = client.get("/?area=westminster&share=GP").text
    assert 'name="area" value="westminster"' in page
    assert 'name="share" value="GP"' in page
    assert "/help?area=westminster&amp;share=GP" in page
    assert "script>alert" not in client.get("/?area=<script>alert(1)</script>").text


def test_one_exchange_a_page_without_scripts(app: Flask, client: FlaskClient) -> None:
    conversation = begun(client)
    sent = {"conversation": conversation, "choice": "safe_to_talk.safe", "area": "westminster"}
    page = client.post("/chat", data=sent).text
    assert 'value="tension.strained"' in page
    assert f'value="{conversation}"' in page
    heard = app.extensions["intake"].heard[-1]
    assert (heard.channel, heard.choice, heard.text, heard.area) == ("web", "safe_to_talk.safe", None, "westminster")


def test_typed_words_are_shown_as_words(client: FlaskClient) -> None:
    page = client.post("/chat", data={"conversation": begun(client), "text": "<img src=x onerror=alert(1)>"}).text
    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"text": ""}, "Pick an answer, or write one in the box."),
        ({"text": " \n\t "}, "Pick an answer, or write one in the box."),
        ({}, "Pick an answer, or write one in the box."),
        ({"text": "a" * 100_000}, "too long"),
        ({"choice": "/restart"}, "pick one that you see now"),
        ({"choice": 'slot{"stage":1}'}, "pick one that you see now"),
        ({"choice": "x" * 5000}, "pick one that you see now"),
    ],
)
def test_bad_input_is_explained_and_the_question_stays(client: FlaskClient, data: dict[str, str], problem: str) -> None:
    answer = client.post("/chat", data={"conversation": begun(client), **data})
    assert answer.status_code == 400
    assert problem in answer.text
    assert 'value="safe_to_talk.safe"' in answer.text


@pytest.mark.parametrize("conversation", ["gone", "../../etc/passwd", "x" * 9999, "\u202e"])
def test_an_unknown_conversation_begins_anew_and_keeps_what_was_typed(client: FlaskClient, conversation: str) -> None:
    answer = client.post("/chat", data={"conversation": conversation, "text": "are you there"})
    assert answer.status_code in (200, 400)
    assert "are you there" in answer.text
    assert 'class="choice"' in answer.text


def test_within_a_conversation_the_way_to_a_page_and_back_carries_it(client: FlaskClient) -> None:
    conversation = begun(client)
    page = client.post("/help", data={"conversation": conversation}).text
    assert 'value="where_were_we"' in page
    assert conversation in page
    assert conversation not in re.sub(r'value="[^"]*"', "", page)


def test_help_now_has_numbers_to_tap(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert 'href="tel:999"' in page
    assert 'href="tel:08082000247"' in page
    assert 'href="sms:85258"' in page


def test_leaving_forgets_the_conversation_and_goes_away(app: Flask, client: FlaskClient) -> None:
    conversation = begun(client)
    answer = client.post("/leave", data={"conversation": conversation})
    assert (answer.status_code, answer.headers["Location"]) == (303, "https://www.bbc.co.uk/weather")
    assert app.extensions["intake"].forgotten == [conversation]


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_works_without_a_conversation(app: Flask, client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/leave").status_code == 303
    assert app.extensions["intake"].forgotten == []


def test_leaving_works_when_forgetting_fails(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(conversation: str) -> None:
        raise OSError(f"no store for {conversation}")

    conversation = begun(client)
    monkeypatch.setattr(app.extensions["intake"], "forget", broken)
    assert client.post("/leave", data={"conversation": conversation}).status_code == 303
    assert "OSError" in caplog.text
    assert conversation not in caplog.text


def test_static_files_are_kept_by_version_and_pages_never(client: FlaskClient) -> None:
    styles = re.search(r'href="(/static/style\.css\?v=\w+)"', client.get("/").text)
    assert styles
    for address, kept in ((styles.group(1), True), ("/static/style.css", False), ("/static/nothing.css?v=1", False)):
        with client.get(address) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) is kept


def test_a_form_too_large_to_read_gets_the_numbers_to_call(client: FlaskClient) -> None:
    answer = client.post("/chat", data={"text": "a" * 1_200_000})
    assert answer.status_code == 413
    assert "too long" in answer.text
    assert 'href="tel:999"' in answer.text


@pytest.mark.parametrize(("path", "status"), [("/nothing-here", 404), ("/static/../pages.py", 404), ("/chat", 500)])
def test_a_fault_is_said_in_plain_words_with_the_numbers_to_call(client: FlaskClient, path: str, status: int) -> None:
    answer = client.post(path, data={"text": "break"}) if status == 500 else client.get(path)
    assert answer.status_code == status
    assert 'href="tel:08082000247"' in answer.text
    assert 'action="/leave"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_address_of_the_api_is_not_answered_with_a_page(client: FlaskClient) -> None:
    assert 'action="/leave"' not in client.get("/api/nothing").text


def test_coming_back_after_goodbye_begins_anew_without_a_reproach(client: FlaskClient) -> None:
    answer = client.post("/chat", data={"conversation": "gone", "choice": "come_back"})
    assert answer.status_code == 200
    assert 'value="safe_to_talk.safe"' in answer.text


def test_scripts_and_styles_are_small() -> None:
    files = [path.read_bytes() for path in (WEBHOOKS / "static").iterdir()]
    assert sum(len(gzip.compress(file)) for file in files) < 30_000


def test_no_sentence_stands_in_a_template_or_a_script() -> None:
    for template in (WEBHOOKS / "templates").glob("*.html"):
        marks = r"{% block kind %}\w+|{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>"
        bare = re.sub(marks, " ", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]{2,}", bare), template.name
    for script in (WEBHOOKS / "static").glob("*.js"):
        bare = re.sub(r"^\s*//.*$|\s//\s.*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not re.search(r"""["'`][A-Z][a-z]+ [a-z]+""", bare), script.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\ntwo", ["one", "two"]),
        ("one\nstill one", ["one still one"]),
        ("these:\n- a\n- b\n\nend", ["these:", ["a", "b"], "end"]),
        ("- a\n\n- b", [["a"], ["b"]]),
        ("", []),
    ],
)
def test_text_becomes_paragraphs_and_lists(text: str, expected: list[str | list[str]]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("0808 2000 247", "08082000247"),
        ("999", "999"),
        ("0300 123 1110, option 2", "03001231110"),
        ("+44 20 7641 4000", "+442076414000"),
        ("ask at the desk", ""),
    ],
)
def test_a_number_is_dialled_without_what_stands_around_it(number: str, dialled: str) -> None:
    assert dial(number) == dialled
