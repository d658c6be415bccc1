"""The form's own step: take the answer, and say which question comes next."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, content
from bot.content.questionnaire import Option, Question

Events = list[dict[str, Any]]


class ValidateQuestionsForm(Action):
    """Accepts only options that the question has; asks for what is due; says about how many questions are left.

    Rasa calls it with the answers of this turn as the last slots of the tracker, or with none after an interruption.
    """

    def name(self) -> str:
        """The name in the domain."""
        return "validate_questions_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The answers as they are kept, the next question, and the arguments of its wording."""
        answers: Events = []
        for slot, value in tracker.slots_to_validate().items():
            question = content().question(slot)
            if question is not None and value is not None:
                answers += _accept(question, question.option(str(value)), tracker)
                if _was_read_from_own_words(tracker, slot):
                    dispatcher.utter_message(json_message={"utter": "heard_as", "question": slot, "option": value})
        for event in answers:
            tracker.slots[event["name"]] = event["value"]

        conversation = Conversation.of(tracker)
        due, placement = conversation.due, conversation.placement
        arguments = {
            "parents": conversation.parents,
            "left": str(len(due)),
            "placed": float(placement.stage),
            "route": placement.route,
        }
        # Rasa takes any other slot than `requested_slot` for an answer: one that did not change would hide that a
        # message answered nothing, and the interruption would go unheard.
        changed = [SlotSet(slot, value) for slot, value in arguments.items() if tracker.slots.get(slot) != value]
        return [*answers, *changed, SlotSet("requested_slot", due[0] if due else None)]


def _accept(question: Question, option: Option | None, tracker: Tracker) -> Events:
    """Keep a known option; of a question that takes several, add it to what was chosen and leave the question open."""
    if option is None:
        return [SlotSet(question.id, None)]
    ends_it = option.unsure or option == question.options[0]
    if not question.many or ends_it:
        return [SlotSet(question.id, option.id)]
    chosen = (tracker.slots.get("chosen") or "").split()
    return [SlotSet(question.id, None), SlotSet("chosen", " ".join(dict.fromkeys([*chosen, option.id])))]


def _was_read_from_own_words(tracker: Tracker, question_id: str) -> bool:
    entities = (tracker.latest_message or {}).get("entities", [])
    return any(entity.get("extractor") == "AnswerReader" and entity["entity"] == question_id for entity in entities)
