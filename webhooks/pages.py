"""The web pages: the conversation as plain forms, and the pages around it. No script is needed for them."""

from __future__ import annotations

import logging
from dataclasses import replace

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from bot.messages import Inbound, Message, Turn
from webhooks import prose
from webhooks.channels.web import failed, readable
from webhooks.frame import Carried, carried, frame, help_contacts, sections, shaped
from webhooks.intake import TooLong, UnknownChoice, UnknownConversation

logger = logging.getLogger(__name__)

pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
pages.add_app_template_filter(prose.blocks, "blocks")
pages.add_app_template_filter(prose.dial, "dial")

# The words that the chat's script needs; the exit's script has its own in `base.html`.
SCRIPT_WORDS = (
    "contact_call",
    "contact_website",
    "error_empty_message",
    "error_server_error",
    "error_unknown_conversation",
    "not_sent",
    "offline",
    "print_button",
    "print_heading",
    "print_made_on",
    "print_note",
    "said_by_waymark",
    "said_by_you",
    "try_again",
    "waiting",
)
# What a parent may print: nothing that would tell someone else of fear or harm.
PRINTABLE = ("universal", "self_help", "programme")
LARGEST_FORM = 1024 * 1024
PROBLEMS = {404: "error_not_found", 405: "error_bad_request", 413: "error_too_long", 500: "error_server_error"}


@pages.before_request
def read_no_more() -> None:
    """A form larger than this is refused before it is read."""
    request.max_content_length = LARGEST_FORM


@pages.get("/")
def start() -> str:
    """The page before the first question: what this is, how to leave, what is kept."""
    along = carried()
    return render_template("start.html", **frame(along), sections=sections("start", along.texts.page))


@pages.get("/chat")
def chat() -> str:
    """The conversation before its first exchange: the script asks for it, or the parent presses Start."""
    return _chat(carried())


@pages.post("/chat")
def exchange() -> tuple[str, int] | str:
    """One exchange: the parent's words or choice in, the replies out, all on one page."""
    along, text, asked = carried(), readable(request.form.get("text", "")), request.form.get("choice")
    choice = shaped("choice", asked)
    if asked and choice is None:
        return _problem(along, "error_unknown_choice", text)
    if choice is None and not text:
        return _problem(along, "plain_nothing_picked", text)
    try:
        turn = _answer(along, None if choice else text, choice)
    except TooLong:
        return _problem(along, "error_too_long", text)
    except UnknownChoice:
        return _problem(along, "error_unknown_choice", text)
    except UnknownConversation:
        if choice != "come_back":
            return _problem(along, "error_unknown_conversation", text)
        turn = _answer(replace(along, conversation=None), None, "start")
    return _chat(along, turn, said=None if choice else text)


@pages.route("/help", methods=["GET", "POST"], endpoint="help")
def help_now() -> str:
    """Whom to call, without any conversation."""
    return _article("help", with_contacts=True)


@pages.route("/<any(safety, privacy, accessibility):name>", methods=["GET", "POST"])
def article(name: str) -> str:
    """A page to read, made of the sections that its language has for it."""
    return _article(name)


@pages.route("/leave", methods=["GET", "POST"])
def leave() -> Response:
    """Forget the conversation named in the form, then go to a page that tells nothing."""
    conversation = carried().conversation
    if conversation:
        try:
            current_app.extensions["intake"].forget(conversation)
        except Exception as error:  # leaving must not fail with the store; what is left goes with the daily purge
            logger.error("a conversation could not be forgotten on leaving: %s", type(error).__name__)
    return redirect(current_app.config["EXIT_URL"], code=303)


@pages.app_errorhandler(HTTPException)
def problem_page(error: HTTPException) -> tuple[str | Response, int] | HTTPException:
    """A page that is not there, or a fault: said in plain words, with the numbers to call. The API has its own."""
    if request.path.startswith("/api/"):
        return failed(error)
    if error.code not in PROBLEMS:
        return error
    nothing = Carried()  # the form itself may be what cannot be read
    page = render_template(
        "problem.html", **frame(nothing), contacts=help_contacts(nothing), problem=PROBLEMS[error.code]
    )
    return page, error.code


def _answer(along: Carried, text: str | None, choice: str | None) -> Turn:
    turn: Turn = current_app.extensions["intake"].answer(
        Inbound("web", along.conversation, text, choice, along.area, along.share, along.language)
    )
    return turn


def _problem(along: Carried, problem: str, text: str) -> tuple[str, int]:
    """The page again with what is wrong, what was typed, and the question that is still open, or the first one."""
    try:
        turn = _answer(along, None, "where_were_we" if along.conversation else "start")
    except UnknownConversation:
        problem = "error_unknown_conversation"
        turn = _answer(replace(along, conversation=None), None, "start")
    return _chat(along, turn, problem=problem, text=text), 400


def _chat(along: Carried, turn: Turn | None = None, **shown: str | None) -> str:
    """The page of the conversation after `turn`."""
    if turn:
        along = replace(along, conversation=turn.conversation)
    words = along.texts.page
    replies: tuple[Message, ...] = turn.replies if turn else ()
    return render_template(
        "chat.html",
        **frame(along),
        **shown,
        turn=turn,
        printable=PRINTABLE,
        rescue=help_contacts(along)[:3],
        choices=list({choice.id: choice for reply in replies for choice in reply.choices}.values()),
        script_words={key: words[key] for key in SCRIPT_WORDS},
    )


def _article(name: str, with_contacts: bool = False) -> str:
    along = carried()
    return render_template(
        "article.html",
        **frame(along),
        article=name,
        sections=sections(name, along.texts.page),
        contacts=help_contacts(along) if with_contacts else (),
    )
