"""Choices that always stand, whatever was offered last, and those that are answered without the dialogue."""

from __future__ import annotations

from bot.content import Content

# Answered from content alone, so that help is one tap away also when the dialogue is down.
ANSWERED_HERE = {"help_now": "help_now", "other_ways": "other_ways", "leave": "goodbye"}

# Asked for in words at any time, whatever stands. None of them is a word that might answer a question.
AT_ANY_TIME = (
    "back",
    "skip",
    "why_ask",
    "change_answer",
    "start_again",
    "outcome_again",
    "how_to_join",
    "self_help.more",
    *ANSWERED_HERE,
)

# Taken as a tap at any time; as words ("yes", "no") only where they were offered.
STANDING = ("start", "go_on", "carry_on", "where_were_we", "try_again", "come_back", "not_now", *AT_ANY_TIME)

# After a long silence somebody else may hold the phone: only these are taken at their word.
AFTER_SILENCE = ("carry_on", "not_now", *ANSWERED_HERE)


def is_known(choice: str, content: Content) -> bool:
    """Whether the service has a choice of that id at all."""
    name, _, value = choice.partition(".")
    question = content.question(name)
    return (
        choice in STANDING
        or (question is not None and question.option(value) is not None)
        or (name == "change" and content.question(value) is not None)
        or (name == "read" and value in content.self_help)
        or (name == "area" and (value in content.areas or value == "elsewhere"))
    )
