"""`make bench`: turns a second, latency, memory and start of Waymark and of Rasa's default pipeline, in one run."""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import requests

from bench.contenders import Contender, DefaultRasa, Waymark, memory_mb
from bench.stream import CONVERSATIONS

WARM_UP_S, MEASURED_S = 5, 20
PARENTS = (1, 10)
GOAL_THROUGHPUT, GOAL_MEMORY = 4.0, 0.7


@dataclass(frozen=True)
class Figures:
    """What one contender came to. Turns per second, p50 and p95 in milliseconds, by the number of parents at once."""

    start_s: float
    memory_mb: float
    per_second: dict[int, float]
    p50: dict[int, float]
    p95: dict[int, float]


def main() -> int:
    """Measure both, print the table and whether the goals are met."""
    ours, baseline = measure(Waymark), measure(DefaultRasa)
    rows = [
        ("start to ready, s", ours.start_s, baseline.start_s),
        ("peak memory, MB", ours.memory_mb, baseline.memory_mb),
    ]
    for parents in PARENTS:
        rows += [
            (f"turns a second, {parents} at once", ours.per_second[parents], baseline.per_second[parents]),
            (f"p50 of a turn, {parents} at once, ms", ours.p50[parents], baseline.p50[parents]),
            (f"p95 of a turn, {parents} at once, ms", ours.p95[parents], baseline.p95[parents]),
        ]
    print(f"\n{'':34}{'Waymark':>10}{'default':>10}{'ratio':>8}")
    for name, mine, theirs in rows:
        print(f"{name:34}{mine:10.1f}{theirs:10.1f}{mine / theirs:8.2f}")
    throughput = max(ours.per_second.values()) / max(baseline.per_second.values())
    memory = ours.memory_mb / baseline.memory_mb
    print(
        f"\ngoals: the most turns a second at least {GOAL_THROUGHPUT:g} times the default ({throughput:.2f}), "
        f"memory at most {GOAL_MEMORY:g} of it ({memory:.2f})"
    )
    met = throughput >= GOAL_THROUGHPUT and memory <= GOAL_MEMORY
    print("both met" if met else "NOT both met")
    return 0


def measure(contender_type: type[Waymark] | type[DefaultRasa]) -> Figures:
    """Start a contender on an empty folder, let parents talk to it, and stop it."""
    with tempfile.TemporaryDirectory() as folder:
        contender: Contender = contender_type(Path(folder))
        began = time.monotonic()
        contender.service.start()
        try:
            contender.service.wait_until_ready()
            start_s = time.monotonic() - began
            print(f"{contender_type.__name__} is ready", file=sys.stderr)
            talk(contender, parents=1, seconds=WARM_UP_S)
            turns, held = {}, [memory_mb(contender.service)]
            for parents in PARENTS:
                turns[parents] = talk(contender, parents=parents, seconds=MEASURED_S)
                held.append(memory_mb(contender.service))
            return Figures(
                start_s,
                max(held),
                {parents: len(times) / MEASURED_S for parents, times in turns.items()},
                {parents: 1000 * statistics.median(times) for parents, times in turns.items()},
                {parents: 1000 * statistics.quantiles(times, n=20)[-1] for parents, times in turns.items()},
            )
        finally:
            contender.service.stop()


def talk(contender: Contender, *, parents: int, seconds: float) -> list[float]:
    """Let so many parents talk at once, one conversation after another; how long each turn took, in seconds."""
    until = time.monotonic() + seconds
    times: list[float] = []
    failures: list[BaseException] = []

    def one_parent(number: int) -> None:
        with requests.Session() as session:
            session.trust_env = False
            try:
                for conversation in islice(cycle(CONVERSATIONS), number, None):
                    known = None
                    for kind, message in conversation:
                        began = time.monotonic()
                        if began >= until:
                            return
                        known = contender.send(session, known, kind, message)
                        times.append(time.monotonic() - began)
            except BaseException as failure:
                failures.append(failure)

    threads = [threading.Thread(target=one_parent, args=(number,)) for number in range(parents)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times


if __name__ == "__main__":
    sys.exit(main())
