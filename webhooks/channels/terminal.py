"""The terminal channel: the same intake, for whoever builds or reviews the conversation."""

from __future__ import annotations

from bot.messages import Inbound, Message
from webhooks.intake import Intake


def chat(intake: Intake, area: str | None) -> None:
    """Talk until the end of input. Choices are picked by number or in words."""
    conversation: str | None = None
    said: str | None = None
    while True:
        try:
            nothing_typed = "where_were_we" if conversation else "start"
            turn = intake.answer(Inbound("terminal", conversation, said, None if said else nothing_typed, area=area))
            conversation = turn.conversation
            for reply in turn.replies:
                print(as_text(reply), end="\n\n")
        except LookupError:
            conversation, said = None, None
            continue
        except ValueError as error:
            print(error)
        try:
            said = input("> ").strip() or None
        except (EOFError, KeyboardInterrupt):
            if conversation:
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
