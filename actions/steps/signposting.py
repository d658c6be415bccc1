"""Telling a parent where help is: the outcome, the self-help pieces, the area."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, content
from bot.messages import Utterance
from bot.outcome import outcome, pieces_to_read
from bot.place import chosen

Events = list[dict[str, Any]]

MOST_PIECES = 8


class ActionSignpost(Action):
    """Gives the outcome once nothing more is due, or ends neutrally when the parent cannot talk now."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_signpost"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The outcome's utterances. The form has kept the placement already, so that it only rises."""
        conversation = Conversation.of(tracker)
        if any(option.stops for _, option in chosen(content().questions, conversation.answers)):
            dispatcher.utter_message(json_message={"utter": "not_now"})
            return []
        for utterance in _outcome(conversation):
            dispatcher.utter_message(json_message=utterance)
        return [SlotSet("given", True)]


class ActionOutcomeAgain(Action):
    """Says the outcome once more, or that there is none yet."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_outcome_again"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The same utterances as before; nothing is decided anew but the placement's floor."""
        if not tracker.slots.get("given"):
            return _no_outcome_yet(dispatcher, tracker)
        for utterance in _outcome(Conversation.of(tracker)):
            dispatcher.utter_message(json_message=utterance)
        return []


class ActionSelfHelp(Action):
    """Opens one self-help piece, or the list of those that fit. Nobody at stage 4 or above is handed one."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_self_help"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The piece that was asked for, the list, or the way to help."""
        if not tracker.slots.get("given"):
            return _no_outcome_yet(dispatcher, tracker)
        conversation = Conversation.of(tracker)
        pieces = pieces_to_read(content(), conversation.placement, conversation.answers)
        piece = _entity(tracker, "read")
        if not pieces:
            said: Utterance = {"utter": f"outcome_{conversation.placement.route}"}
        elif piece in content().self_help:
            said = {"utter": "self_help_piece", "piece": piece}
        else:
            said = {"utter": "self_help_menu", "pieces": list(pieces[:MOST_PIECES])}
        dispatcher.utter_message(json_message=said)
        return []


class ActionChooseArea(Action):
    """Takes the area, and says whom to ask there."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_choose_area"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The contacts of the area; the gateway, which knows it, sends it with every message."""
        area = Conversation.of(tracker).area
        known = area in content().areas
        dispatcher.utter_message(
            json_message={"utter": "area_known", "area": area} if known else {"utter": "area_elsewhere"}
        )
        return []


def _no_outcome_yet(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Nothing is offered before the questions about safety were asked."""
    dispatcher.utter_message(json_message={"utter": "no_outcome_yet"})
    if not tracker.active_loop_name:
        dispatcher.utter_message(json_message={"utter": "start_prompt"})
    return []


def _outcome(conversation: Conversation) -> tuple[Utterance, ...]:
    return outcome(
        content(),
        conversation.placement,
        conversation.answers,
        also=conversation.needs,
        area=conversation.area,
        today=date.today(),
    )


def _entity(tracker: Tracker, name: str) -> str | None:
    entities = (tracker.latest_message or {}).get("entities", [])
    return next((entity["value"] for entity in entities if entity["entity"] == name), None)
