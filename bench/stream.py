"""The messages of parents, the same for both: mostly taps, with words and questions about the service between."""

from __future__ import annotations

import json

from bot.choices import command

TAP, TYPE = "tap", "type"

# To stage 1, 2, 3 and 5; in each a few messages are typed, as parents do.
CONVERSATIONS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        (TAP, "start"),
        (TAP, "safe_to_talk.safe"),
        (TAP, "situation.together"),
        (TYPE, "pretty good most of the time"),
        (TAP, "how_it_ends.sorted"),
        (TAP, "speaking_up.both"),
        (TYPE, "is it free?"),
        (TAP, "children_see.not_much"),
        (TAP, "still_safe.safe"),
        (TAP, "controlled.never"),
        (TAP, "on_edge.never"),
        (TAP, "hurt.never"),
        (TAP, "pressured.never"),
    ),
    (
        (TAP, "start"),
        (TAP, "safe_to_talk.safe"),
        (TAP, "situation.separated"),
        (TAP, "tension.strained"),
        (TYPE, "we go quiet for days"),
        (TAP, "speaking_up.mostly"),
        (TYPE, "why do you ask"),
        (TAP, "children_see.sometimes"),
        (TAP, "still_safe.safe"),
        (TAP, "controlled.never"),
        (TAP, "on_edge.never"),
        (TAP, "hurt.never"),
        (TAP, "pressured.never"),
        (TAP, "what_helps.money"),
    ),
    (
        (TAP, "start"),
        (TAP, "safe_to_talk.safe"),
        (TAP, "situation.separated"),
        (TAP, "tension.very_strained"),
        (TAP, "how_it_ends.same_again"),
        (TYPE, "i bite my tongue to avoid a row"),
        (TAP, "children_see.changed"),
        (TAP, "still_safe.safe"),
        (TYPE, "are you a robot"),
        (TAP, "controlled.never"),
        (TAP, "on_edge.never"),
        (TAP, "hurt.never"),
        (TAP, "pressured.never"),
        (TAP, "what_helps.parenting_apart"),
        (TAP, "children_ages.from_5_to_10"),
        (TAP, "circumstances.father"),
        (TAP, "circumstances.that_is_all"),
    ),
    (
        (TAP, "start"),
        (TAP, "safe_to_talk.safe"),
        (TAP, "situation.together"),
        (TAP, "tension.strained"),
        (TAP, "how_it_ends.left_hanging"),
        (TAP, "speaking_up.hard_for_one"),
        (TAP, "children_see.sometimes"),
        (TYPE, "who can see this"),
        (TAP, "still_safe.safe"),
        (TAP, "controlled.never"),
        (TAP, "on_edge.often"),
    ),
)


def slash(choice: str) -> str:
    """A tap as Rasa's own REST channel takes it: the intent and its entities behind a slash."""
    tapped = command(choice)
    return f"/{tapped.intent}{json.dumps(dict(tapped.entities)) if tapped.entities else ''}"
