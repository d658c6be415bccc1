"""The safety rules: each holds on its own examples, not on its counter-examples, and on no everyday answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checking.problems import Places, Problem
from bot.content import Content
from bot.triage import compiled, triage

RULE_FILES = "safety/*.yml"
# Answers that are evidence of this stage or more may well sound like a disclosure: they are one.
GRAVE = 4


def problems(content: Content, places: Places) -> Iterator[Problem]:
    """What is wrong with the rules. They can be read: `bot.checking.phrases.ready_rules` came first."""
    yield from _examples(content, places)
    yield from _everyday_answers(content, places)


def _examples(content: Content, places: Places) -> Iterator[Problem]:
    gate = compiled(content.safety)
    for rule in content.safety.rules:
        for question in rule.asked:
            if content.question(question) is None:
                yield places.problem(f"rule {rule.id}: {question!r} is no question", RULE_FILES, rule.id, "asked")
        asked = rule.asked[0] if rule.asked else None
        for examples, holds, says in (
            (rule.must, True, "does not hold on"),
            (rule.must_not, False, "must not hold on"),
        ):
            for message in examples:
                if (rule in gate.fired(message, asked)[1]) is not holds:
                    yield places.problem(
                        f"rule {rule.id}: {says} {message!r}", RULE_FILES, rule.id, "must" if holds else "must_not"
                    )


def _everyday_answers(content: Content, places: Places) -> Iterator[Problem]:
    """A parent who types the label of an ordinary answer must not be told of helplines.

    Other ways of saying it may open a soft check; that one of them reads as a disclosure is a warning.
    """
    for language, texts in content.texts.items():
        for question in content.questions:
            for option in question.options:
                if (option.stage or 0) >= GRAVE or option.stops:
                    continue
                text = texts.questions[question.id].options[option.id]
                labels = [words for words in (text.label, text.sms) if isinstance(words, str)]
                for words in (*labels, *text.also):
                    found = triage(words, content.safety, question.id)
                    if found.route not in (("none",) if words in labels else ("none", "check_in")):
                        yield places.problem(
                            f"{question.id}.{option.id}: {words!r} reads as {found.route} ({', '.join(found.reasons)})",
                            f"texts/{language}/questions.yml",
                            question.id,
                            "options",
                            option.id,
                            fails=words in labels,
                        )
