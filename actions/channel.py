"""The way into Rasa from our own gateway: one loopback route that tells failure from silence.

Rasa's REST channel answers an exception with 200 and whatever was said so far, and logs the parent's text with it.
This one answers 500 without a word of theirs in the log, so that the gateway can give its honest degraded answer.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.checked_once import check_the_schema_of_results_once

logger = logging.getLogger(__name__)

# Rasa takes away every kind of space, then takes text that begins with a slash for a command.
_BEFORE_WORDS = re.compile(r"^[\s/]+")


class LoopbackChannel(InputChannel):
    """POST /webhooks/waymark/turn -> [{utterance}, …], or 500.

    The body holds `conversation`, `metadata`, and either `text` or `command` {intent, entities}. A command is what we
    offered and needs no reading; text is always read as text, so that nothing typed can be a command.
    """

    @classmethod
    def name(cls) -> str:
        """The name under which Rasa mounts the channel."""
        return "waymark"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel: a turn, and a look whether it is there."""
        check_the_schema_of_results_once()
        blueprint = Blueprint("waymark_loopback")

        @blueprint.route("/", methods=["GET"])
        async def here(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            said = CollectingOutputChannel()
            try:
                await on_new_message(_message(request.json, said))
            except Exception as error:  # whatever it is, the gateway must hear of it and the log must not hold words
                logger.error("a turn failed: %s", type(error).__name__)
                return response.json({"error": type(error).__name__}, status=500)
            return response.json([message["custom"] for message in said.messages if "custom" in message])

        return blueprint


def _message(body: dict[str, Any], said: CollectingOutputChannel) -> UserMessage:
    command = body.get("command")
    parsed = command and {
        "text": "",
        "intent": {"name": command["intent"], "confidence": 1.0},
        "intent_ranking": [],
        "entities": [{"entity": name, "value": value} for name, value in command.get("entities", {}).items()],
    }
    text = "" if command else _BEFORE_WORDS.sub("", body["text"])
    return UserMessage(
        text,
        said,
        body["conversation"],
        parse_data=parsed,
        input_channel=LoopbackChannel.name(),
        metadata=body.get("metadata"),
    )
