"""The terminal channel: the same intake, for whoever builds or reviews the conversation."""

from __future__ import annotations

from bot.messages import Inbound, Message
from webhooks import create_app
from webhooks.settings import Settings


def chat(settings: Settings, area: str | None) -> None:
    """Talk until the end of input. Choices are picked by number or in words."""
    intake = create_app(settings).extensions["intake"]
    conversation: str | None = None
    said: str | None = None
    while True:
        try:
            turn = intake.answer(Inbound("terminal", conversation, text=said, choice=None if said else "start", area=area))
            conversation = turn.conversation
            for reply in turn.replies:
                print(as_text(reply), end="\n\n")
        except LookupError:
            conversation, said = None, None
            continue
        except ValueError as error:
            print(error)
        try:
            said = input("> ").strip() or "where_were_we"
        except (EOFError, KeyboardInterrupt):
            intake.forget(conversation)
            return


def as_text(message: Message) -> str:
    """A message as plain lines: words, contacts, links, then the numbered choices."""
    lines = [message.text]
    for contact in message.contacts:
        ways = [contact.name, contact.phone, contact.text, contact.url, contact.hours]
        lines.append("  * " + " | ".join(filter(None, ways)))
    lines += [f"  * {link.label}: {link.url}" for link in message.links]
    lines += [f"  {number} {choice.label}" for number, choice in enumerate(message.choices, 1)]
    return "\n".join(lines)
