"""The figures for operators: sums only, and for this machine only."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webhooks.metrics import DEGRADED, GATE_SECONDS, ROUTES, TURNS, metrics


@pytest.fixture
def client() -> FlaskClient:
    """The page by itself."""
    app = Flask(__name__)
    app.register_blueprint(metrics)
    return app.test_client()


def test_this_machine_reads_the_sums(client: FlaskClient) -> None:
    TURNS.labels("web").inc()
    ROUTES.labels("self_help").inc()
    DEGRADED.inc()
    GATE_SECONDS.observe(0.003)
    page = client.get("/metrics").get_data(as_text=True)
    for name in (
        'waymark_turns_total{channel="web"}',
        'waymark_routes_total{route="self_help"}',
        "waymark_degraded_answers_total",
        "waymark_gate_seconds_bucket",
    ):
        assert name in page


@pytest.mark.parametrize("caller", ["203.0.113.9", "10.0.0.7", "2001:db8::1"])
def test_another_machine_finds_no_such_page(client: FlaskClient, caller: str) -> None:
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": caller}).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip"])
def test_what_a_proxy_on_this_machine_forwards_is_not_from_this_machine(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404
