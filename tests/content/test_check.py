"""The check of the content: whatever leads nowhere, is missing, late, too long or too hard is named where it stands."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.checking import Problem, check, dates, directory, questions, reading_age, safety, sms, speech
from bot.checking.phrases import rule_alone
from bot.checking.problems import Places
from bot.content import CONTENT, Content, load_content

CHECKED = dt.date(2026, 11, 22)
ASKED, SAID, LISTED = questions.problems, speech.problems, directory.problems
EXPECTING = "{situation: {none_of: [expecting]}}"
Looks = Callable[[Content, Places], Iterable[Problem]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content, to be spoilt."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Put `new` in the place of the first `old`; the line on which it stood."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return 1 + text[: text.index(old)].count("\n")


def found(folder: Path, looks: Looks) -> list[Problem]:
    return list(looks(load_content(folder), Places(folder)))


def the_one(problems: list[Problem], what: str) -> Problem:
    """The one problem that says so; there must be no other that does not."""
    [problem] = [problem for problem in problems if what in problem.what]
    return problem


# ---- as it stands


def test_the_content_as_it_stands_has_no_error_and_what_falls_due_is_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["check", "--on", "2027-02-01"])
    said = capsys.readouterr()
    assert [line for line in said.err.splitlines() if ": warning: " not in line] == []
    assert "to be reviewed by 2027-" in said.err
    assert "0 errors" in said.out
    assert said.out.count("\n") == 1
    assert status == 0


# ---- names that lead nowhere, and words that are missing


@pytest.mark.parametrize(("looks", "file", "old", "new", "what", "where"), [
    (ASKED, "questions.yml", "{id: strained, ", "{id: strainy, ", "the options of tension must be those",
     "texts/en/questions.yml"),
    (ASKED, "questions.yml", "- id: tension\n", "- id: mood\n", "the form must ask the questions", "domain.yml"),
    (ASKED, "questions.yml", "- id: tension\n", "- id: mood\n", "'mood' is missing among the slots", "domain.yml"),
    (ASKED, "questions.yml", "- id: tension\n", "- id: mood\n", "asks 'tension', which is no question",
     "domain.yml"),
    (ASKED, "questions.yml", "- id: tension\n", "- id: mood\n", "'mood' has no words", "texts/en/questions.yml"),
    (ASKED, "questions.yml", EXPECTING, "{situation: {none_of: [pregnant]}}",
     "situation.pregnant, which is no option", "questions.yml"),
    (ASKED, "questions.yml", EXPECTING, "{weather: {none_of: [rain]}}",
     "depending on 'weather'", "questions.yml"),
    (ASKED, "questions.yml", EXPECTING, "{situation: {at_least: 2}}",
     "at_least, at_most are for a stage", "questions.yml"),
    (ASKED, "questions.yml", "{id: strained, stage: 2}", "{id: strained, stage: 5}", "from the mildest to the gravest",
     "questions.yml"),
    (ASKED, "questions.yml", "{id: left_hanging, stage: 2}", "{id: sorted, stage: 2}", "'sorted' of how_it_ends stands",
     "questions.yml"),
    (SAID, "texts/en/service.yml", "\nwho_sees:", "\nwho_saw:", "'who_sees' has no words", "utterances.yml"),
    (SAID, "texts/en/service.yml", "\nwho_sees:", "\nwho_saw:", "words for 'who_saw'", "texts/en/service.yml"),
    (SAID, "utterances.yml", "contacts: [helpline]", "contacts: [helplines]", "'helplines' is neither a list",
     "utterances.yml"),
    (SAID, "utterances.yml", "choices: [come_back]", "choices: [come_again]", "'come_again' has no words",
     "utterances.yml"),
    (SAID, "utterances.yml", "choices: [come_back]", "choices: [come_again]",
     "not_now: the choice 'come_again' means nothing", "utterances.yml"),
    (SAID, "utterances.yml", "\nno_offers:", "\nno_courses:", "says 'no_offers', which no utterance", "outcome.py"),
    (SAID, "utterances.yml", "\nnot_understood:", "\nwhat_was_that:", "says 'not_understood'", "domain.yml"),
    (SAID, "utterances.yml", "uses: [label]", "uses: [words]", "nothing fills {label}", "texts/en/"),
    (LISTED, "contacts.yml", "- [silent_solution_55]", "- [silent_solution]", "no helpline is called 'silent_solution'",
     "contacts.yml"),
    (LISTED, "contacts.yml", "{father: [mens_advice_line]}", "{father: [samaritans]}", "'samaritans' is to come first",
     "contacts.yml"),
    (LISTED, "areas/westminster.yml", "children_front_door: westminster_childrens_front_door",
     "children_front_door: front_door", "no helpline is called 'front_door'", "areas/westminster.yml"),
    (LISTED, "areas/westminster.yml", "  - name: KidsTime\n", "  - name: KidsTime\n    course: kids-time\n",
     "no course is called 'kids-time'", "areas/westminster.yml"),
    (LISTED, "areas/westminster.yml", "  - name: KidsTime\n", "  - name: KidsTime\n    confirmed_on: last week\n",
     "must be a day", "areas/westminster.yml"),
    (LISTED, "programmes/parents-plus.yml", "id: parents-plus-parenting-when-separated", "id: arguing-better",
     "'arguing-better' stands more than once", "programmes/"),
    (LISTED, "texts/en/programmes.yml", "\nwithin-my-reach:", "\nwithin-reach:", "'within-my-reach' has no words",
     "texts/en/programmes.yml"),
    (LISTED, "texts/en/programmes.yml", "\nwithin-my-reach:", "\nwithin-reach:", "no course is called",
     "texts/en/programmes.yml"),
    (LISTED, "texts/en/helplines.yml", "\nsamaritans:", "\nsamaritan:", "the helpline 'samaritans' has no words",
     "texts/en/helplines.yml"),
    (LISTED, "self_help.yml", "- id: soft-start\n", "- id: soft-begin\n", "piece 'soft-begin' has no words",
     "texts/en/self_help/"),
    (LISTED, "self_help.yml", "- id: soft-start\n", "- id: soft-begin\n", "words for 'soft-start'",
     "texts/en/self_help/soft-start.yml"),
    (LISTED, "texts/en/reasons.yml", '"role:father"', '"role:dad"', "'role:father' has no words",
     "texts/en/reasons.yml"),
])  # fmt: skip
def test_what_leads_nowhere_or_is_missing_is_named_with_its_file(
    folder: Path, looks: Looks, file: str, old: str, new: str, what: str, where: str
) -> None:
    assert found(folder, looks) == []
    spoil(folder, file, old, new)
    named = [problem for problem in found(folder, looks) if what in problem.what]
    assert named
    assert all(problem.fails for problem in named)
    assert any(where in str(problem.file) for problem in named)


def test_the_line_is_that_of_what_has_to_be_mended(folder: Path) -> None:
    line = spoil(folder, "utterances.yml", "\nnot_now: {choices: [come_back]", "\nnot_now: {choices: [come_again]") + 1
    assert {problem.line for problem in found(folder, speech.problems)} == {line}
    line = (
        spoil(
            folder,
            "contacts.yml",
            "\nspecialist:\n  ranks:\n    - [emergency_999]",
            "\nspecialist:\n  ranks:\n    - [nine_nine_nine]",
        )
        + 1
    )
    assert [problem.line for problem in found(folder, directory.problems)] == [line]


def test_a_second_language_must_be_whole(folder: Path) -> None:
    shutil.copytree(folder / "texts/en", folder / "texts/cy")
    assert found(folder, speech.problems) == found(folder, questions.problems) == []
    spoil(folder, "texts/cy/page.yml", "\nexit_button:", "\nexit_buttons:")
    spoil(folder, "texts/cy/conversation.yml", "\nwelcome_back:", "\nwelcome_again:")
    said = {problem.what for problem in found(folder, speech.problems)}
    assert {
        "'exit_button' has no words in 'cy'",
        "'exit_buttons' has no words in 'en'",
        "'welcome_back' has no words in 'cy'",
    } <= said


# ---- the safety rules


NEW_RULE = """\
- id: sings_loudly
  says: Somebody sings
  route: check_in
  phrases: [sings loudly, always calm]
  unless: [never sings loudly]
  must: [he sings loudly]
  must_not: [she never sings loudly]
"""


def of_the_new_rule(folder: Path) -> list[Problem]:
    """What is wrong with the new rule, looked at by itself: all of them take a while."""
    content = load_content(folder)
    return list(safety.problems(replace(content, safety=rule_alone(content.safety, "sings_loudly")), Places(folder)))


def test_a_rule_that_keeps_its_promises_is_left_in_peace(folder: Path) -> None:
    (folder / "safety/new.yml").write_text(NEW_RULE, encoding="utf-8")
    assert of_the_new_rule(folder) == []


@pytest.mark.parametrize(("old", "new", "what", "line"), [
    ("must: [he sings loudly]", "must: [he hums]", "does not hold on 'he hums'", 6),
    ("must_not: [she never sings loudly]", "must_not: [she sings loudly]", "must not hold on 'she sings loudly'", 7),
    ("route: check_in\n", "route: check_in\n  asked: [weather]\n", "'weather' is no question", 4),
])  # fmt: skip
def test_a_rule_that_breaks_its_promise_is_named(folder: Path, old: str, new: str, what: str, line: int) -> None:
    (folder / "safety/new.yml").write_text(NEW_RULE, encoding="utf-8")
    spoil(folder, "safety/new.yml", old, new)
    problem = the_one(of_the_new_rule(folder), what)
    assert (problem.file.name, problem.line, problem.fails) == ("new.yml", line, True)


def test_the_label_of_an_everyday_answer_must_not_read_as_a_disclosure(folder: Path) -> None:
    rule = NEW_RULE.replace("sings loudly, always calm", "sings loudly, ups and downs")
    (folder / "safety/new.yml").write_text(rule, encoding="utf-8")
    problem = the_one(of_the_new_rule(folder), "'Ups and downs, like most' reads as check_in (sings_loudly)")
    assert (problem.file.name, problem.fails) == ("questions.yml", True)


# ---- dates


def on(day: str) -> list[Problem]:
    return list(dates.problems(load_content(), Places(CONTENT), dt.date.fromisoformat(day)))


def test_on_the_day_of_the_check_everything_is_in_date() -> None:
    assert on("2026-11-22") == []


def test_what_is_due_within_30_days_is_a_warning() -> None:
    soon = on("2027-02-01")
    assert soon
    assert not any(problem.fails for problem in soon)
    assert all("to be reviewed by 2027-0" in problem.what for problem in soon)


def test_an_overdue_programme_is_a_warning_and_an_overdue_helpline_that_is_shown_fails_loudly() -> None:
    late = on("2028-01-01")
    programmes = [problem for problem in late if problem.what.startswith("programme ")]
    shown = [problem for problem in late if "OVERDUE, AND STILL SHOWN" in problem.what]
    assert len(programmes) == len(load_content().programmes)
    assert not any(problem.fails for problem in programmes)
    assert len(shown) == sum(helpline.shown for helpline in load_content().helplines.values())
    assert all(problem.fails and "helplines/" in str(problem.file) for problem in shown)
    assert {problem for problem in late if problem.fails} == set(shown)


def test_the_line_of_a_late_date_is_that_of_the_date() -> None:
    for problem in on("2028-01-01"):
        assert problem.file.read_text(encoding="utf-8").splitlines()[problem.line - 1].strip().startswith("review_by:")


def test_dates_that_cannot_be_are_errors(folder: Path) -> None:
    spoil(folder, "areas/westminster.yml", "review_by: 2027-02-22", "review_by: 2026-01-01")
    spoil(folder, "programmes/parents-plus.yml", "checked_on: 2026-11-22", "checked_on: 2026-12-24")
    wrong = [problem for problem in dates.problems(load_content(folder), Places(folder), CHECKED) if problem.fails]
    assert {problem.what for problem in wrong} == {
        "area westminster: to be reviewed before it was checked",
        "programme parents-plus: checked on a day yet to come, 2026-12-24",
    }


# ---- easy to read, and short enough


LAW = ("Notwithstanding the aforementioned contractual obligations, participating organisations retain considerable "
       "discretionary responsibilities regarding confidentiality arrangements, administrative documentation, and "
       "comprehensive multidisciplinary interventions, subject to individual circumstances and applicable legislation, "
       "including subsequent modifications and corresponding administrative communications.")  # fmt: skip


def test_a_long_sentence_of_long_words_is_named_as_hard(folder: Path) -> None:
    assert found(folder, reading_age.problems) == []
    line = spoil(folder, "texts/en/service.yml", "\nwho_sees:\n", f"\nwho_sees:\n  apart: '{LAW}'\n") + 2
    problem = the_one(found(folder, reading_age.problems), "hard to read")
    assert (problem.file.name, problem.line, problem.fails) == ("service.yml", line, True)


@pytest.mark.parametrize(("words", "what"), [
    ("word " * 70, "351 units by SMS, at most 306"),
    ("It\u2019s \u2013 well \u2026", "'\u2019\u2013\u2026' would make"),
    ("\u20ac" * 154, "309 units by SMS, at most 306"),
])  # fmt: skip
def test_a_text_that_does_not_fit_its_sms_is_named(folder: Path, words: str, what: str) -> None:
    assert [problem for problem in found(folder, sms.problems) if problem.fails] == []
    path = folder / "texts/en/conversation.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\ngoodbye:\n", f"\ngoodbye:\n  sms_apart: '{words}.'\n"),
        encoding="utf-8",
    )
    problem = the_one([problem for problem in found(folder, sms.problems) if problem.fails], what)
    assert problem.what.startswith("goodbye: ")
    assert problem.file.name == "conversation.yml"


def test_a_question_must_fit_with_all_its_answers_and_a_helpline_reply_may_take_three_sms(folder: Path) -> None:
    spoil(folder, "channels.yml", "units: 306", "units: 150")
    named = {problem.what.partition(":")[0] for problem in found(folder, sms.problems) if problem.fails}
    assert "circumstances with its answers" in named
    assert not {"gate_emergency", "outcome_domestic_abuse", "help_now"} & named
    spoil(folder, "channels.yml", "units_with_contacts: 459", "units_with_contacts: 200")
    named = {problem.what.partition(":")[0] for problem in found(folder, sms.problems) if problem.fails}
    assert {"gate_emergency", "outcome_domestic_abuse", "help_now"} <= named


def test_a_reply_that_is_put_together_as_it_is_sent_is_a_warning() -> None:
    warnings = [problem for problem in found(CONTENT, sms.problems) if not problem.fails]
    assert all("units by SMS" in problem.what for problem in warnings)


def test_a_button_must_not_be_longer_than_telegram_sends_back(folder: Path) -> None:
    spoil(folder, "channels.yml", "callback_bytes: 64", "callback_bytes: 20")
    problem = the_one(found(folder, sms.problems), "circumstances.muslim_family: longer than a button")
    assert (problem.file.name, problem.fails) == ("questions.yml", True)


# ---- the command


def test_an_error_makes_the_command_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, "texts/en/service.yml", "\nwho_sees:", "\nwho_saw:")
    assert main(["check", "--content", str(folder), "--any-date"]) == 1
    said = capsys.readouterr()
    assert f"{folder}/utterances.yml:" in said.err
    assert "2 errors, 0 warnings" in said.out


def test_how_the_words_read_is_looked_at_only_once_none_is_missing(folder: Path) -> None:
    spoil(folder, "channels.yml", "units: 306", "units: 150")
    spoil(folder, "texts/en/service.yml", "\nwho_sees:", "\nwho_saw:")
    problems = check(load_content(folder), folder, None)
    assert {problem.file.name for problem in problems} == {"utterances.yml", "service.yml"}
