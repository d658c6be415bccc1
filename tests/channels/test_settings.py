"""What is read from the environment, and what is said when it cannot be used."""

from __future__ import annotations

from datetime import timedelta

import pytest

from webhooks.__main__ import main
from webhooks.settings import Settings


def test_without_any_variable_it_serves_one_machine() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert settings.database_url == "sqlite:///var/waymark.sqlite"
    assert settings.public_port == 8000
    assert settings.kept_for == timedelta(hours=24)


def test_an_answer_is_due_within_four_seconds_so_the_dialogue_has_less() -> None:
    assert Settings().dialogue_timeout_s <= 3.5


def test_each_variable_has_its_place() -> None:
    settings = Settings.from_environment(
        {
            "WAYMARK_DATABASE": "sqlite:////data/a.sqlite",
            "WAYMARK_DIALOGUE_DATABASE": "sqlite:////data/b.sqlite",
            "WAYMARK_PORT": "80",
            "WAYMARK_HOST": "127.0.0.1",
            "WAYMARK_RASA_PORT": "6005",
            "WAYMARK_EXIT_URL": "https://example.org/",
            "SOMETHING_ELSE": "1",
        }
    )
    assert settings == Settings(
        database_url="sqlite:////data/a.sqlite",
        dialogue_database_url="sqlite:////data/b.sqlite",
        public_port=80,
        public_host="127.0.0.1",
        dialogue_url="http://127.0.0.1:6005",
        exit_url="https://example.org/",
    )


def test_one_database_serves_both_if_it_is_given() -> None:
    settings = Settings.from_environment({"DATABASE_URL": "postgresql://db/waymark", "WAYMARK_DATABASE": "sqlite://"})
    assert settings.database_url == settings.dialogue_database_url == "postgresql://db/waymark"


def test_rasa_is_looked_for_on_this_machine_alone() -> None:
    assert Settings.from_environment({"WAYMARK_HOST": "0.0.0.0"}).dialogue_url.startswith("http://127.0.0.1:")  # noqa: S104


@pytest.mark.parametrize("name", ["WAYMARK_PORT", "WAYMARK_RASA_PORT"])
@pytest.mark.parametrize("value", ["", "0", "65536", "80a", "-1", "8 0", "\u00b2"])
def test_a_port_that_is_none_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.from_environment({name: value})


def test_the_command_says_what_is_wrong_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_PORT", "soon")
    assert main(["purge"]) == 2
    assert "WAYMARK_PORT" in capsys.readouterr().err
