"""The web channel: JSON in, JSON out. What cannot be read is a 4xx that says why; nothing is a 500."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, current_app, jsonify, request
from msgspec import Meta

from bot.messages import Inbound, Turn
from webhooks.intake import Intake, TooLong, UnknownChoice, UnknownConversation
from webhooks.store import StoreUnavailable

api = Blueprint("api", __name__, url_prefix="/api")

LARGEST_BODY = 256 * 1024

STATUS = {"not_json": 400, "bad_request": 400, "empty_message": 400, "too_long": 413, "unknown_conversation": 404,
          "unknown_choice": 400, "unknown_area": 400, "server_error": 503}

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,100}$")]


class MessageIn(msgspec.Struct, frozen=True):
    """The body of POST /api/messages: typed text or a tapped choice, in a conversation or (null) to begin one."""

    conversation: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    text: str | None = None
    choice: Key | None = None
    area: Key | None = None
    share: Key | None = None
    language: Key | None = None


@api.post("/messages")
def messages() -> tuple[Response, int] | Response:
    """One message of a parent, answered."""
    if (request.content_length or 0) > LARGEST_BODY:
        return refused("too_long")
    body = request.get_data(cache=False)
    try:
        message = msgspec.json.decode(body, type=MessageIn)
    except msgspec.ValidationError as error:
        return refused("bad_request", str(error))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return refused("not_json")
    if message.text is not None and message.choice is not None:
        return refused("bad_request", "either `text` or `choice`, not both")
    text = readable(message.text or "")
    if message.choice is None and not text and not _begins(message):
        return refused("empty_message")
    if message.area is not None and message.area not in current_app.extensions["content"].areas:
        return refused("unknown_area", message.area)
    try:
        turn = _intake().answer(Inbound(
            "web", message.conversation, text or None, message.choice or (None if text else "start"),
            message.area, message.share, message.language))
    except UnknownConversation:
        return refused("unknown_conversation")
    except UnknownChoice:
        return refused("unknown_choice")
    except TooLong:
        return refused("too_long")
    return jsonify(as_json(turn))


@api.delete("/conversations/<conversation>")
def forget(conversation: str) -> tuple[Response, int] | tuple[str, int]:
    """Wipe a conversation. A conversation that is not there is wiped already."""
    try:
        _intake().forget(conversation)
    except StoreUnavailable:
        return refused("server_error")
    return "", 204


def as_json(turn: Turn) -> dict[str, Any]:
    """A turn in the words of the contract."""
    return {
        "conversation": turn.conversation,
        "replies": [asdict(reply) for reply in turn.replies],
        "outcome": {"route": turn.outcome} if turn.outcome else None,
    }


def refused(code: str, detail: str = "") -> tuple[Response, int]:
    """The error in the words of the content; `detail` says where it lies, for whoever writes a client."""
    words = current_app.extensions["content"].texts["en"].page
    message = words.get(f"error_{code}") or words["error_bad_request"]
    return jsonify({"error": {"code": code, "message": f"{message} ({detail})" if detail else message}}), STATUS[code]


def readable(text: str) -> str:
    """Text without control characters, which nobody types on purpose; lines and tabs stay as spaces between words."""
    kept = (" " if character in "\r\t" else character for character in text
            if character in "\n\r\t" or unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn"))
    return "".join(kept).strip()


def _begins(message: MessageIn) -> bool:
    return message.conversation is None and message.text is None


def _intake() -> Intake:
    intake: Intake = current_app.extensions["intake"]
    return intake
