"""Whether the service is up, and whether all of it is: for whoever watches over it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from webhooks.dialogue import Dialogue
from webhooks.store import Store

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> tuple[str, int]:
    """The gateway answers. Help is one request away, whatever else is down."""
    return "", 204


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """Each part by itself: 200 if all are there, 503 if a parent would get the degraded answer."""
    store: Store = current_app.extensions["store"]
    dialogue: Dialogue = current_app.extensions["dialogue"]
    parts = {"content": True, "store": store.reachable(), "dialogue": dialogue.reachable()}
    return jsonify(parts), 200 if all(parts.values()) else 503
