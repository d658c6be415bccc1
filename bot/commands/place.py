"""`python -m bot place`: {"answers": {question: choice}} in; out: the stage, the route and the answers behind it."""

from __future__ import annotations

from argparse import Namespace

from msgspec import Struct

from bot.commands.lines import BadLine, answer_lines, read_line
from bot.content import by_id
from bot.content.questionnaire import Question
from bot.place import UnknownAnswer, place


class _Answers(Struct, forbid_unknown_fields=True):
    """A choice may be named alone (`good`) or with its question (`tension.good`), as the buttons do."""

    answers: dict[str, str]


def run(chosen: Namespace) -> int:
    """Place every line by itself: nothing is carried from one to the next."""
    questions = tuple(by_id(chosen.content / "questions.yml", Question).values())

    def answer(line: bytes) -> object:
        answers = read_line(line, _Answers).answers
        bare = {question: choice.removeprefix(f"{question}.") for question, choice in answers.items()}
        try:
            return place(questions, bare)
        except UnknownAnswer as error:
            raise BadLine("unknown_answer", str(error)) from None

    return answer_lines(answer)
