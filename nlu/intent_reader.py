"""Read what a parent wants: one of the intents of the training data, or `nlu_fallback` where it is not sure.

Disclosures are weighed together. They are the net behind the gate and the closed questions, with false alarms that
would hurt trust: only a reading that is all but certain opens a route, a likely one is met with a soft line.
"""

from __future__ import annotations

import re
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RESPONSE_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.pipeline import Pipeline

from bot.content import load_content
from nlu.reading import reader

ANSWER = "answer"
STORY = "tell_story"
DISCLOSE = "disclose_"
UNSURE = "nlu_fallback"
SOFT_SIGN = "noticed_something"
# The models learnt from English words; of numbers, faces and other scripts they would make a guess.
ENGLISH = re.compile("[A-Za-z]")
OTHER_LANGUAGE = "ask_language"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentReader(GraphComponent):
    """Sets the intent of a typed message. Answers are read by AnswerReader, which knows the question that stands."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """sure: how likely an intent must be; sure_to_move: the same for those that move or end the conversation.

        raise_at, notice_at: how likely all disclosures together must be.
        """
        return {
            "sure": 0.35,
            "sure_to_move": 0.6,
            "raise_at": 0.9,
            "notice_at": 0.7,
            "moves": ["back", "skip", "change_answer", "start_again", "stop_for_now", "goodbye", "outcome_again"],
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Pipeline | None = None
    ) -> None:
        """model: fitted, or None before training."""
        self.config, self.storage, self.resource, self.model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentReader:
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
    ) -> IntentReader:
        """The reader as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "model.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example. A mild answer counts as a story told: ordinary words that disclose nothing."""
        questions = {question.id: question for question in load_content().questions}
        examples = []
        for message in training_data.intent_examples:
            intent = message.get(INTENT)
            if intent == ANSWER:
                question, _, option = message.get(INTENT_RESPONSE_KEY).partition("/")[2].partition(".")
                answer = questions[question].option(option)
                if answer is None or not answer.is_ordinary:
                    continue
                intent = STORY
            examples.append((message.get(TEXT), intent))
        texts, intents = zip(*examples, strict=True)
        self.model = reader().fit(texts, intents)
        with self.storage.write_to(self.resource) as folder:
            joblib.dump(self.model, folder / "model.joblib")
        return self.resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data passes through unchanged."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that has text."""
        for message in messages:
            intent, likely = self._read(message.get(TEXT) or "")
            message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: likely}, add_to_output=True)
        return messages

    def _read(self, text: str) -> tuple[str, float]:
        if self.model is None:
            return UNSURE, 1.0
        if not ENGLISH.search(text):
            return OTHER_LANGUAGE if any(sign.isalpha() for sign in text) else UNSURE, 1.0
        intents = self.model.classes_
        likely = self.model.predict_proba([text])[0]
        disclosing = np.char.startswith(intents.astype(str), DISCLOSE)
        together = float(likely[disclosing].sum())
        if together >= self.config["raise_at"]:
            return str(intents[np.where(disclosing, likely, 0).argmax()]), together
        if together >= self.config["notice_at"]:
            return SOFT_SIGN, together
        best = np.where(disclosing, 0, likely).argmax()
        intent, confidence = str(intents[best]), float(likely[best])
        enough = self.config["sure_to_move" if intent in self.config["moves"] else "sure"]
        return (intent, confidence) if confidence >= enough else (UNSURE, 1.0)
