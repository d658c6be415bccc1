"""The whole service as real processes, on free ports and in an empty folder, for tests that talk to it over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "waymark.tar.gz"
READY_WITHIN_S = 120
STOPPED_WITHIN_S = 10
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP for one message."""

    status: int
    body: dict[str, Any]
    seconds: float

    @property
    def replies(self) -> list[dict[str, Any]]:
        """The messages, in order; none if the message was refused."""
        replies: list[dict[str, Any]] = self.body.get("replies", [])
        return replies

    @property
    def route(self) -> str | None:
        """The route that was given on this turn, or None."""
        outcome = self.body.get("outcome")
        return outcome["route"] if outcome else None

    @property
    def error(self) -> str | None:
        """The code of a refusal, or None."""
        return self.body["error"]["code"] if "error" in self.body else None

    @property
    def choices(self) -> list[str]:
        """The ids of everything that may be chosen next."""
        return [choice["id"] for reply in self.replies for choice in reply["choices"]]

    @property
    def contacts(self) -> list[dict[str, Any]]:
        """Every contact that is shown."""
        return [contact for reply in self.replies for contact in reply["contacts"]]

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n\n".join(reply["text"] for reply in self.replies)


class Service:
    """Starts, stops and kills the parts of the service by name: gateway, rasa, actions."""

    def __init__(self, folder: Path) -> None:
        """folder: empty; it takes the databases and the log of each part."""
        self.folder = folder
        self.ports = dict(zip(("gateway", "rasa", "actions"), _free_ports(3), strict=True))
        self.address = f"http://{LOOPBACK}:{self.ports['gateway']}"
        self.readiness = (f"{self.address}/readyz", f"http://{LOOPBACK}:{self.ports['actions']}/health")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.session = requests.Session()
        self.session.trust_env = False
        scripts = Path(sys.executable).parent
        self.commands = {
            "gateway": [sys.executable, "-m", "webhooks", "serve"],
            "actions": [sys.executable, "-m", "actions"],
            "rasa": [
                str(scripts / "rasa"),
                "run",
                "--model",
                str(MODEL.relative_to(ROOT)),
                "--endpoints",
                "bot/endpoints.yml",
                "--credentials",
                "bot/credentials.yml",
                "--interface",
                LOOPBACK,
                "--port",
                str(self.ports["rasa"]),
            ],
        }
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "WAYMARK_HOST": LOOPBACK,
            "WAYMARK_PORT": str(self.ports["gateway"]),
            "WAYMARK_RASA_PORT": str(self.ports["rasa"]),
            "WAYMARK_ACTIONS_PORT": str(self.ports["actions"]),
            "WAYMARK_DATABASE": f"sqlite:///{folder}/waymark.sqlite",
            "WAYMARK_DIALOGUE_DATABASE": f"sqlite:///{folder}/dialogue.sqlite",
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            "PYTHONWARNINGS": "ignore",
        }

    def log(self, name: str) -> Path:
        """Where a part writes what it has to say."""
        return self.folder / f"{name}.log"

    def start(self, *names: str) -> None:
        """Start these parts, or all that do not run. It does not wait for them: `wait_until_ready` does."""
        for name in names or self.commands:
            if name not in self.processes:
                with self.log(name).open("ab") as log:
                    self.processes[name] = subprocess.Popen(
                        self.commands[name],
                        cwd=ROOT,
                        env=self.environment,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )

    def wait_until_ready(self) -> None:
        """Until a conversation can begin. Raises RuntimeError, with the end of a log, if that takes too long."""
        until = time.monotonic() + READY_WITHIN_S
        while not (self.is_ready() and self.begins()):
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended with {process.returncode}: {self._end_of_log(name)}")
            if time.monotonic() > until:
                raise RuntimeError(f"not ready in {READY_WITHIN_S} s: {self._end_of_log('rasa')}")
            time.sleep(0.2)

    def is_ready(self) -> bool:
        """Whether the gateway says that all is there, and the action server answers too."""
        try:
            return all(self.session.get(address, timeout=2).status_code == 200 for address in self.readiness)
        except requests.RequestException:
            return False

    def pause(self, name: str) -> None:
        """Let a part hang: it keeps its port and does not answer."""
        os.killpg(self.processes[name].pid, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Let a part that hung go on."""
        os.killpg(self.processes[name].pid, signal.SIGCONT)

    def kill(self, name: str) -> None:
        """End a part at once, as a crash does."""
        self._end(name, signal.SIGKILL)

    def stop(self) -> None:
        """End every part, as the supervisor does."""
        for name in list(self.processes):
            self._end(name, signal.SIGTERM)
        self.session.close()

    def begins(self) -> bool:
        """Whether a first turn goes through: the very first is slow, because much is loaded only then."""
        talk = Talk(self)
        begun = "safe_to_talk.safe" in talk.tap("start").choices
        talk.delete()
        return begun

    def _end(self, name: str, how: signal.Signals) -> None:
        process = self.processes.pop(name)
        for attempt in (how, signal.SIGKILL):
            if process.poll() is None:
                os.killpg(process.pid, attempt)
                try:
                    process.wait(STOPPED_WITHIN_S)
                except subprocess.TimeoutExpired:
                    continue

    def _end_of_log(self, name: str) -> str:
        return self.log(name).read_text(encoding="utf-8", errors="replace")[-2000:]


@dataclass
class Talk:
    """One parent's conversation with the service. It begins with the first message."""

    service: Service
    area: str | None = None
    conversation: str | None = None
    last: Answer = field(default_factory=lambda: Answer(0, {}, 0.0))

    def say(self, text: str) -> Answer:
        """Type something and send it."""
        return self._send({"text": text})

    def tap(self, choice: str) -> Answer:
        """Choose something by its id; `start` begins."""
        return self._send({"choice": choice})

    def delete(self) -> int:
        """Wipe the conversation, as Exit this page does; the status that came back."""
        address = f"{self.service.address}/api/conversations/{self.conversation}"
        return self.service.session.delete(address, timeout=10).status_code

    def _send(self, message: dict[str, str]) -> Answer:
        body = {"conversation": self.conversation, **message, **({"area": self.area} if self.area else {})}
        began = time.monotonic()
        response = self.service.session.post(f"{self.service.address}/api/messages", json=body, timeout=20)
        self.last = Answer(response.status_code, response.json(), time.monotonic() - began)
        self.conversation = self.last.body.get("conversation", self.conversation)
        return self.last


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    ports: list[int] = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
