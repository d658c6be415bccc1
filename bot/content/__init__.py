"""All content of the service, read from `content/`, checked as it is read, and handed around as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from bot.content.contacts import ContactLists, HoursText
from bot.content.continuum import ContinuumStage
from bot.content.directory import Area, Helpline
from bot.content.programmes import Course, Programme
from bot.content.questionnaire import Question
from bot.content.reading import ContentError, line_of, read
from bot.content.safety import SafetyRules, read_rules
from bot.content.selfhelp import SelfHelp, SelfHelpText
from bot.content.speech import ChoiceText, ContinuumText, CourseText, HelplineText, QuestionText, Text, Utterable

__all__ = ["CONTENT", "Content", "ContentError", "Texts", "load_content"]

CONTENT = Path(__file__).parents[2] / "content"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)
UTTERANCE_FILES = ("conversation", "gate", "outcomes", "service", "offers")


@dataclass(frozen=True)
class Texts:
    """Every word in one language. `direction` is that of its script, for the pages."""

    language: str
    utterances: dict[str, Text]
    questions: dict[str, QuestionText]
    choices: dict[str, ChoiceText]
    helplines: dict[str, HelplineText]
    courses: dict[str, CourseText]
    continuum: dict[str, ContinuumText]
    self_help: dict[str, SelfHelpText]
    reasons: dict[str, str]
    hours: HoursText
    page: dict[str, str]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.page.get("text_direction", "ltr")


@dataclass(frozen=True)
class Content:
    """Questions, utterances, the directory, the safety rules and the words of every language."""

    questions: tuple[Question, ...]
    utterances: dict[str, Utterable]
    continuum: dict[int, ContinuumStage]
    helplines: dict[str, Helpline]
    programmes: dict[str, Programme]
    areas: dict[str, Area]
    contacts: ContactLists
    self_help: dict[str, SelfHelp]
    safety: SafetyRules
    texts: dict[str, Texts]

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

    @cached_property
    def courses(self) -> dict[str, tuple[Programme, Course]]:
        """Every course by its id, with the programme that it belongs to."""
        return {
            course.id: (programme, course) for programme in self.programmes.values() for course in programme.courses
        }


def load_content(folder: Path = CONTENT) -> Content:
    """Read and check everything under `folder`. Raises ContentError with file, line and what is wrong."""
    return Content(
        questions=tuple(by_id(folder / "questions.yml", Question).values()),
        utterances=read(folder / "utterances.yml", dict[str, Utterable]),
        continuum={stage.stage: stage for stage in read(folder / "continuum.yml", list[ContinuumStage])},
        helplines=_merged(by_id(file, Helpline) for file in _files(folder / "helplines")),
        programmes=_one_a_file(folder / "programmes", Programme),
        areas=_one_a_file(folder / "areas", Area),
        contacts=read(folder / "contacts.yml", ContactLists),
        self_help=by_id(folder / "self_help.yml", SelfHelp),
        safety=read_rules(folder / "safety"),
        texts={texts.name: load_texts(texts) for texts in sorted((folder / "texts").iterdir()) if texts.is_dir()},
    )


def load_texts(folder: Path) -> Texts:
    """The words of one language, from a folder named after it."""
    return Texts(
        language=folder.name,
        utterances=_merged(read(folder / f"{name}.yml", dict[str, Text]) for name in UTTERANCE_FILES),
        questions=read(folder / "questions.yml", dict[str, QuestionText]),
        choices=read(folder / "choices.yml", dict[str, ChoiceText]),
        helplines=read(folder / "helplines.yml", dict[str, HelplineText]),
        courses=read(folder / "programmes.yml", dict[str, CourseText]),
        continuum=read(folder / "continuum.yml", dict[str, ContinuumText]),
        self_help={file.stem: read(file, SelfHelpText) for file in _files(folder / "self_help")},
        reasons=read(folder / "reasons.yml", dict[str, str]),
        hours=read(folder / "hours.yml", HoursText),
        page=read(folder / "page.yml", dict[str, str]),
    )


def by_id(file: Path, kind: type[T]) -> dict[str, T]:
    """The entries of a list, by their ids. Raises ContentError where an id stands twice."""
    entries: dict[str, T] = {}
    listed: list[T] = read(file, list[kind])  # type: ignore[valid-type]
    for place, entry in enumerate(listed):
        if entry.id in entries:
            raise ContentError(file, line_of(file, f"$[{place}].id"), f"the id {entry.id!r} stands twice")
        entries[entry.id] = entry
    return entries


def _one_a_file(folder: Path, kind: type[T]) -> dict[str, T]:
    entries: dict[str, T] = {}
    for file in _files(folder):
        entry = read(file, kind)
        if entry.id != file.stem:
            raise ContentError(file, line_of(file, "$.id"), f"the id {entry.id!r} is not the file's name, {file.stem}")
        entries[entry.id] = entry
    return entries


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml"))


U = TypeVar("U")


def _merged(parts: Iterable[dict[str, U]]) -> dict[str, U]:
    merged: dict[str, U] = {}
    for part in parts:
        merged |= part
    return merged
