"""The web pages on a conversation that is played from a script: no Rasa, no store, the same shape of answers."""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import yaml
from flask import Flask, Response, jsonify, request

from bot.messages import Choice, Contact, Inbound, Link, Message, Turn
from webhooks.headers import security_headers
from webhooks.intake import TooLong, UnknownConversation
from webhooks.pages import pages

TEXTS = Path(__file__).parents[1] / "content/texts/en"
EMERGENCY = Contact("Police, ambulance or fire", phone="999", hours="Open all day and night", open_now=True)
HELPLINE = Contact(
    "National Domestic Abuse Helpline",
    phone="0808 2000 247",
    url="https://www.nationaldahelpline.org.uk",
    hours="Open all day and night",
    open_now=True,
)
TEXT_LINE = Contact("Shout", text="Text SHOUT to 85258", hours="Open all day and night", open_now=True)
MEN = Contact("Men's Advice Line", phone="0808 801 0327", hours="Closed now. Opens on Monday at 10am", open_now=False)
UNKNOWN_HOURS = Contact("Early Help, Westminster", phone="020 7641 4000", url="https://www.westminster.gov.uk")
QUESTIONS = ("safe_to_talk", "tension", "how_it_ends")
WELCOME = Message(
    "Hello, and welcome. I will ask a few questions about how things are between you, and then show "
    "you what may help. You can stop at any time."
)
OUTCOME = Message(
    "Thank you for telling us. It sounds as if you have both kept things going through a hard patch.\n\n"
    "Three small things that other parents have found to help:\n- Pick a time to talk when nobody is tired.\n"
    "- Say what you need, not what they did.\n- Stop when it gets loud, and say when you will come back to it.",
    (
        Choice("self_help.more", "Show me more like this"),
        Choice("change_answer", "Change an answer"),
        Choice("leave", "That is all for now"),
    ),
    links=(Link("Click: help for couples", "https://click.relate.org.uk"),),
)
DISCLOSURE = Message(
    "What you describe is not all right, and it is not your fault. If you are in danger now, call 999. "
    "If you cannot speak, listen, then press 55.\n\nThese people listen, at any hour, and it is free.",
    (
        Choice("other_ways", "Other ways to get help"),
        Choice("go_on", "Go on with the questions"),
        Choice("leave", "Leave"),
    ),
    contacts=(EMERGENCY, HELPLINE, TEXT_LINE, MEN),
)


class ScriptedIntake:
    """Asks three questions and gives an outcome. Some typed words have an effect: `he hits me`, `slow`, `break`."""

    def __init__(self) -> None:
        self.at: dict[str, int] = {}
        self.heard: list[Inbound] = []
        self.forgotten: list[str] = []
        self.words = yaml.safe_load((TEXTS / "questions.yml").read_text(encoding="utf-8"))

    def answer(self, inbound: Inbound) -> Turn:
        self.heard.append(inbound)
        conversation = inbound.conversation or secrets.token_urlsafe(16)
        if inbound.conversation and conversation not in self.at:
            raise UnknownConversation(conversation)
        if inbound.text and len(inbound.text) > 20_000:
            raise TooLong
        if inbound.text == "slow":
            time.sleep(1.5)
        if inbound.text == "break":
            raise RuntimeError("the script says: break")
        if inbound.text == "he hits me":
            return Turn(conversation, (DISCLOSURE,))
        self.at.setdefault(conversation, -1)
        if inbound.choice != "where_were_we":
            self.at[conversation] += 1
        return self._step(conversation, inbound.choice == "start")

    def forget(self, conversation: str) -> None:
        self.forgotten.append(conversation)
        self.at.pop(conversation, None)

    def _step(self, conversation: str, greet: bool) -> Turn:
        step = self.at[conversation]
        if step >= len(QUESTIONS):
            return Turn(conversation, (OUTCOME,), outcome="self_help")
        question = QUESTIONS[step]
        words = self.words[question]
        choices = (Choice(f"{question}.{option}", text["label"]) for option, text in words["options"].items())
        ask = Message(words["together"], tuple(choices))
        return Turn(conversation, (WELCOME, ask) if greet else (ask,))


def scripted_app(exit_url: str = "https://www.bbc.co.uk/weather", direction: str = "ltr") -> Flask:
    """The pages, the headers and a small copy of the JSON API, all on the script."""
    app = Flask(__name__, static_folder=None)
    app.config.update(EXIT_URL=exit_url, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    page = yaml.safe_load((TEXTS / "page.yml").read_text(encoding="utf-8"))
    intake = ScriptedIntake()
    app.extensions["intake"] = intake
    texts = SimpleNamespace(page=page, direction=direction)
    app.extensions["content"] = SimpleNamespace(texts={"en": texts}, areas={"westminster": None})
    app.extensions["contacts"] = lambda name, area: (EMERGENCY, HELPLINE, TEXT_LINE, MEN, UNKNOWN_HOURS)
    app.register_blueprint(pages)
    app.after_request(security_headers)

    @app.post("/api/messages")
    def messages() -> tuple[Response, int]:
        asked = request.get_json()
        fields = {key: asked.get(key) for key in ("conversation", "text", "choice", "area", "share", "language")}
        try:
            turn = intake.answer(Inbound(channel="web", **fields))
        except UnknownConversation:
            return jsonify(error={"code": "unknown_conversation", "message": page["error_unknown_conversation"]}), 404
        outcome = {"route": turn.outcome} if turn.outcome else None
        replies = [asdict(reply) for reply in turn.replies]
        return jsonify(conversation=turn.conversation, replies=replies, outcome=outcome), 200

    @app.delete("/api/conversations/<conversation>")
    def forget(conversation: str) -> tuple[str, int]:
        intake.forget(conversation)
        return "", 204

    return app
