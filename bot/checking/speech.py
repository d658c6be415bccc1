"""What the service can say: every utterance has words and leads on; every name that the code speaks by exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot.checking.problems import Places, Problem
from bot.checking.questions import DOMAIN
from bot.choices import command
from bot.content import UTTERANCE_FILES, Content, Texts

FILE = "utterances.yml"
ROOT = DOMAIN.parents[1]
# Where utterances are named in code.
SPEAKERS = ("bot/outcome.py", "actions/**/*.py", "webhooks/**/*.py")
# Takes its words from the questions.
WORDLESS = "ask"
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def problems(content: Content, places: Places) -> Iterator[Problem]:
    """What is wrong with the utterances, their words, and what is offered beside them."""
    domain: dict[str, Any] = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    intents = {intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]}
    for language, texts in content.texts.items():
        yield from _words(content, texts, places)
        for choice in texts.choices:
            if command(choice).intent not in intents:
                yield places.problem(
                    f"the choice {choice!r} means nothing to the dialogue", f"texts/{language}/choices.yml", choice
                )
    for name, utterance in content.utterances.items():
        for listed in utterance.contacts:
            if listed not in content.contacts and listed not in content.helplines:
                yield places.problem(f"{name}: {listed!r} is neither a list in contacts.yml nor a helpline", FILE, name)
        for choice in utterance.choices:
            if command(choice).intent not in intents:
                yield places.problem(f"{name}: the choice {choice!r} means nothing to the dialogue", FILE, name)
    yield from _names_in_code(content)
    yield from _names_in_domain(content, domain)
    yield from _same_keys(content, places)


def _words(content: Content, texts: Texts, places: Places) -> Iterator[Problem]:
    files = [f"texts/{texts.language}/{name}.yml" for name in UTTERANCE_FILES]
    for name in (content.utterances.keys() - {WORDLESS}) - texts.utterances.keys():
        yield places.problem(f"{name!r} has no words in {texts.language!r}", FILE, name)
    for name, text in texts.utterances.items():
        if name not in content.utterances:
            yield places.problem(f"words for {name!r}, which no utterance is called", files, name)
            continue
        said = " ".join(words for words in (text.all, text.apart, text.sms, text.sms_apart) if isinstance(words, str))
        for placeholder in set(PLACEHOLDER.findall(said)) - set(content.utterances[name].uses):
            yield places.problem(f"{name}: nothing fills {{{placeholder}}}", files, name)
    for name, utterance in content.utterances.items():
        for choice in utterance.choices:
            if not _has_label(choice, content, texts):
                yield places.problem(f"{name}: the choice {choice!r} has no words in {texts.language!r}", FILE, name)


def _has_label(choice: str, content: Content, texts: Texts) -> bool:
    name, _, value = choice.partition(".")
    question = content.question(name)
    return (
        choice in texts.choices
        or (name == "area" and value in content.areas)
        or (name == "read" and value in content.self_help)
        or (question is not None and question.option(value) is not None)
    )


def _names_in_code(content: Content) -> Iterator[Problem]:
    for pattern in SPEAKERS:
        for file in sorted(ROOT.glob(pattern)):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                for name, begins in _names(node):
                    if not any(known.startswith(name) if begins else known == name for known in content.utterances):
                        yield Problem(file, getattr(node, "lineno", 1), f"says {name!r}, which no utterance is called")


def _names(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The names after "utter" in a dictionary: (the name, or its beginning; whether it is only the beginning)."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "utter":
                yield from _literals(value)


def _literals(value: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(value, ast.Constant):
        yield str(value.value), False
    elif isinstance(value, ast.IfExp):
        yield from _literals(value.body)
        yield from _literals(value.orelse)
    elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        yield str(value.values[0].value), True


def _names_in_domain(content: Content, domain: dict[str, Any]) -> Iterator[Problem]:
    for response, variants in domain["responses"].items():
        for variant in variants:
            if (name := variant.get("custom", {}).get("utter")) not in content.utterances:
                yield Places(DOMAIN.parent).problem(
                    f"says {name!r}, which no utterance is called", DOMAIN.name, "responses", response
                )


def _same_keys(content: Content, places: Places) -> Iterator[Problem]:
    """Whatever has words of the pages, of choices or of reasons in one language has them in all."""
    for part, file in (("page", "page.yml"), ("reasons", "reasons.yml"), ("choices", "choices.yml")):
        everywhere = {key for texts in content.texts.values() for key in getattr(texts, part)}
        for language, texts in content.texts.items():
            for key in everywhere - getattr(texts, part).keys():
                yield places.problem(f"{key!r} has no words in {language!r}", f"texts/{language}/{file}")
