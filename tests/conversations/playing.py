"""Plays a transcript against the running service, and holds every turn to what it says and to what always holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from conversations.transcripts import Step, Transcript
from running_service import Answer, Service, Talk

from bot.content import Content, load_content

# What no parent may read: labels and verdicts, and what shows that a text was not filled in.
NEVER_READ = re.compile(r"\b(?:victims?|abusers?|perpetrators?|stage|scores?|None|null|undefined)\b|[{}]")
NOTHING_GRAVE = ("universal", "self_help", "programme")
JOINT_CHOICES = ("read.", "self_help.more")
JOINT_WORDS = (
    "outcome_universal",
    "outcome_self_help",
    "outcome_programme",
    "offer_join_now",
    "offer_ask_hub",
    "self_help_offer",
    "self_help_piece",
    "self_help_menu",
)


@dataclass(frozen=True)
class Turn:
    """A turn as it was: what the parent did while which question stood, and what came back."""

    step: Step
    typed: str | None
    tapped: str | None
    standing: str | None
    answer: Answer


class Player:
    """One conversation under way."""

    def __init__(self, service: Service, transcript: Transcript) -> None:
        self.content = words()
        self.transcript = transcript
        self.talk = Talk(service, transcript.area)
        self.asked: str | None = None
        self.grave = False
        self.turns: list[Turn] = []

    def play(self) -> list[Turn]:
        """All steps. Raises AssertionError that names the step and shows the end of the conversation."""
        for number, step in enumerate(self.transcript.steps, 1):
            try:
                self._take(step)
            except AssertionError as error:
                raise AssertionError(f"{self.transcript.title}, step {number}: {error}\n\n{self._so_far()}") from None
        return self.turns

    def _take(self, step: Step) -> None:
        if step.answers and not self.turns:
            self._do(step, tapped="start")
        *first, last = [f"{question}.{option}" for question, option in step.answers.items()] or [step.taps]
        for choice in first:
            self._answer_what_is_asked(step, choice)
        if step.answers:
            self._answer_what_is_asked(step, str(last), step.outcome)
        else:
            self._do(step, step.types, step.taps, step.outcome)
        self._expected(step, self.turns[-1])

    def _answer_what_is_asked(self, step: Step, choice: str, outcome: str | None = None) -> None:
        question = choice.partition(".")[0]
        assert self.asked == question, f"{question} is answered, but {self.asked} is asked"
        self._do(step, tapped=choice, outcome=outcome)

    def _do(self, step: Step, typed: str | None = None, tapped: str | None = None, outcome: str | None = None) -> None:
        """Type or tap one thing, and hold what comes back to what always holds."""
        standing = self.asked
        answer = self.talk.say(typed) if typed is not None else self.talk.tap(str(tapped))
        self.turns.append(Turn(step, typed, tapped, standing, answer))
        self._always(answer, step.refused, outcome)

    def _always(self, answer: Answer, refused: str | None, outcome: str | None) -> None:
        """What holds on every turn, whatever is said."""
        assert answer.error == refused, f"refused as {answer.error}, not {refused}"
        if refused:
            assert 400 <= answer.status < 500, answer.status
            return
        assert answer.status == 200, answer.status
        assert answer.replies, "silence"
        assert all(reply["text"].strip() for reply in answer.replies), "a message without words"
        labels = [choice["label"] for reply in answer.replies for choice in reply["choices"]]
        for words_read in (answer.text, *labels):
            assert not (found := NEVER_READ.search(words_read)), f"{found[0]!r} in {words_read!r}"
        assert not self._says("went_wrong", answer), "the honest answer to an outage, but nothing is out"
        assert answer.route == outcome, f"outcome {answer.route}, not {outcome}"
        if answer.route not in (None, *NOTHING_GRAVE):
            self.grave = True
            assert any(contact["phone"] for contact in answer.contacts), "no phone number beside the route"
        if self.grave:
            joint = [choice for choice in answer.choices if choice.startswith(JOINT_CHOICES)]
            joint += [name for name in JOINT_WORDS if self._says(name, answer)]
            assert not joint, f"nothing joint may be offered any more: {joint}"
        self._read_question(answer)
        if answer.route in NOTHING_GRAVE:
            self._in_their_wording(f"outcome_{answer.route}", answer)

    def _read_question(self, answer: Answer) -> None:
        """Which question stands, told by its choices, and in which wording it is asked."""
        asked = [
            question
            for question in self.content.questions
            if any(choice.startswith(f"{question.id}.") for choice in answer.choices)
        ]
        assert len(asked) <= 1, f"several questions at once: {[question.id for question in asked]}"
        self.asked = asked[0].id if asked else None
        if not asked or not self.transcript.parents:
            return
        texts = self.content.texts["en"].questions[asked[0].id]
        if texts.together != texts.apart and not self._says("anything_else", answer):
            wording = getattr(texts, self.transcript.parents).strip()
            assert wording in answer.text, f"{self.asked} is not asked as of parents {self.transcript.parents}"

    def _in_their_wording(self, outcome: str, answer: Answer) -> None:
        """The outcome is worded for parents together, or apart."""
        text = self.content.texts["en"].utterances[outcome]
        if self.transcript.parents and isinstance(text.apart, str):
            wording = text.apart if self.transcript.parents == "apart" else text.all
            assert wording.strip() in answer.text, f"{outcome} is not worded for parents {self.transcript.parents}"

    def _expected(self, step: Step, turn: Turn) -> None:
        """What this step says."""
        answer, standing = turn.answer, turn.standing
        if step.refused:
            return
        assert step.asks in (None, self.asked), f"asks {self.asked}, not {step.asks}"
        for name in step.says:
            assert self._says(name, answer, standing), f"does not say {name}"
        for name in step.never:
            assert not self._says(name, answer, standing), f"says {name}"
        shown = {contact["name"] for contact in answer.contacts}
        for service in step.contacts:
            assert self._name(service) in shown, f"{service} is not among {sorted(shown)}"
        for course in step.offers:
            assert self.content.courses[course][1].title in answer.text, f"{course} is not offered"
        if step.reads:
            assert self.content.texts["en"].self_help[step.reads].title in answer.text, f"{step.reads} is not opened"
        missing = set(step.can_choose) - set(answer.choices)
        assert not missing, f"cannot choose {missing}"
        assert not set(step.cannot_choose) & set(answer.choices), f"can choose {step.cannot_choose}"
        labels = {choice["id"]: choice["label"] for reply in answer.replies for choice in reply["choices"]}
        for question, option in step.lists.items():
            label = self.content.texts["en"].questions[question].options[option].label
            listed = labels.get(f"change.{question}", "nothing")
            assert listed.endswith(f": {label}"), f"{question} is listed as {listed!r}, not {label!r}"

    def _says(self, name: str, answer: Answer, standing: str | None = None) -> bool:
        """Whether the words of an utterance are among the replies."""
        texts = self.content.texts["en"]
        if name == "why_ask" and standing:
            return texts.questions[standing].why.strip() in answer.text
        text = texts.utterances[name]
        wordings = [text.all, *([text.apart] if isinstance(text.apart, str) else [])]
        patterns = [
            "".join(
                ".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", wording.strip())
            )
            for wording in wordings
        ]
        return any(re.search(pattern, reply["text"], re.DOTALL) for pattern in patterns for reply in answer.replies)

    def _name(self, service: str) -> str:
        text = self.content.texts["en"].helplines.get(service)
        return text.name if text and text.name else self.content.helplines[service].name

    def _so_far(self) -> str:
        return "\n".join(
            f"  parent:  {turn.typed if turn.typed is not None else f'[{turn.tapped}]'}\n"
            f"  waymark: {turn.answer.text or turn.answer.error}\n"
            f"           {turn.answer.choices}"
            for turn in self.turns[-3:]
        )


@cache
def words() -> Content:
    """The content, read once."""
    return load_content()
