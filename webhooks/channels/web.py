"""The web channel: JSON in, JSON out. What cannot be read is a 4xx that says why; nothing is a 500."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, current_app, jsonify, request
from msgspec import Meta
from werkzeug.exceptions import HTTPException

from bot.messages import Inbound, Turn
from webhooks.intake import Intake, TooLong, UnknownArea, UnknownChoice, UnknownConversation
from webhooks.store import StoreUnavailable

api = Blueprint("api", __name__, url_prefix="/api")

LARGEST_BODY = 256 * 1024

STATUS = {
    "not_json": 400,
    "bad_request": 400,
    "empty_message": 400,
    "too_long": 413,
    "unknown_conversation": 404,
    "unknown_choice": 400,
    "unknown_area": 400,
    "not_found": 404,
    "wrong_method": 405,
    "server_error": 503,
}

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,64}\Z")]


class MessageIn(msgspec.Struct, frozen=True):
    """The body of POST /api/messages: typed text or a tapped choice, in a conversation or (null) to begin one."""

    conversation: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")] | None = None
    text: str | None = None
    choice: Key | None = None
    area: Key | None = None
    share: Key | None = None
    language: Key | None = None


@api.post("/messages")
def messages() -> tuple[Response, int] | Response:
    """One message of a parent, answered."""
    request.max_content_length = LARGEST_BODY
    body = request.get_data(cache=False)
    if len(body) >= LARGEST_BODY:  # a body that does not say its length is read so far and no further
        return refused("too_long")
    try:
        message = _read(body)
    except msgspec.ValidationError as error:
        return refused("bad_request", str(error))
    except (ValueError, RecursionError):
        return refused("not_json")
    if message.text is not None and message.choice is not None:
        return refused("bad_request", "either `text` or `choice`, not both")
    text = readable(message.text or "")
    if message.choice is None and not text and not _begins(message):
        return refused("empty_message")
    try:
        turn = _intake().answer(
            Inbound(
                "web",
                message.conversation,
                text or None,
                message.choice or (None if text else "start"),
                message.area,
                message.share,
                message.language,
            )
        )
    except UnknownConversation:
        return refused("unknown_conversation")
    except UnknownChoice:
        return refused("unknown_choice")
    except UnknownArea:
        return refused("unknown_area")
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


def failed(error: HTTPException) -> tuple[Response, int]:
    """What the web server itself found: no such address, a wrong method, a body too large, a fault of ours."""
    status = error.code or 500
    codes = {404: "not_found", 405: "wrong_method", 413: "too_long"}
    return refused(codes.get(status, "server_error" if status >= 500 else "bad_request"))


def readable(text: str) -> str:
    """Text without control characters, which nobody types on purpose; lines and tabs stay as spaces between words."""
    kept = (
        " " if character in "\r\t" else character
        for character in text
        if character in "\n\r\t" or unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")
    )
    return "".join(kept).strip()


def _read(body: bytes) -> MessageIn:
    """The body in its shape. Half an emoji, which a phone may leave behind, must not cost the whole message."""
    try:
        return msgspec.json.decode(body, type=MessageIn)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(body), MessageIn)


def _begins(message: MessageIn) -> bool:
    return message.conversation is None and message.text is None


def _intake() -> Intake:
    intake: Intake = current_app.extensions["intake"]
    return intake
