"""What the slots of a tracker say, in the terms of `bot/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rasa_sdk import Tracker

from bot.content import Content, load_content
from bot.content.questionnaire import Question
from bot.content.shared import Route
from bot.due import asking_order, due
from bot.outcome import wording_for
from bot.place import STAGE_OF_CONCERN, Placement, place


@cache
def content() -> Content:
    """The content of the service, read once a process."""
    return load_content()


@dataclass(frozen=True)
class Conversation:
    """A family's answers, what was disclosed, and how far the placement has risen: its stage and its route."""

    answers: dict[str, str]
    concern: str | None
    closer_first: bool
    placed: int
    route: Route | None
    area: str | None
    needs: tuple[str, ...]

    @classmethod
    def of(cls, tracker: Tracker) -> Conversation:
        """Read it from the slots."""
        slots = tracker.slots
        return cls(
            answers={question.id: slots[question.id] for question in content().questions if slots.get(question.id)},
            concern=slots.get("concern"),
            closer_first=bool(slots.get("closer_first")),
            placed=int(slots.get("placed") or 1),
            route=slots.get("route"),
            area=((tracker.latest_message or {}).get("metadata") or {}).get("area"),
            needs=tuple((slots.get("chosen") or "").split()),
        )

    @property
    def due(self) -> tuple[str, ...]:
        """The questions still to be asked, the next first."""
        return due(
            content().questions,
            self.answers,
            closer_first=self.closer_first,
            floor=max(self.placed, STAGE_OF_CONCERN.get(self.concern or "", 1)),
        )

    @property
    def asking_order(self) -> tuple[Question, ...]:
        """All questions in the order in which they come in this conversation."""
        return asking_order(content().questions, closer_first=self.closer_first)

    @property
    def placement(self) -> Placement:
        """Where the family is placed: never lower than before in this conversation."""
        return place(content().questions, self.answers, concern=self.concern, floor=self.placed, floor_route=self.route)

    @property
    def parents(self) -> str:
        """Which wording fits these parents: `together` or `apart`."""
        return wording_for(self.answers)
