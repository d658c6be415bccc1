"""Every text of more than thirty words that a parent may meet reads easily: no harder than Flesch-Kincaid grade 6.5."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.content import CONTENT
from bot.reading_age import grade, syllables, words

FOLDER = CONTENT / "texts" / "en"
HARDEST, SHORT = 6.5, 30


def strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a tree with the keys that lead to it."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from strings(inner, f"{key}[{place}]")


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.yml")), ids=lambda file: str(file.relative_to(FOLDER)))
def test_what_a_parent_reads_is_easy_to_read(file: Path) -> None:
    read = strings(yaml.safe_load(file.read_text(encoding="utf-8")))
    hard = [
        f"{file.name}: {key}: grade {grade(text):.1f}: {text[:60]!r}"
        for key, text in read
        if len(words(text)) > SHORT and grade(text) > HARDEST
    ]
    assert not hard, "\n".join(hard)


# Syllables as a pronouncing dictionary counts them.
SAID = {
    "you": 1,
    "talk": 1,
    "time": 1,
    "rules": 2,
    "walked": 1,
    "wanted": 2,
    "people": 2,
    "little": 2,
    "children": 2,
    "being": 2,
    "something": 2,
    "everyone": 3,
    "money": 2,
    "quiet": 2,
    "create": 2,
    "friends": 1,
    "family": 3,
    "together": 3,
    "separated": 4,
    "area": 3,
    "idea": 3,
    "science": 2,
    "saying": 2,
    "argument": 3,
    "hurt": 1,
    "frightened": 2,
    "houses": 2,
    "changes": 2,
    "helpline": 2,
    "carefully": 3,
    "safely": 2,
    "emergency": 4,
}


def test_syllables_are_counted_about_as_a_dictionary_counts_them() -> None:
    wrong = {word: syllables(word) for word, said in SAID.items() if abs(syllables(word) - said) > 1}
    assert not wrong
    assert abs(sum(map(syllables, SAID)) - sum(SAID.values())) <= 0.05 * sum(SAID.values())


def test_a_line_from_a_first_reader_is_easy_and_a_line_of_law_is_hard() -> None:
    assert grade("The cat sat on the mat. The dog sat by the door.") < 1
    assert grade("Notwithstanding the aforementioned provisions, the authority may determine eligibility.") > 15


def test_names_of_services_addresses_and_placeholders_do_not_make_a_text_harder() -> None:
    plain = "You can call it now. They will listen."
    assert grade("You can call the National Domestic Abuse Helpline now. They will listen.") == pytest.approx(
        grade("You can call the it now. They will listen.")
    )
    assert words("Go to https://www.nationaldahelpline.org.uk on {day} at 10.30 now") == ["Go", "to", "on", "at", "now"]
    assert grade(plain) < 3


def test_each_item_of_a_list_counts_as_a_sentence() -> None:
    assert grade("- a warm bath\n- a long walk\n- an early night") < grade("a warm bath a long walk an early night")


def test_a_text_without_words_has_no_grade() -> None:
    assert grade("0808 2000 247") == 0
