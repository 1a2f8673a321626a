"""A closed loop of requests over connections that are kept, in a process of its own so that it does not slow the server.

Started by `drive`; reads a job as JSON from standard input and writes what it found as JSON.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from threading import Thread
from time import perf_counter
from typing import Any

from _lines import Run


@dataclass(frozen=True, slots=True)
class Driven:
    """What came of a run; `marked` counts the answers that held the words that were looked for."""

    run: Run
    marked: int


def drive(
    port: int, requests: Sequence[tuple[str, str, str]], *, headers: Mapping[str, str], connections: int, seconds: float, mark: str
) -> Driven:
    """Send `requests` (method, path, body) round and round for some seconds; each connection waits for its answer.

    Raises RuntimeError when any answer was not 200.
    """
    job = {"port": port, "requests": list(requests), "headers": dict(headers), "connections": connections, "seconds": seconds, "mark": mark}
    done = subprocess.run([sys.executable, __file__], input=json.dumps(job), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    if found["refused"]:
        raise RuntimeError(f"{found['refused']} of {len(found['each_ms'])} answers were not 200: {found['first_refusal']}")
    return Driven(Run.of(found["seconds"], found["each_ms"]), found["marked"])


class _Connection(Thread):
    """One connection and what it found."""

    def __init__(self, job: Mapping[str, Any], number: int) -> None:
        super().__init__()
        self.job, self.number = job, number
        self.each_ms: list[float] = []
        self.refusals: list[str] = []
        self.marked = 0

    def run(self) -> None:
        """Send until the time is over."""
        requests, mark = self.job["requests"], self.job["mark"].encode()
        share = islice(cycle(requests), self.number * len(requests) // self.job["connections"], None)
        connection = HTTPConnection("127.0.0.1", self.job["port"], timeout=30)
        end = perf_counter() + self.job["seconds"]
        while (began := perf_counter()) < end:
            method, path, body = next(share)
            connection.request(method, path, body.encode(), self.job["headers"])
            answer = connection.getresponse()
            text = answer.read()
            self.each_ms.append((perf_counter() - began) * 1000)
            self.marked += mark in text
            if answer.status != 200:
                self.refusals.append(f"{answer.status} {text[:200]!r}")
        connection.close()


def _main() -> None:
    job = json.load(sys.stdin)
    threads = [_Connection(job, number) for number in range(job["connections"])]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refusals = [refusal for thread in threads for refusal in thread.refusals]
    found = {
        "seconds": perf_counter() - began,
        "each_ms": [took for thread in threads for took in thread.each_ms],
        "marked": sum(thread.marked for thread in threads),
        "refused": len(refusals),
        "first_refusal": refusals[0] if refusals else "",
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
