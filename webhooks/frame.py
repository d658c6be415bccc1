"""What every page stands in: its words, what it carries along, where the exit leads, the files it loads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for

from bot.messages import Contact
from webhooks import prose

if TYPE_CHECKING:
    from bot.content import Content, Texts

_SHAPES = {
    "conversation": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "share": re.compile(r"[A-Za-z0-9_.-]{1,64}"),
    "choice": re.compile(r"[A-Za-z0-9_.-]{1,100}"),
}


@dataclass(frozen=True)
class Carried:
    """What goes along from page to page. The conversation does so in forms only, never in an address."""

    conversation: str | None = None
    area: str | None = None
    share: str | None = None
    language: str | None = None

    @property
    def texts(self) -> Texts:
        """The words of its language."""
        texts: Texts = _content().texts[self.language or "en"]
        return texts


def carried() -> Carried:
    """What the form or the address brings along. An area or a language that there is not is left out."""
    area, language = request.values.get("area"), request.values.get("language")
    return Carried(
        conversation=shaped("conversation", request.form.get("conversation")),
        area=area if area in _content().areas else None,
        share=shaped("share", request.values.get("share")),
        language=language if language in _content().texts else None,
    )


def shaped(name: str, value: str | None) -> str | None:
    """The value if it has the shape that it must have, else nothing."""
    return value if value and _SHAPES[name].fullmatch(value) else None


def frame(along: Carried) -> dict[str, Any]:
    """What `base.html` and the pieces in `parts.html` need."""
    return {
        "words": along.texts.page,
        "language": along.language or "en",
        "direction": along.texts.direction,
        "conversation": along.conversation,
        "query": {key: value for key, value in vars(along).items() if value and key != "conversation"},
        "exit_url": current_app.config["EXIT_URL"],
        "asset": _asset,
    }


def sections(page: str, words: dict[str, str]) -> list[tuple[str, str, str]]:
    """The sections of a page in the order of its words: name, heading, text."""
    names = [key[len(page) + 1 : -len("_heading")] for key in words if re.fullmatch(f"{page}_.+_heading", key)]
    return [(name, words[f"{page}_{name}_heading"], words[f"{page}_{name}_text"]) for name in names]


def help_contacts(along: Carried) -> tuple[Contact, ...]:
    """Whom to call now."""
    return tuple(current_app.extensions["contacts"]("help_now", along.area))


def _content() -> Content:
    content: Content = current_app.extensions["content"]
    return content


def _asset(name: str) -> str:
    """The address of a static file with its version in it, so that browsers may keep it."""
    folder = current_app.blueprints["pages"].static_folder
    return url_for("pages.static", filename=name, v=prose.version(f"{folder}/{name}"))
