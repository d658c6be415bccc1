"""The two that are measured: the whole of Waymark, and Rasa's default pipeline behind its own REST channel."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol

import requests

from bench.stream import TAP, slash
from tests.running_service import LOOPBACK, Service

BASELINE_MODEL = "models/baseline.tar.gz"


class Contender(Protocol):
    """A running service that takes the messages of one conversation after another."""

    service: Service

    def send(self, session: requests.Session, conversation: str | None, kind: str, message: str) -> str:
        """One message, answered; the conversation's id. Raises if it was not answered as it should be."""
        ...


class Waymark:
    """Gateway, Rasa and the action server, over the public JSON API: gate, memory and words included."""

    def __init__(self, folder: Path) -> None:
        """folder: empty; it takes databases and logs."""
        self.service = Service(folder)
        self.address = f"{self.service.address}/api/messages"

    def send(self, session: requests.Session, conversation: str | None, kind: str, message: str) -> str:
        """One message, answered with at least one reply."""
        body = {"conversation": conversation, "choice" if kind == TAP else "text": message}
        answer = session.post(self.address, json=body, timeout=60).json()
        assert answer["replies"], answer
        return str(answer["conversation"])


class RasaAlone(Service):
    """Rasa and the action server, without the gateway."""

    def begins(self) -> bool:
        """A first turn is the gateway's; here it is enough that both answer."""
        return True


class DefaultRasa:
    """The default pipeline trained on the same data with the same rules and actions, behind Rasa's REST channel."""

    def __init__(self, folder: Path) -> None:
        """folder: empty; it takes logs. Conversations stay in memory, as is Rasa's default."""
        self.service = RasaAlone(folder)
        del self.service.commands["gateway"]
        self.service.commands["rasa"] = [
            str(argument)
            .replace("models/waymark.tar.gz", BASELINE_MODEL)
            .replace("bot/endpoints.yml", "bench/baseline/endpoints.yml")
            .replace("bot/credentials.yml", "bench/baseline/credentials.yml")
            for argument in self.service.commands["rasa"]
        ]
        root = f"http://{LOOPBACK}:{self.service.ports['rasa']}"
        self.service.readiness = (f"{root}/webhooks/rest/", *self.service.readiness[1:])
        self.address = f"{root}/webhooks/rest/webhook"

    def send(self, session: requests.Session, conversation: str | None, kind: str, message: str) -> str:
        """One message, answered with at least one message."""
        conversation = conversation or secrets.token_urlsafe(16)
        body = {"sender": conversation, "message": slash(message) if kind == TAP else message}
        answer = session.post(self.address, json=body, timeout=60)
        assert answer.ok, answer.text
        return conversation


def memory_mb(service: Service) -> float:
    """What all processes of the service hold now, in MB, with shared pages counted once (sum of PSS)."""
    held_kb = 0
    for member in chain.from_iterable(_family(process.pid) for process in service.processes.values()):
        lines = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii").splitlines()
        held_kb += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held_kb / 1024


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            yield from _family(int(child))
