"""Interruptions: a question about the service, small talk, what we cannot read. The question then stands again."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.messages import Utterance

Events = list[dict[str, Any]]

# Intents whose utterance has another name than their own.
UTTERANCE_OF = {"greet": "greet_again", "nlu_fallback": "not_understood", "tell_story": "heard"}
# Utterances that end a turn by themselves, with choices of their own.
CLOSING = ("help_now", "other_ways")


class ActionRespond(Action):
    """Answers the interruption by the utterance of the same name as its intent."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_respond"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """With no question standing, the turn ends on what can be done next."""
        intent = (tracker.latest_message or {}).get("intent", {}).get("name") or "nlu_fallback"
        utterance: Utterance = {"utter": UTTERANCE_OF.get(intent, intent)}
        if intent == "why_ask":
            utterance["question"] = tracker.slots.get("requested_slot")
        dispatcher.utter_message(json_message=utterance)
        if not tracker.active_loop_name and utterance["utter"] not in CLOSING:
            dispatcher.utter_message(
                json_message={"utter": "anything_more" if tracker.slots.get("given") else "start_prompt"}
            )
        return []
