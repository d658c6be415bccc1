"""The one supervisor, as `make run` starts it: it starts all, brings back what ends, leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from running_service import LOOPBACK, MODEL, READY_WITHIN_S, ROOT, Service

pytestmark = pytest.mark.service

PUBLIC = "0.0.0.0"  # noqa: S104  (what the gateway, and it alone, may listen on)
LISTENS = "0A"  # as /proc/net/tcp says it
PARTS = {"webhooks serve": "gateway", "-m actions": "actions", "rasa run": "rasa", "webhooks purge": "purge"}


class Supervised:
    """`supervisord` on a checkout of links, so that what it writes under var/ is this test's alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "var").mkdir()
        for entry in ("actions", "bot", "config.yml", "content", "nlu", "stories", "supervisord.conf", "webhooks"):
            (folder / entry).symlink_to(ROOT / entry)
        (folder / "models").mkdir()
        (folder / "models" / "waymark.tar.gz").symlink_to(MODEL)
        (folder / ".venv").symlink_to(sys.prefix)
        self.ports = Service(folder).ports
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("WAYMARK_") and name != "DATABASE_URL"
        }
        environment |= {
            "WAYMARK_PORT": str(self.ports["gateway"]),
            "WAYMARK_RASA_PORT": str(self.ports["rasa"]),
            "WAYMARK_ACTIONS_PORT": str(self.ports["actions"]),
            "WAYMARK_DIALOGUE_DATABASE": "sqlite:///var/dialogue.sqlite",
        }
        self.log = folder / "supervised.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(folder / ".venv/bin/supervisord"), "--nodaemon", "--configuration", "supervisord.conf"],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        """Whether every part answers."""
        addresses = (
            f"http://{LOOPBACK}:{self.ports['gateway']}/readyz",
            f"http://{LOOPBACK}:{self.ports['actions']}/health",
        )
        with requests.Session() as session:
            session.trust_env = False
            try:
                return all(session.get(address, timeout=2).status_code == 200 for address in addresses)
            except requests.RequestException:
                return False

    def children(self) -> dict[str, int]:
        """The processes that it started itself, by what they are."""
        found = {}
        for pid, parent in parents().items():
            if parent == self.process.pid:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[next((name for part, name in PARTS.items() if part in command), command)] = pid
        return found

    def family(self) -> set[int]:
        """It, its children and theirs."""
        known, members = parents(), {self.process.pid}
        while more := {pid for pid, parent in known.items() if parent in members} - members:
            members |= more
        return members

    def stop(self) -> None:
        """As Ctrl-C does; the fixture's last resort is to kill."""
        family = self.family()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(40)
        finally:
            for pid in family & set(parents()):
                if Path(f"/proc/{pid}/cwd").exists() and Path(f"/proc/{pid}/cwd").readlink() == self.folder:
                    os.kill(pid, signal.SIGKILL)


def parents() -> dict[int, int]:
    """Every process that runs, with its parent. A process that ended and waits to be noticed does not run."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
            except OSError:  # it ended meanwhile
                continue
            if fields[0] != "Z":
                found[int(entry.name)] = int(fields[1])
    return found


def listening(pids: set[int]) -> dict[int, set[str]]:
    """The ports on which these processes listen, each with the addresses."""
    sockets = set()
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            try:
                target = os.readlink(descriptor)
            except OSError:
                continue
            if target.startswith("socket:["):
                sockets.add(target[len("socket:[") : -1])
    found: dict[int, set[str]] = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENS and fields[9] in sockets:
                address, _, port = fields[1].partition(":")
                spoken = ".".join(str(each) for each in reversed(bytes.fromhex(address))) if table == "tcp" else address
                found.setdefault(int(port, 16), set()).add(spoken)
    return found


def eventually(what: Callable[[], bool], supervised: Supervised, within_s: float = READY_WITHIN_S) -> bool:
    """Whether it comes true in a time that is generous even for a slow machine."""
    until = time.monotonic() + within_s
    while not what():
        if time.monotonic() > until:
            pytest.fail(f"not in {within_s} s; the log ends: {supervised.log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.2)
    return True


@pytest.fixture(scope="module")
def supervised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    if not MODEL.exists():
        pytest.fail("there is no trained dialogue: run `make train`")
    running = Supervised(tmp_path_factory.mktemp("supervised"))
    try:
        eventually(running.is_ready, running)
        yield running
    finally:
        running.stop()


def test_one_command_starts_all_of_it(supervised: Supervised) -> None:
    assert set(supervised.children()) == {"gateway", "rasa", "actions", "purge"}
    address = f"http://{LOOPBACK}:{supervised.ports['gateway']}/api/messages"
    assert requests.post(address, json={"choice": "start"}, timeout=10).json()["replies"]


def test_nothing_but_the_gateway_can_be_reached_from_another_machine(supervised: Supervised) -> None:
    ports = listening(supervised.family())
    assert ports == {
        supervised.ports["gateway"]: {PUBLIC},
        supervised.ports["rasa"]: {LOOPBACK},
        supervised.ports["actions"]: {LOOPBACK},
    }


def test_all_that_it_writes_is_under_var(supervised: Supervised) -> None:
    written = {
        file.relative_to(supervised.folder).parts[0]
        for file in supervised.folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }
    assert written == {"var", "supervised.log"}


@pytest.mark.parametrize("name", ["actions", "gateway", "rasa", "purge"])
def test_what_ends_is_brought_back(supervised: Supervised, name: str) -> None:
    before = supervised.children()
    os.kill(before[name], signal.SIGKILL)
    eventually(lambda: supervised.children().get(name, before[name]) != before[name], supervised)
    eventually(supervised.is_ready, supervised)
    after = supervised.children()
    assert {other: pid for other, pid in after.items() if other != name} == {
        other: pid for other, pid in before.items() if other != name
    }


def test_stopping_it_leaves_no_process_and_no_open_port_behind(supervised: Supervised) -> None:
    family = supervised.family()
    assert len(family) >= 5
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.process.wait(40) == 0
    eventually(lambda: not family & set(parents()), supervised, within_s=10)
    assert not (supervised.folder / "var/supervisord.pid").exists()
    assert not (supervised.folder / "var/supervisor.sock").exists()
