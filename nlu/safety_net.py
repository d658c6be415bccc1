"""The second safety net: the gate's own reading once more, inside Rasa, where a message came in by any other way.

It can turn any intent into a disclosure, never a disclosure into something else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.content.safety import read_rules
from bot.triage import triage

SOFT = {"check_in", "none"}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class SafetyNet(GraphComponent):
    """Sets the intent `disclose_<route>` on a message that the reviewed rules read as a disclosure."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """rules: the folder of the reviewed rules, from the root of the project."""
        return {"rules": "content/safety"}

    def __init__(self, config: dict[str, Any]) -> None:
        """Reads the rules once; raises ContentError if they cannot be read, so that Rasa does not start without."""
        self.rules = read_rules(Path(config["rules"]))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyNet:
        """The net over the rules as they stand now: a changed rule needs no retraining."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Raise the intent where the rules say so."""
        for message in messages:
            text = message.get(TEXT) or ""
            route = "none" if text.startswith("/") else triage(text, self.rules).route
            if route not in SOFT:
                message.set(
                    INTENT, {INTENT_NAME_KEY: f"disclose_{route}", PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True
                )
        return messages
