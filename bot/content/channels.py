"""The limits of the channels that have any, from `content/channels.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from bot.content.reading import read
from bot.content.shared import Entry

Limit = Annotated[int, Meta(gt=0)]


class Sms(Entry, frozen=True):
    """The most that one reply may cost, in units of the small alphabet; more where it names numbers to call."""

    units: Limit
    units_with_contacts: Limit


class Telegram(Entry, frozen=True):
    """The most characters in one message, and the most bytes that a button sends back."""

    characters: Limit
    callback_bytes: Limit


class Channels(Entry, frozen=True):
    """Every channel with limits; the web has none."""

    sms: Sms
    telegram: Telegram


def load_channels(folder: Path) -> Channels:
    """The limits, from the content under `folder`. Raises ContentError."""
    return read(folder / "channels.yml", Channels)
