"""What typed words mean before the dialogue reads them: a choice on offer, an age, or what can always be asked for."""

from __future__ import annotations

from bot.ages import read_ages
from bot.choices import plain, read_choice
from bot.voice import Voice, ways_of_saying
from webhooks.standing import AT_ANY_TIME
from webhooks.store import Memory
from webhooks.turns import is_like_a_command


def read_typed(text: str, memory: Memory, voice: Voice) -> str | None:
    """The id of the choice that typed words mean, or None where the dialogue has to read them."""
    if is_like_a_command(text):
        return None
    asked = voice.content.question(memory.asked or "")
    if asked is not None and (ages := read_ages(text, asked, numbered=memory.channel == "sms")):
        return ages
    said_as = {choice: ways_of_saying(choice, voice) for choice in memory.offered}
    return read_choice(text, memory.offered, said_as) or next(
        (choice for choice in AT_ANY_TIME if _says(text, choice, voice)), None
    )


def is_ordinary_answer(text: str, memory: Memory, voice: Voice) -> bool:
    """Whether the text is, word for word, a reviewed way of giving an ordinary answer to the question that stands.

    "I keep quiet" may mean fear anywhere else; to "can you both say so?" content/questions.yml says what it means.
    """
    question = voice.content.question(memory.asked or "")
    return question is not None and any(
        option.is_ordinary and _says(text, f"{question.id}.{option.id}", voice) for option in question.options
    )


def _says(text: str, choice: str, voice: Voice) -> bool:
    return plain(text) in map(plain, ways_of_saying(choice, voice))
