"""What a text costs by SMS, by the tables and limits of the standard, and how it is kept in the small alphabet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms_text import EXTENSION, ROOM_LARGE, ROOM_SMALL, SMALL, downgrade, numbered, outside, segments, units

ARABIC, EMOJI = "\u0623", "\U0001f642"


def test_the_small_alphabet_has_the_127_signs_of_the_standard_and_ten_more() -> None:
    assert len(SMALL) == 127  # 128 places, one of which is the escape to the extension
    assert len(EXTENSION) == 10
    assert not SMALL & EXTENSION


@pytest.mark.parametrize("sign", "@\u00a3$\u00e9\u00e0\u00e8\u00f9\u00e4\u00f6\u00fc\u00f1\n'\"-?1aZ ")
def test_signs_that_parents_type_cost_one(sign: str) -> None:
    assert (units(sign), outside(sign)) == (1, "")


@pytest.mark.parametrize("sign", "\u20ac^{}[]~\\|")
def test_signs_of_the_extension_cost_two(sign: str) -> None:
    assert (units(sign), outside(sign)) == (2, "")


@pytest.mark.parametrize(
    ("length", "parts"), [(0, 0), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)]
)
def test_one_sms_holds_160_signs_and_each_of_several_153(length: int, parts: int) -> None:
    assert (units("a" * length), segments("a" * length)) == (length, parts)


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_one_strange_sign_makes_room_for_70_signs_only_and_67_in_each_of_several(length: int, parts: int) -> None:
    assert segments(ARABIC * length) == parts
    assert segments("a" * (length - 1) + ARABIC) == parts


def test_an_emoji_costs_two_of_the_large_alphabet() -> None:
    assert units(EMOJI * 35) == 70
    assert segments(EMOJI * 35) == 1
    assert segments(EMOJI * 36) == 2


def test_a_sign_sent_as_two_is_never_split_between_two_sms() -> None:
    assert units("a" * 152 + "\u20ac" + "a" * 152) == 306
    assert segments("a" * 152 + "\u20ac" + "a" * 152) == 3


def test_what_is_strange_in_a_text_is_named_once_and_in_order() -> None:
    assert outside("\u201cNo\u201d \u2013 \u201cno\u201d") == "\u201c\u201d\u2013"


@pytest.mark.parametrize(("written", "sent"), [
    ("\u201cDon\u2019t\u201d", '"Don\'t"'), ("yes \u2013 or \u2014 no", "yes - or - no"), ("wait\u2026", "wait..."),
    ("a\u00a0b\u202fc\td", "a b c d"), ("\u2022 one\r\n\u2022 two", "- one\n- two"),
    ("zero\u200bwidth\ufeff", "zerowidth"), ("cafe\u0301", "caf\u00e9"),
    ("gar\u00e7on, \u0175ell, na\u00efve", "garcon, well, naive"), ("\ufb01ne", "fine"), ("\u00bd cup", "1/2 cup"),
    ("caf\u00e9 costs \u00a32 or \u20ac3", "caf\u00e9 costs \u00a32 or \u20ac3"),
])  # fmt: skip
def test_what_word_processors_put_in_is_sent_as_it_is_typed(written: str, sent: str) -> None:
    assert downgrade(written) == sent
    assert outside(sent) == ""


@pytest.mark.parametrize("written", [ARABIC * 3, EMOJI, "\u0928\u092e\u0938\u094d\u0924\u0947", "\u4f60\u597d"])
def test_another_script_is_sent_whole_at_its_price(written: str) -> None:
    assert downgrade(written) == written


@given(text=st.text())
def test_a_downgraded_text_has_nothing_left_to_downgrade_and_no_new_strange_signs(text: str) -> None:
    sent = downgrade(text)
    assert downgrade(sent) == sent
    assert len(outside(sent)) <= len(outside(text))


@given(text=st.text(alphabet=sorted(SMALL | EXTENSION)))
def test_what_is_in_the_small_alphabet_is_sent_as_it_is(text: str) -> None:
    assert downgrade(text.replace("\r\n", "\n")) == text.replace("\r\n", "\n")


@given(text=st.text(min_size=1))
def test_a_text_has_as_many_parts_as_its_units_need_and_at_most_a_few_lost_to_whole_signs(text: str) -> None:
    alone, joined = ROOM_LARGE if outside(text) else ROOM_SMALL
    least = 1 if units(text) <= alone else -(-units(text) // joined)
    assert least <= segments(text) <= least + 1


def test_choices_stand_below_the_words_with_their_numbers() -> None:
    assert numbered("How are things?", ["Good", "Ups and downs"]) == "How are things?\n1. Good\n2. Ups and downs"
    assert numbered("Take care.", []) == "Take care."
