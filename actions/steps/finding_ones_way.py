"""Back, change, skip, start again, stop: a parent may always move as they like."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, content
from bot.content.questionnaire import Question

Events = list[dict[str, Any]]

# What outlives a fresh start: what was disclosed, and how far the placement rose.
KEPT_ON_START_AGAIN = ("concern", "placed", "route", "met")


class ActionWelcome(Action):
    """The greeting, before the first question."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_welcome"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Said in full once; whoever starts again is not told everything twice."""
        dispatcher.utter_message(json_message={"utter": "greet_again" if tracker.slots.get("met") else "welcome"})
        return [SlotSet("met", True)]


class ActionResume(Action):
    """Goes on where the parent left off, also after "not now"."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_resume"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answers that stopped the questions are taken back, so that the check is asked again."""
        return [
            SlotSet(question.id, None)
            for question in content().questions
            if (option := question.option(tracker.slots.get(question.id) or "")) and option.stops
        ]


class ActionBack(Action):
    """Asks the question before the one that stands."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The last answer is taken back. Before the first there is nothing to go back to."""
        answered = _answered(tracker)
        if not answered:
            dispatcher.utter_message(json_message={"utter": "nothing_before"})
            return []
        return _taken_back(answered[-1])


class ActionSkip(Action):
    """A skip is an answer with meaning: "rather not say"."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_skip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The unsure option of the question that stands; a question without one is asked again."""
        question = content().question(tracker.slots.get("requested_slot") or "")
        unsure = [option.id for option in question.options if option.unsure] if question else []
        return [SlotSet(question.id, unsure[-1])] if question and unsure else []


class ActionChangeAnswer(Action):
    """Offers the answers given so far; the questions pause until one is chosen or the parent goes on."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_change_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The checks whether it is safe to talk are not among them: they are asked again when it matters."""
        answers = {
            question.id: tracker.slots[question.id]
            for question in _answered(tracker)
            if not any(option.stops for option in question.options)
        }
        if answers:
            dispatcher.utter_message(json_message={"utter": "change_menu", "answers": answers})
        else:
            dispatcher.utter_message(json_message={"utter": "nothing_to_change"})
            dispatcher.utter_message(json_message={"utter": "start_prompt"})
        return [ActiveLoop(None), SlotSet("requested_slot", None)]


class ActionTakeBack(Action):
    """Takes the chosen answer back, so that its question is asked again."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_take_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The placement keeps its height whatever is changed."""
        entities = (tracker.latest_message or {}).get("entities", [])
        chosen = [entity["value"] for entity in entities if entity["entity"] == "change"]
        return [event for question in _answered(tracker) if question.id in chosen for event in _taken_back(question)]


class ActionStartAgain(Action):
    """Forgets the answers and begins again."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_start_again"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """What was disclosed, and how far the placement rose, stays."""
        dispatcher.utter_message(json_message={"utter": "started_again"})
        kept = [SlotSet(name, tracker.slots.get(name)) for name in KEPT_ON_START_AGAIN]
        return [AllSlotsReset(), *kept]


class ActionLeave(Action):
    """Ends neutrally and leaves a way back."""

    def name(self) -> str:
        """The name in the domain."""
        return "action_leave"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """ "Not now" and "leave" end the questions; the answers stay until the conversation is wiped.

        The last check whether it is safe to talk is taken back: whoever comes back is asked again.
        """
        intent = (tracker.latest_message or {}).get("intent", {}).get("name")
        dispatcher.utter_message(json_message={"utter": "goodbye" if intent in ("leave", "goodbye") else "not_now"})
        checks = [question.id for question in _answered(tracker) if any(option.stops for option in question.options)]
        return [*(SlotSet(check, None) for check in checks[-1:]), ActiveLoop(None), SlotSet("requested_slot", None)]


def _answered(tracker: Tracker) -> list[Question]:
    """The answered questions in the order in which they were asked."""
    order = Conversation.of(tracker).asking_order
    return [question for question in order if tracker.slots.get(question.id)]


def _taken_back(question: Question) -> Events:
    return [SlotSet(question.id, None), *([SlotSet("chosen", None)] if question.many else [])]
