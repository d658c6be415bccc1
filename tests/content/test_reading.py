"""Reading content: whatever is wrong in a file is named with its file and its line, and nothing wrong is served."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec
import pytest

from bot.content import CONTENT, ContentError, by_id, load_content
from bot.content.channels import load_channels
from bot.content.questionnaire import Question
from bot.content.reading import line_of, read
from bot.content.shared import Entry, Sourced
from bot.content.speech import Text, Utterable


class Tea(Entry, frozen=True):
    """Something to read in these tests."""

    name: str
    minutes: int = 4
    milk: bool = False


class Leaf(Sourced, frozen=True):
    """Something with a source."""


def written(folder: Path, text: str) -> Path:
    file = folder / "tea.yml"
    file.write_text(text, encoding="utf-8")
    return file


def error(folder: Path, text: str, kind: type = list[Tea]) -> tuple[int, str]:
    """The line and the problem of what is wrong with the text."""
    file = written(folder, text)
    with pytest.raises(ContentError) as raised:
        read(file, kind)
    assert str(raised.value).startswith(f"{file}:{raised.value.line}: ")
    return raised.value.line, raised.value.problem


def test_what_is_right_is_read_as_what_it_is(tmp_path: Path) -> None:
    file = written(tmp_path, "- {name: mint, minutes: 7, milk: false}\n- name: builder's\n  milk: true\n")
    assert read(file, list[Tea]) == [Tea("mint", 7, milk=False), Tea("builder's", 4, milk=True)]


@pytest.mark.parametrize(("text", "line", "problem"), [
    ("- name: mint\n  sugar: 2\n", 1, "unknown field `sugar`"),
    ("- name: mint\n- minutes: 3\n", 2, "missing required field `name`"),
    ("- name: mint\n- name: black\n  minutes: long\n", 3, "Expected `int`, got `str`"),
    ("- name: mint\n  minutes: '4'\n", 2, "Expected `int`, got `str`"),
    ("- name: mint\n  milk: yes\n", 2, "Expected `bool`, got `str`"),
    ("name: mint\n", 1, "Expected `array`, got `object`"),
    ("- name: mint\n  name: black\n", 2, "'name' stands twice"),
    ("- name: mint\n minutes: 3\n", 2, "not YAML"),
    ("- name: 'mint\n", 2, "not YAML"),
    ("- name: *mint\n", 1, "not YAML"),
    ("", 1, "is empty"),
    ("# only a comment\n", 1, "is empty"),
])  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    found_line, found_problem = error(tmp_path, text)
    assert problem in found_problem
    assert found_line == line


def test_words_that_other_readers_take_for_truth_values_stay_words(tmp_path: Path) -> None:
    file = written(tmp_path, "yes: [no, on, off, y, n]\n")
    assert read(file, dict[str, list[str]]) == {"yes": ["no", "on", "off", "y", "n"]}


def test_under_a_name_the_line_is_that_of_the_value(tmp_path: Path) -> None:
    assert error(tmp_path, "hello:\n  all: Hello.\nbye:\n  alle: Bye.\n", dict[str, Text])[0] in (3, 4)
    line, problem = error(tmp_path, "hello:\n  closes: true\nbye:\n  closes: perhaps\n", dict[str, Utterable])
    assert line == 4
    assert "Expected `bool`" in problem


@pytest.mark.parametrize(("text", "problem"), [
    ("checked_on: 2026-11-22\nreview_by: 2027-11-22\n", "sources"),
    ("sources: []\nchecked_on: 2026-11-22\nreview_by: 2027-11-22\n", "length >= 1"),
    ("sources: [{says: a page}]\nreview_by: 2027-11-22\n", "checked_on"),
    ("sources: [{says: a page}]\nchecked_on: 2026-11-22\n", "review_by"),
    ("sources: [{says: ''}]\nchecked_on: 2026-11-22\nreview_by: 2027-11-22\n", "length >= 1"),
    ("sources: [{says: a page, url: example}]\nchecked_on: 2026-11-22\nreview_by: 2027-11-22\n", "regex"),
    ("sources: [{says: a page}]\nchecked_on: last week\nreview_by: 2027-11-22\n", "Invalid RFC3339|Expected `date`"),
])  # fmt: skip
def test_a_fact_without_its_source_and_dates_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    assert (
        msgspec.convert(
            {"sources": [{"says": "a page"}], "checked_on": dt.date(2026, 11, 22), "review_by": dt.date(2027, 11, 22)},
            Leaf,
        )
        .sources[0]
        .says
        == "a page"
    )
    found = error(tmp_path, text, Leaf)[1]
    assert any(part in found for part in problem.split("|"))


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"none\.yml:1: cannot be read"):
        read(tmp_path / "none.yml", list[Tea])
    written(tmp_path, "").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError, match="cannot be read"):
        read(tmp_path / "tea.yml", list[Tea])


def test_the_line_of_a_place_is_found_for_checks_that_come_later(tmp_path: Path) -> None:
    file = written(tmp_path, "- name: mint\n- name: black\n  minutes: 3\n")
    assert [line_of(file, path) for path in ("$[0]", "$[1].minutes", "$[1].sugar", "$[7]", "$")] == [1, 3, 2, 1, 1]


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "questions.yml"
    text = (CONTENT / "questions.yml").read_text(encoding="utf-8")
    copy.write_text(text.replace("- id: situation\n", "- id: safe_to_talk\n"), encoding="utf-8")
    line = 1 + text[: text.index("- id: situation\n")].count("\n")
    with pytest.raises(ContentError, match=rf"questions\.yml:{line}: the id 'safe_to_talk' stands twice"):
        by_id(copy, Question)


@pytest.mark.parametrize(("file", "old", "new", "problem"), [
    ("questions.yml", "stage: 6", "stage: 7", r"questions\.yml:\d+: .*<= 6"),
    ("questions.yml", "part: everyday", "part: sometimes", r"questions\.yml:\d+: Invalid enum value 'sometimes'"),
    ("areas/westminster.yml", "id: westminster\n", "id: westminister\n", "is not the file's name"),
    ("programmes/parents-plus.yml", "kind: programme", "kind: seminar", r"parents-plus\.yml:\d+: Invalid enum"),
    ("texts/en/gate.yml", "  all: |-", "  al: |-", r"gate\.yml:\d+: "),
    ("channels.yml", "units: 306", "units: 0", r"channels\.yml:\d+: .*> 0|channels\.yml:\d+: .*>= 1"),
])  # fmt: skip
def test_content_that_must_not_be_served_stops_the_start(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=problem):
        (load_channels if file == "channels.yml" else load_content)(folder)


def test_a_third_council_is_one_new_file_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    there = (folder / "areas/westminster.yml").read_text(encoding="utf-8")
    here = there.replace("id: westminster\n", "id: camden\n").replace("name: Westminster\n", "name: Camden\n")
    (folder / "areas/camden.yml").write_text(here, encoding="utf-8")
    assert load_content(folder).areas["camden"].name == "Camden"
