"""Concerns: noted so that the placement rises and the questions pause, or raised where the dialogue reads one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation
from bot.place import GRAVEST_FIRST, STAGE_OF_CONCERN

Events = list[dict[str, Any]]


class ActionNoteConcern(Action):
    """The gate has answered a disclosure already: its answer is only named again, and the questions pause."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_note_concern"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The concern is kept, the gravest of several. What is uttered lets the gateway know that it was."""
        entities = (tracker.latest_message or {}).get("entities", [])
        concern = next((entity["value"] for entity in entities if entity["entity"] == "concern"), "")
        dispatcher.utter_message(json_message={"utter": f"gate_{concern}"})
        return _noted(tracker, concern)


class ActionNoteCheckIn(Action):
    """The gate noticed something soft: the closer questions come next."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_note_check_in"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Once is enough; the closer questions are asked only once."""
        return [SlotSet("closer_first", True)]


class ActionCheckIn(Action):
    """The dialogue itself noticed something soft: the same line as the gate's, and the closer questions next."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_check_in"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """A soft line with the helpline; nothing is concluded from it."""
        dispatcher.utter_message(json_message={"utter": "check_in"})
        return [SlotSet("closer_first", True)]


class ActionRaiseConcern(Action):
    """The dialogue reads a disclosure that the gate let through: the route at once, and the questions pause."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_raise_concern"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The same answer as the gate's."""
        intent = (tracker.latest_message or {}).get("intent", {}).get("name") or ""
        concern = intent.removeprefix("disclose_")
        dispatcher.utter_message(json_message={"utter": f"gate_{concern}"})
        return _noted(tracker, concern)


def _noted(tracker: Tracker, concern: str) -> Events:
    if concern not in STAGE_OF_CONCERN:
        return []
    gravest = min(filter(None, (tracker.slots.get("concern"), concern)), key=list(GRAVEST_FIRST).index)
    tracker.slots["concern"] = gravest
    placement = Conversation.of(tracker).placement
    return [
        SlotSet("concern", gravest),
        SlotSet("placed", float(placement.stage)),
        SlotSet("route", placement.route),
        ActiveLoop(None),
        SlotSet("requested_slot", None),
    ]
