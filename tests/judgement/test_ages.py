"""Ages as parents type them, read into the options of the question about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ages import OLDEST_CHILD, read_ages
from bot.content import CONTENT, by_id
from bot.content.questionnaire import Question

QUESTIONS = by_id(CONTENT / "questions.yml", Question)
AGES = QUESTIONS["children_ages"]
BANDS = {option.id: set(option.ages or ()) for option in AGES.options if option.ages}
SEVERAL = "several_ages"


def read(text: str, *, numbered: bool = False) -> str | None:
    chosen = read_ages(text, AGES, numbered=numbered)
    return chosen.removeprefix("children_ages.") if chosen else None


@pytest.mark.parametrize(("text", "band"), [
    ("3", "from_2_to_4"), ("he is 14", "from_11_to_17"), ("He is 3.", "from_2_to_4"),
    ("just 8 years old", "from_5_to_10"),
    ("7 and 9", "from_5_to_10"), ("5, 6 & 10", "from_5_to_10"), ("a 16 year old", "from_11_to_17"),
    ("18 months", "under_2"), ("11 months", "under_2"), ("6 weeks old", "under_2"), ("30 weeks", "under_2"),
    ("30 months", "from_2_to_4"), ("3mths", "under_2"), ("0", "under_2"),
    ("3 and 7", SEVERAL), ("2, 5 and 12", SEVERAL), ("6 months and 4", SEVERAL), ("17 and 1", SEVERAL),
    ("2 boys, 12 and 14", "from_11_to_17"), ("3 children: 5, 7 and 8", "from_5_to_10"),
])  # fmt: skip
def test_ages_are_read_into_the_narrowest_option_that_holds_them(text: str, band: str) -> None:
    assert read(text) == band


@pytest.mark.parametrize("text", ["", "old enough", "they are grown up", "27", "3 and 27", "18", "5 kids",
                                  "she is in year 7", "2026", "100"])  # fmt: skip
def test_what_names_no_child_of_that_age_is_not_guessed_at(text: str) -> None:
    assert read(text) is None


@given(ages=st.lists(st.integers(0, OLDEST_CHILD), min_size=1, max_size=5, unique=True))
def test_the_chosen_option_holds_every_age_or_is_the_one_for_several(ages: list[int]) -> None:
    band = read(" and ".join(map(str, ages)))
    assert band is not None
    assert set(ages) <= BANDS[band] or band == SEVERAL
    narrower = [other for other, held in BANDS.items() if set(ages) <= held and len(held) < len(BANDS[band])]
    assert narrower == []


@pytest.mark.parametrize("text", ["3", " 3 ", "3.", "3)"])
def test_a_number_alone_is_an_option_where_options_are_numbered(text: str) -> None:
    assert read(text, numbered=True) is None
    assert read("she is 3", numbered=True) == "from_2_to_4"


@given(text=st.text(max_size=40))
def test_no_other_question_is_answered_by_an_age(text: str) -> None:
    assert all(
        read_ages(f"3 {text}", question, numbered=False) is None
        for question in QUESTIONS.values()
        if question.id != "children_ages"
    )


@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_read_as_an_option_or_not_at_all(text: str) -> None:
    assert read(text) in {None, *BANDS}
