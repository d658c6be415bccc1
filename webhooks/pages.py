"""The web pages: the conversation as plain forms, and the pages around it. Scripts make them smoother, never possible.

A conversation's id travels in forms and never in an address, so no history, log or bookmark holds it.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.messages import Contact, Inbound, Message, Turn
from webhooks import prose

if TYPE_CHECKING:
    from bot.content import Texts

log = logging.getLogger(__name__)

pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
pages.add_app_template_filter(prose.blocks, "blocks")
pages.add_app_template_filter(prose.dial, "dial")

# The words that the chat's script needs; the exit's script has its own in `exit.html`.
SCRIPT_WORDS = (
    "contact_call", "contact_closed_now", "contact_hours", "contact_open_now", "contact_text", "contact_website",
    "error_empty_message", "error_server_error", "error_unknown_conversation", "not_sent", "offline", "print_button",
    "print_heading", "print_made_on", "print_note", "said_by_waymark", "said_by_you", "try_again", "waiting",
)
# What a parent may print: nothing that would tell someone else of fear or harm.
PRINTABLE = ("universal", "self_help", "programme")
MAX_TEXT = 4000

_SHAPES = {
    "conversation": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "area": re.compile(r"[a-z0-9-]{1,48}"),
    "share": re.compile(r"[A-Za-z0-9_-]{1,48}"),
    "language": re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?"),
    "choice": re.compile(r"[a-z0-9_.-]{1,100}"),
}


@dataclass(frozen=True)
class Carried:
    """What goes along from page to page."""

    conversation: str | None
    area: str | None
    share: str | None
    language: str | None


@pages.get("/")
def start() -> str:
    """The page before the first question: what this is, how to leave, what is kept."""
    return _page("start.html", sections=_sections("start"))


@pages.get("/chat")
def chat() -> str:
    """The conversation before its first exchange: the script asks for it, or the parent presses Start."""
    return _page("chat.html")


@pages.post("/chat")
def exchange() -> tuple[str, int] | str:
    """One exchange: the parent's words or choice in, the replies out, all on one page."""
    text = request.form.get("text", "")
    choice = _field("choice", request.form.get("choice"))
    carried = _carried()
    if choice is None and request.form.get("choice"):
        return _problem(carried, "error_unknown_choice", text)
    if choice is None and not text.strip():
        return _problem(carried, "plain_nothing_picked", "")
    if len(text) > MAX_TEXT:
        return _problem(carried, "error_too_long", text[:MAX_TEXT])
    try:
        turn = _answer(carried, None if choice else text, choice)
    except LookupError:
        return _problem(carried, "error_unknown_conversation", text)
    return _page("chat.html", turn=turn, said=None if choice else text)


@pages.route("/help", methods=["GET", "POST"], endpoint="help")
def help_now() -> str:
    """Whom to call, without any conversation."""
    return _page("article.html", article="help", sections=_sections("help"), contacts=_help_contacts())


@pages.route("/<any(safety, privacy, accessibility):name>", methods=["GET", "POST"])
def article(name: str) -> str:
    """A page to read, made of the sections that its language has for it."""
    return _page("article.html", article=name, sections=_sections(name))


@pages.route("/leave", methods=["GET", "POST"])
def leave() -> Response:
    """Forget the conversation named in the form, then go to a page that tells nothing."""
    conversation = _carried().conversation
    if conversation:
        try:
            current_app.extensions["intake"].forget(conversation)
        except Exception as error:  # leaving must not fail with the store; what is left goes with the daily purge
            log.error("a conversation could not be forgotten on leaving: %s", type(error).__name__)
    return redirect(current_app.config["EXIT_URL"], code=303)


def _answer(carried: Carried, text: str | None, choice: str | None) -> Turn:
    turn: Turn = current_app.extensions["intake"].answer(Inbound(
        channel="web", conversation=carried.conversation, text=text, choice=choice,
        area=carried.area, share=carried.share, language=carried.language))
    return turn


def _problem(carried: Carried, problem: str, text: str) -> tuple[str, int]:
    """The page again with what is wrong, what was typed, and the question that is still open, or the first one."""
    try:
        turn = _answer(carried, None, "where_were_we" if carried.conversation else "start")
    except LookupError:
        problem = "error_unknown_conversation"
        turn = _answer(replace(carried, conversation=None), None, "start")
    return _page("chat.html", turn=turn, problem=problem, text=text), 400


def _page(template: str, turn: Turn | None = None, **context: Any) -> str:
    carried, words = _carried(), _words()
    replies: tuple[Message, ...] = turn.replies if turn else ()
    return render_template(
        template, words=words, language=_language(), direction=_texts().direction, turn=turn,
        conversation=turn.conversation if turn else carried.conversation,
        query={key: value for key, value in vars(carried).items() if value and key != "conversation"},
        choices=list({choice.id: choice for reply in replies for choice in reply.choices}.values()),
        exit_url=current_app.config["EXIT_URL"], asset=_asset, printable=PRINTABLE,
        rescue=_help_contacts()[:3] if template == "chat.html" else (),
        script_words={key: words[key] for key in SCRIPT_WORDS}, **context)


def _language() -> str:
    """The language asked for, if there are words in it."""
    asked = _carried().language
    return asked if asked and asked in current_app.extensions["content"].texts else "en"


def _texts() -> Texts:
    texts: Texts = current_app.extensions["content"].texts[_language()]
    return texts


def _words() -> dict[str, str]:
    return _texts().page


def _sections(page: str) -> list[tuple[str, str, str]]:
    """The sections of a page in the order of its words: name, heading, text."""
    words = _words()
    names = [key[len(page) + 1:-len("_heading")] for key in words if re.fullmatch(f"{page}_.+_heading", key)]
    return [(name, words[f"{page}_{name}_heading"], words[f"{page}_{name}_text"]) for name in names]


def _help_contacts() -> tuple[Contact, ...]:
    return tuple(current_app.extensions["contacts"]("help_now", _carried().area))


def _carried() -> Carried:
    values = {key: _field(key, request.values.get(key)) for key in ("area", "share", "language")}
    return Carried(conversation=_field("conversation", request.form.get("conversation")), **values)


def _field(name: str, value: str | None) -> str | None:
    """The value if it has the shape that it must have, else nothing."""
    return value if value and _SHAPES[name].fullmatch(value) else None


def _asset(name: str) -> str:
    """The address of a static file with its version in it, so that browsers may keep it."""
    return url_for("pages.static", filename=name, v=prose.version(f"{pages.static_folder}/{name}"))
