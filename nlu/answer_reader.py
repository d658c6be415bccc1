"""Read an answer given in a parent's own words, among the options of the very question that was asked.

The gateway says in the message's metadata which question stands. One small model for each question is trained on the
examples `answer/<question>.<option>`; a reading that is not sure is left alone, and the question is asked again with
its choices. On the closer questions a mild reading must be all but certain: hearing "never" where it was not said
would take help away.
"""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.pipeline import Pipeline

from nlu.intent_reader import ANSWER, DISCLOSE, SOFT_SIGN, UNSURE
from nlu.reading import reader

# What does not answer the question, learnt from the examples of everything else, one in a few of them.
NO_ANSWER = "no_answer"
ONE_OTHER_IN = 6
# Intents that may well be an answer told as a story; any other clear intent is an interruption and stays one.
MAY_BE_ANSWERS = {UNSURE, SOFT_SIGN, "tell_story", "out_of_scope", "greet", "thanks"}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class AnswerReader(GraphComponent):
    """Adds the entity `<question>: <option>` to a message that answers the question that stands."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """sure: how likely a reading must be; sure_of_mild: the same where a false reading would take help away."""
        return {"sure": 0.5, "sure_of_mild": 0.8, "clear_interruption": 0.6, "mild": ["never", "safe"]}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        readers: dict[str, Pipeline] | None = None,
    ) -> None:
        """readers: a fitted model for each question id."""
        self.config, self.storage, self.resource = config, storage, resource
        self.readers = readers or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerReader:
        """A reader that is yet to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerReader:
        """The reader as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "readers.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit one model a question: the examples of its options, and everything else as no answer to it."""
        answers: dict[str, dict[str, str]] = {}
        everything: list[str] = []
        for message in training_data.intent_examples:
            text, key = message.get(TEXT), message.get(INTENT_RESPONSE_KEY) or ""
            everything.append(text)
            if message.get(INTENT) == ANSWER and "/" in key:
                question, option = key.partition("/")[2].split(".", 1)
                answers.setdefault(question, {})[text] = option
        for question, options in sorted(answers.items()):
            others = [text for text in everything if text not in options][::ONE_OTHER_IN]
            self.readers[question] = reader().fit([*options, *others], [*options.values(), *[NO_ANSWER] * len(others)])
        with self.storage.write_to(self.resource) as folder:
            joblib.dump(self.readers, folder / "readers.joblib")
        return self.resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data passes through unchanged."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the answer where there is one, and call the message an answer."""
        for message in messages:
            question = (message.get("metadata") or {}).get("asked")
            option = self._read(message, question) if question in self.readers else None
            if option is not None:
                message.set(INTENT, {INTENT_NAME_KEY: ANSWER, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
                message.set(
                    ENTITIES, [{"entity": question, "value": option, "extractor": "AnswerReader"}], add_to_output=True
                )
        return messages

    def _read(self, message: Message, question: str) -> str | None:
        intent = message.get(INTENT) or {}
        name, confidence = intent.get(INTENT_NAME_KEY) or "", intent.get(PREDICTED_CONFIDENCE_KEY, 0.0)
        interrupts = name not in MAY_BE_ANSWERS and confidence >= self.config["clear_interruption"]
        if interrupts or name.startswith(DISCLOSE) or not message.get(TEXT):
            return None
        model = self.readers[question]
        likely = model.predict_proba([message.get(TEXT)])[0]
        option = str(model.classes_[likely.argmax()])
        is_mild = option in self.config["mild"]
        if is_mild and name == SOFT_SIGN:
            return None
        enough = self.config["sure_of_mild" if is_mild else "sure"]
        return option if option != NO_ANSWER and likely.max() >= enough else None
