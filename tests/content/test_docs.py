"""The documents speak of what is there: every file, command, variable and picture that they name exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "content/README.md", *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
HAZARDS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/hazard-log.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| H")
]

ROOMS = ("actions", "bench", "bot", "content", "docs", "nlu", "stories", "tests", "webhooks", ".ci")
# Made on the first run, so not in a clean checkout.
MADE = ("var/", "models/", ".venv/")
NOT_HERE_YET = "## What is not here yet"

SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
RISK = {
    "very high": (3, 4, 4, 5, 5),
    "high": (2, 3, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4),
    "low": (1, 2, 2, 3, 4),
    "very low": (1, 1, 2, 2, 3),
}


def named(document: Path) -> str:
    """How a document is called in the list of tests."""
    return document.relative_to(ROOT).as_posix()


def code(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def paths(document: Path) -> list[str]:
    """The files and folders that a document names, from the root of the project."""
    found = []
    for words in code(document.read_text(encoding="utf-8")):
        word = words.split(":")[0] if re.search(r"\.\w+:\d+", words) else words
        if re.fullmatch(r"[\w.-]+(/[\w.<>-]*)+", word) and word.split("/")[0] in ROOMS:
            found.append(re.sub(r"<\w+>", "*", word))
        elif re.fullmatch(r"[\w-]+\.(yml|toml|md|conf|lock|in|sh)", word) and document.parent == ROOT:
            found.append(word)
    return found


def commands_of(room: str) -> set[str]:
    """The commands that `python -m <room>` says it has."""
    told = subprocess.run([sys.executable, "-m", room, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(re.findall(r"^ {4}(\w+)\b", told.stdout, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    assert [path for path in paths(document) if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_to_another_file_leads_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def test_every_picture_in_the_readme_is_there() -> None:
    pictures = re.findall(r'src="([^"]+)"', README)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []
    assert all(re.search(r'alt="[^"]{20,}"', tag) for tag in re.findall(r"<img [^>]+>", README))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_target_that_a_document_names_is_in_the_makefile(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8"))) <= targets


def test_the_readme_names_every_target_that_people_use() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z-]+):[^#\n]*##", makefile, re.MULTILINE)) - {"help", "install"}
    assert explained <= set(re.findall(r"`make ([a-z-]+)", README))


@pytest.mark.parametrize("room", ["bot", "webhooks"])
def test_the_readme_names_the_commands_that_are_there_and_no_other(room: str) -> None:
    here, _, later = README.partition(NOT_HERE_YET)
    told = set(re.findall(rf"python -m {room} (\w+)", here))
    assert told == commands_of(room)
    assert not set(re.findall(rf"python -m {room} (\w+)", later)) & commands_of(room)


def test_every_variable_in_the_readme_is_read_somewhere_and_every_setting_is_in_the_readme() -> None:
    files = [path for room in ("bot", "actions", "webhooks") for path in (ROOT / room).rglob("*.*")]
    sources = [ROOT / "Makefile", ROOT / ".ci/run", *(path for path in files if path.suffix in (".py", ".yml"))]
    read = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    told = {word for word in code(README) if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", word)}
    assert {variable for variable in told if not re.search(rf"\b{variable}\b", read)} == set()
    settings = (ROOT / "webhooks/settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', settings)) <= told


def test_the_readme_names_the_system_packages_that_the_full_test_installs() -> None:
    installed = re.findall(r"missing\+=\(([\w-]+)\)", (ROOT / ".ci/run").read_text(encoding="utf-8"))
    assert installed
    assert [package for package in installed if f"`{package}`" not in README] == []


def test_decisions_are_numbered_without_gaps_and_say_what_was_decided_and_rejected() -> None:
    assert [name[:4] for name in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for name in DECISIONS:
        text = (ROOT / "docs/decisions" / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {name[:4]}: "), name
        assert re.search(r"^20\d\d-\d\d-\d\d$", text, re.MULTILINE), name
        for part in ("Decided", "Why", "Rejected", "What would change it"):
            assert f"\n## {part}\n" in text, (name, part)


def test_hazards_are_numbered_without_gaps_and_each_has_a_control_and_a_test() -> None:
    assert [hazard[0] for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]
    assert [hazard[0] for hazard in HAZARDS if len(hazard) != 8 or not all(hazard)] == []
    assert [hazard[0] for hazard in HAZARDS if not re.search(r"`tests/", hazard[5])] == []


def test_the_tests_that_the_hazard_log_points_to_are_there() -> None:
    pointed = {path for hazard in HAZARDS for path in code(hazard[5])}
    assert sorted(path for path in pointed if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard[0])
def test_a_risk_is_what_its_severity_and_likelihood_make_it_and_no_control_raises_it(hazard: list[str]) -> None:
    risks = []
    for estimate in hazard[6:]:
        match = re.fullmatch(r"(\w+) x ([\w ]+) = (\d)", estimate)
        assert match, estimate
        assert int(match[3]) == RISK[match[2]][SEVERITIES.index(match[1])]
        risks.append(int(match[3]))
    assert risks[1] <= risks[0]


def test_the_hazards_that_stand_in_the_way_of_a_launch_are_named_at_the_top() -> None:
    text = (ROOT / "docs/hazard-log.md").read_text(encoding="utf-8")
    told = re.search(r"\*\*\w+ hazards still stand at 4: ([^*]+)\*\*", text)
    standing = [hazard[0] for hazard in HAZARDS if hazard[7].endswith(("4", "5"))]
    assert re.findall(r"H\d\d", told[1] if told else "") == standing


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_hazard_that_a_document_refers_to_exists(document: Path) -> None:
    assert set(re.findall(r"\bH\d\d\b", document.read_text(encoding="utf-8"))) <= {hazard[0] for hazard in HAZARDS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_document_holds_an_address_of_a_package_index_or_a_place_on_somebodys_machine(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert re.findall(r"pypi\.|/simple/|index-url|extra-index|(?<![\w.])/(?:work|tmp|root|home|Users)/\S*", text) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_nothing_is_left_to_be_filled_in_later(document: Path) -> None:
    assert re.findall(r"\b(?:TIMES|TODO|TBC|TBD|FIXME|XXX)\b", document.read_text(encoding="utf-8")) == []
