"""What a text costs as an SMS, and how it is kept in the small alphabet.

One sign outside the small alphabet (GSM 03.38, 7 bits a sign) turns the whole text into the large one (UCS-2, 16 bits),
and a reply of two SMS into one of five. Tables: 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

SMALL = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Signs of the small alphabet that are sent as two: an escape and another one.
EXTENSION = frozenset("\f^{}\\[~]|€")

# (a text that stands alone, each part of one that does not): joined parts carry a header of six bytes.
ROOM_SMALL = (160, 153)
ROOM_LARGE = (70, 67)

# What word processors and phones put in, and how it is typed.
_TYPED = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u2032": "'",
        "\u00b4": "'",
        "`": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u201f": '"',
        "\u2033": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u2022": "-",
        "\u00b7": "-",
        "\u2190": "<-",
        "\u2192": "->",
        "\u00d7": "x",
        "\u2044": "/",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
        "\u00ad": "",
    }
)


def outside(text: str) -> str:
    """The signs of the text that the small alphabet lacks, each once, in order."""
    return "".join(dict.fromkeys(sign for sign in text if sign not in SMALL and sign not in EXTENSION))


def downgrade(text: str) -> str:
    """The text with what has a near likeness in the small alphabet replaced: curly quotes, dashes, "ç".

    What has none, such as another script, stays: it is better sent at a higher price than not at all.
    """
    typed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_TYPED)
    return "".join(_likeness(sign) for sign in typed)


def units(text: str) -> int:
    """What the text costs: in the small alphabet if it fits there, else in the large one."""
    return sum(_costs(text))


def segments(text: str) -> int:
    """How many SMS the text is sent as; none for an empty text."""
    alone, joined = ROOM_LARGE if outside(text) else ROOM_SMALL
    if units(text) <= alone:
        return int(bool(text))
    # a sign that is sent as two is never split between two SMS
    parts, used = 1, 0
    for cost in _costs(text):
        if used + cost > joined:
            parts, used = parts + 1, 0
        used += cost
    return parts


def numbered(text: str, labels: Iterable[str]) -> str:
    """The text with its choices below it, one a line, to be answered by number."""
    return "\n".join([text, *(f"{number}. {label}" for number, label in enumerate(labels, 1))])


def _costs(text: str) -> list[int]:
    if outside(text):
        return [1 + (ord(sign) > 0xFFFF) for sign in text]
    return [1 + (sign in EXTENSION) for sign in text]


def _likeness(sign: str) -> str:
    if not outside(sign):
        return sign
    parts = unicodedata.normalize("NFKD", sign).translate(_TYPED)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare if bare and not outside(bare) else sign
