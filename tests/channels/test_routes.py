"""Everything that the gateway answers to. Who adds a way in names the test that guards it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from channels.conftest import Gateway

ROOT = Path(__file__).parents[2]
# What changes something, or takes something from a parent: method, address, and the test that guards it.
GUARDED = {
    ("POST", "/api/messages"): "test_api.py::test_what_cannot_be_read_is_refused_and_said_clearly",
    ("DELETE", "/api/conversations/<conversation>"): "test_api.py::test_what_is_not_there_is_deleted_already",
    ("POST", "/chat"): "test_pages.py::test_bad_input_is_explained_and_the_question_stays",
    ("POST", "/leave"): "test_routes.py::test_leaving_wipes_only_what_the_form_names",
    ("POST", "/help"): "test_routes.py::test_a_page_to_read_takes_nothing_from_a_form",
    (
        "POST",
        "/<any(safety, privacy, accessibility):name>",
    ): "test_routes.py::test_a_page_to_read_takes_nothing_from_a_form",
}
# What can be looked at by anybody: none of it tells anything of anybody.
OPEN = {
    "/",
    "/chat",
    "/help",
    "/<any(safety, privacy, accessibility):name>",
    "/leave",
    "/static/<path:filename>",
    "/healthz",
    "/readyz",
    "/metrics",
}  # the last one to this machine alone (test_metrics.py)


def routes(gateway: Gateway) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in gateway.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_way_in_is_named_here_with_the_test_that_guards_it(gateway: Gateway) -> None:
    ways_in = {(method, rule) for method, rule in routes(gateway) if method != "GET"}
    assert ways_in == set(GUARDED)
    for guard in GUARDED.values():
        file, _, test = guard.partition("::")
        assert re.search(rf"^def {test}\(", (ROOT / "tests/channels" / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_nothing_else_can_be_looked_at(gateway: Gateway) -> None:
    assert {rule for method, rule in routes(gateway) if method == "GET"} == OPEN


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static//etc/passwd",
        "/static/",
        "/static/%00",
        "/webhooks/waymark/turn",
        "/webhooks/rest/webhook",
        "/conversations",
        "/model",
    ],
)
def test_no_file_and_no_back_room_can_be_reached_from_outside(gateway: Gateway, path: str) -> None:
    for method in ("GET", "POST"):
        answer = gateway.client.open(path, method=method, json={"text": "hi"}, follow_redirects=True)
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_wipes_only_what_the_form_names(gateway: Gateway, method: str) -> None:
    mine, another = gateway.begun(), gateway.begun()
    send = getattr(gateway.client, method)
    # an address may be guessed at, shared or kept in a history: nothing is wiped by it
    assert send(f"/leave?conversation={mine}").status_code == 303
    assert gateway.memory(mine)
    assert gateway.client.post("/leave", data={"conversation": mine}).status_code == 303
    assert gateway.store.recall(mine) is None
    assert gateway.memory(another)


@pytest.mark.parametrize("path", ["/help", "/safety", "/privacy", "/accessibility"])
def test_a_page_to_read_takes_nothing_from_a_form(gateway: Gateway, path: str) -> None:
    conversation = gateway.begun()
    before = gateway.memory(conversation)
    answer = gateway.client.post(
        path, data={"conversation": conversation, "text": "<zebra>", "area": "<zebra>", "choice": "leave"}
    )
    assert answer.status_code == 200
    assert "zebra" not in answer.text
    assert gateway.memory(conversation) == before


def test_only_the_gateway_is_told_to_listen_beyond_this_machine() -> None:
    supervised = (ROOT / "supervisord.conf").read_text(encoding="utf-8")
    rasa = re.search(r"^command=.*rasa run.*$", supervised, re.MULTILINE)
    assert rasa
    assert "--interface 127.0.0.1" in rasa.group()
    assert "inet_http_server" not in supervised
    served = (ROOT / "actions/__main__.py").read_text(encoding="utf-8")
    assert 'LOOPBACK = "127.0.0.1"' in served
    assert "host=LOOPBACK" in served
