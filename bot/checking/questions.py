"""The questions: known to the dialogue, in words in every language, and asked under conditions that can come true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import UNSET

from bot.checking.problems import Places, Problem
from bot.content import Content
from bot.content.questionnaire import Question

DOMAIN = Path(__file__).parents[1] / "domain.yml"
FILE = "questions.yml"


def problems(content: Content, places: Places) -> Iterator[Problem]:
    """What is wrong with the questions and their words."""
    known = {question.id: question for question in content.questions}
    for question in content.questions:
        yield from _options(question, places)
        yield from _conditions(question, known, places)
    yield from _words(content, places)
    yield from _dialogue(list(known))


def _options(question: Question, places: Places) -> Iterator[Problem]:
    ids = [option.id for option in question.options]
    for option_id in sorted({option_id for option_id in ids if ids.count(option_id) > 1}):
        yield places.problem(f"the option {option_id!r} of {question.id} stands twice", FILE, question.id)
    stages = [option.stage for option in question.options if option.stage is not None]
    if stages != sorted(stages):
        yield places.problem(
            f"the options of {question.id} must stand from the mildest to the gravest", FILE, question.id
        )
    for option in question.options:
        if option.unsure and option.stage is not None:
            yield places.problem(
                f"{question.id}.{option.id} cannot be unsure and evidence of a stage",
                FILE,
                question.id,
                "options",
                option.id,
            )


def _conditions(question: Question, known: dict[str, Question], places: Places) -> Iterator[Problem]:
    for name, condition in question.ask_if.items():
        on_stage = name == "stage"
        if not on_stage and name not in known:
            yield places.problem(
                f"{question.id} is asked depending on {name!r}, which is no question", FILE, question.id, "ask_if", name
            )
            continue
        named = [
            option for options in (condition.any_of, condition.none_of) if options is not UNSET for option in options
        ]
        counted = condition.at_least is not UNSET or condition.at_most is not UNSET
        if (on_stage and named) or (not on_stage and counted):
            yield places.problem(
                f"{question.id}: at_least, at_most are for a stage, any_of, none_of for an answer",
                FILE,
                question.id,
                "ask_if",
                name,
            )
        for option in [] if on_stage else named:
            if known[name].option(option) is None:
                yield places.problem(
                    f"{question.id} is asked depending on {name}.{option}, which is no option",
                    FILE,
                    question.id,
                    "ask_if",
                    name,
                )


def _words(content: Content, places: Places) -> Iterator[Problem]:
    for language, texts in content.texts.items():
        file = f"texts/{language}/questions.yml"
        asked = {question.id: question for question in content.questions}
        for missing in asked.keys() - texts.questions.keys():
            yield places.problem(f"the question {missing!r} has no words in {language!r}", file)
        for name, text in texts.questions.items():
            if name not in asked:
                yield places.problem(f"words for {name!r}, which is no question", file, name)
            elif list(text.options) != [option.id for option in asked[name].options]:
                yield places.problem(
                    f"the options of {name} must be those of questions.yml, in the same order: "
                    f"{', '.join(option.id for option in asked[name].options)}",
                    file,
                    name,
                    "options",
                )


def _dialogue(asked: list[str]) -> Iterator[Problem]:
    """The form of the dialogue asks the same questions, in the same order, and each has its slot and its prompt."""
    domain: dict[str, Any] = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    here = Places(DOMAIN.parent)
    if domain["forms"]["questions_form"]["required_slots"] != asked:
        yield here.problem(
            f"the form must ask the questions of questions.yml, in the same order: {', '.join(asked)}",
            DOMAIN.name,
            "forms",
            "questions_form",
        )
    prompts = {name.removeprefix("utter_ask_") for name in domain["responses"] if name.startswith("utter_ask_")}
    for part, names in (("slots", domain["slots"]), ("entities", domain["entities"]), ("responses", prompts)):
        for name in asked:
            if name not in names:
                yield here.problem(f"the question {name!r} is missing among the {part}", DOMAIN.name, part)
    for name in sorted(prompts - set(asked)):
        yield here.problem(f"asks {name!r}, which is no question", DOMAIN.name, "responses", f"utter_ask_{name}")
