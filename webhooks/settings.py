"""What differs between one place of service and another: read once from the environment, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Settings:
    """Addresses, times and limits. The defaults serve one machine, on SQLite.

    dialogue_timeout_s: how long the dialogue may take in one answer, however many turns it needs: a parent is to have
    an answer within 4 s whatever hangs.
    database_url: the gateway's memory. dialogue_database_url: Rasa's, which the gateway purges with its own.
    kept_for: how long a conversation is kept after its last turn. silence: after it we ask again whether it is safe.
    """

    database_url: str = "sqlite:///var/waymark.sqlite"
    dialogue_database_url: str = "sqlite:///var/dialogue.sqlite"
    dialogue_url: str = "http://127.0.0.1:5005"
    dialogue_timeout_s: float = 3.0
    exit_url: str = "https://www.bbc.co.uk/weather"
    public_port: int = 8000
    public_host: str = "0.0.0.0"  # noqa: S104 (the one public door)
    kept_for: timedelta = timedelta(hours=24)
    silence: timedelta = timedelta(minutes=30)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read WAYMARK_… and DATABASE_URL. Raises ValueError that names the variable whose value cannot be used."""
        shared = environment.get("DATABASE_URL")
        return cls(
            database_url=shared or environment.get("WAYMARK_DATABASE", cls.database_url),
            dialogue_database_url=shared or environment.get("WAYMARK_DIALOGUE_DATABASE", cls.dialogue_database_url),
            dialogue_url=f"http://127.0.0.1:{_port(environment, 'WAYMARK_RASA_PORT', 5005)}",
            exit_url=environment.get("WAYMARK_EXIT_URL", cls.exit_url),
            public_port=_port(environment, "WAYMARK_PORT", cls.public_port),
            public_host=environment.get("WAYMARK_HOST", cls.public_host),
        )


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, str(default))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ValueError(f"{name} must be a port between 1 and 65535, not {value!r}")
    return int(value)
