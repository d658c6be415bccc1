"""Figures for whoever keeps the service running: sums since the start of the process, and nothing about a person."""

from __future__ import annotations

import ipaddress

from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

metrics = Blueprint("metrics", __name__)

TURNS = Counter("waymark_turns", "Messages answered", ["channel"])
ROUTES = Counter("waymark_routes", "Routes given, by the gate or as an outcome", ["route"])
DEGRADED = Counter("waymark_degraded_answers", "Answers given without the dialogue because it failed")
GATE_SECONDS = Histogram(
    "waymark_gate_seconds",
    "How long the safety gate reads a message",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5),
)

# A proxy on this machine speaks from the loopback address for everybody: what it forwards is not from here.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


@metrics.get("/metrics")
def figures() -> Response:
    """The figures in Prometheus's format, to this machine alone; to anybody else there is no such page."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 (an unknown caller, not a binding)
    if not address.is_loopback or any(header in request.headers for header in FORWARDED):
        abort(404)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
