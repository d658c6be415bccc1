"""Writes docs/conversations.md: every conversation as a parent reads it, played against the running service.

    make conversations

Waymark's own words stand in quotation lines. All other lines follow from the transcripts alone; a test compares them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from conversations.playing import Player, Turn, words
from conversations.transcripts import Chapter, Step, Transcript, chapters
from running_service import ROOT, Service

from bot.voice import Voice, ways_of_saying

PAGE = ROOT / "docs" / "conversations.md"
HEAD = """# Conversations

What parents say, and what Waymark answers: conversations that the tests play against the whole service each time they
run. The page is for people who look after safety, and for anyone who wants to know how Waymark speaks. It is written
by `make conversations` from `tests/conversations/*.yml`; whoever wants another conversation here adds it there.

Which of several helplines comes first depends on who is open; opening hours are left out. Where a long answer has
stood on this page before, only its beginning is given; the same choices are shown once.
"""
ROUTES = {
    "universal": "encouragement and one thing to try",
    "self_help": "a few things to try at home",
    "programme": "courses, counselling or mediation, and the council's early help",
    "helpline": "a helpline, for advice",
    "domestic_abuse": "domestic abuse services",
    "specialist": "specialist services, 999 first",
    "emergency": "999",
    "child_protection": "the children's team and the NSPCC",
    "suicide_risk": "somebody to talk to, at any hour",
    "own_behaviour": "help with one's own behaviour",
}
LONG = 240


def main() -> int:
    """Play everything and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            service.start()
            service.wait_until_ready()
            PAGE.write_text(written(chapters(), service), encoding="utf-8")
        finally:
            service.stop()
    return 0


def written(of: list[Chapter], service: Service) -> str:
    """The page, with Waymark's words as they come now."""
    read: set[str] = set()
    lines = HEAD.splitlines()
    for chapter in of:
        lines += ["", *_chapter(chapter)]
        for transcript in chapter.transcripts:
            turns = Player(service, transcript).play()
            lines += ["", *_transcript(transcript)]
            for step in transcript.steps:
                lines += ["", *_parent(step), "", *_waymark([turn for turn in turns if turn.step is step][-1], read)]
                lines += _leads_to(step)
    return "\n".join(lines) + "\n"


def outline(of: list[Chapter]) -> list[str]:
    """The lines of the page that are not Waymark's words."""
    lines = HEAD.splitlines()
    for chapter in of:
        lines += _chapter(chapter)
        for transcript in chapter.transcripts:
            lines += _transcript(transcript)
            for step in transcript.steps:
                lines += [*_parent(step), *_leads_to(step)]
    return [line for line in lines if line]


def outline_of(page: str) -> list[str]:
    """The same lines, of a page that is written."""
    return [line for line in page.splitlines() if line and not line.startswith(">")]


def _chapter(chapter: Chapter) -> list[str]:
    return [f"## {chapter.chapter}", "", chapter.about.strip()]


def _transcript(transcript: Transcript) -> list[str]:
    area = [words().areas[transcript.area].name] if transcript.area else []
    return [f"### {transcript.title}", *(f"*The parent comes from the page of {name}.*" for name in area)]


def _parent(step: Step) -> list[str]:
    """What the parent does."""
    if step.answers:
        questions = words().texts["en"].questions
        return [
            "**Parent** answers:",
            *(
                f"- {questions[question].short}: *{questions[question].options[option].label}*"
                for question, option in step.answers.items()
            ),
        ]
    if step.taps:
        return [f"**Parent** taps: *{_label(step.taps)}*"]
    typed = " ".join((step.types or "").split())
    what = f": `{typed}`" if typed and typed.isprintable() else " nothing that can be read"
    return [f"**Parent** types{what}"]


def _leads_to(step: Step) -> list[str]:
    return ["", f"**This leads to {ROUTES[step.outcome]}.**"] if step.outcome else []


def _waymark(turn: Turn, read: set[str]) -> list[str]:
    """What comes back, every line as a quotation."""
    if turn.answer.error:
        return [f"> *{turn.answer.body['error']['message']}*"]
    lines: list[str] = []
    for reply in turn.answer.replies:
        lines += ["", *_said(reply["text"], read), *_beside(reply, read)]
    return [f"> {line}".rstrip() for line in lines[1:]]


def _said(text: str, read: set[str]) -> list[str]:
    begins, _, rest = text.partition("\n\n")
    if text in read and len(text) > LONG and rest:
        return [f"{begins} [...]"]
    read.add(text)
    return text.splitlines()


def _beside(reply: dict[str, Any], read: set[str]) -> Iterator[str]:
    """Contacts, links, and the choices where they have not stood on the page before."""
    contacts = [f"{each['name']}: {each['phone'] or each['text'] or each['url']}" for each in reply["contacts"]]
    links = [f"[{link['label']}]({link['url']})" for link in reply["links"]]
    choices = " ".join(f"`{choice['label']}`" for choice in reply["choices"])
    for line in ("Contacts: " + "; ".join(contacts) if contacts else "", " ".join(links), choices):
        if line and (line != choices or line not in read):
            yield from ("", line)
    read.add(choices)


def _label(choice: str) -> str:
    name, _, option = choice.partition(".")
    question = words().question(name)
    if question is not None and question.option(option) is None:
        return choice
    voice = Voice(words(), "en", "web", None, datetime.now(timezone.utc))
    return ways_of_saying(choice, voice)[0]


if __name__ == "__main__":
    sys.exit(main())
