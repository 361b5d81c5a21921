"""A thousand words that only read, each second for ten seconds, from 200 people: what is answered, refused, left, and at
which price in memory.

The words are said at their moment, whether or not those before are answered, on one connection of the chat. By hand, the
same Redis answers the round trips that one word takes; the ratio says what the bot is busy with beside Redis.
"""

from __future__ import annotations

import argparse
import json
import selectors
import shutil
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent / "bare"))

from own_bot import OwnBot, Redis

CATALOG = """
commands:
  touch:
    say: touch
    help: Does nothing.
    risk: change
    roles: [deployer]
    timeout: 1m
    run: {program: ["true"]}
"""
WORDS = ("ping", "who am i", "locks", "version")
PATIENCE = 120.0
SLICE = 0.005


@dataclass
class Tally:
    said: dict[str, float] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)
    rss: list[float] = field(default_factory=list)
    buffer: bytes = b""


def rss(pid: int) -> float:
    """In MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no memory")


def cpu(pid: int) -> float:
    """Seconds on a processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


class Crowd:
    def __init__(self, path: Path, people: int) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.socket.setblocking(False)
        self.people = people
        self.tally = Tally()
        self.unsent = b""
        self._token = time.time_ns()

    def say_at_rate(self, rate: int, seconds: float, pid: int) -> None:
        total, begun, count = int(rate * seconds), time.monotonic(), 0
        while count < total:
            now = time.monotonic()
            due = min(total, int((now - begun) * rate))
            for number in range(count, due):
                self._say(number, now)
            count = max(count, due)
            self._exchange(SLICE, pid)

    def _say(self, number: int, now: float) -> None:
        message = f"{self._token}-{number}"
        words = {"id": message, "person": f"p{number % self.people}", "room": f"r{number % 20}",
                 "text": "signalbox " + WORDS[number % len(WORDS)]}  # fmt: skip
        self.unsent += json.dumps({"say": words}).encode() + b"\n"
        self.tally.said[message] = now

    def wait_for_all(self, pid: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(self.tally.took) < len(self.tally.said) and time.monotonic() < deadline:
            self._exchange(0.05, pid)

    def _exchange(self, seconds: float, pid: int) -> None:
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.unsent else 0)
            selector.register(self.socket, events)
            for _, ready in selector.select(max(0.0, deadline - time.monotonic())):
                if ready & selectors.EVENT_WRITE:
                    self.unsent = self.unsent[self.socket.send(self.unsent[: 1 << 18]):]
                if ready & selectors.EVENT_READ:
                    self._hear(self.socket.recv(1 << 18))
        if not self.tally.rss or len(self.tally.said) // 500 >= len(self.tally.rss):
            self.tally.rss.append(rss(pid))

    def _hear(self, received: bytes) -> None:
        if not received:
            sys.exit("bench reads: the bot went away")
        now = time.monotonic()
        *lines, self.tally.buffer = (self.tally.buffer + received).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if "processed" in told:
                message = told["processed"]
                if message in self.tally.said:
                    self.tally.took.setdefault(message, now - self.tally.said[message])
            elif "post" in told:
                self.tally.texts[kind_of(told["post"]["text"])] += 1


def kind_of(text: str) -> str:
    if text == "pong" or text.startswith(("You are", "signalbox ", "Signalbox", "No lock", "Nothing is locked")):
        return "answered"
    return text.splitlines()[0][:90]


def round_trips(own: OwnBot) -> float:
    """How many commands the bot sends to Redis for one word, less those that it sends when nobody says anything."""
    password = Path(own.local["redis"]["password-file"]).read_text().strip()
    watch, teller = Redis(own.redis_port, password), Redis(own.redis_port, password)
    watch.say("MONITOR")
    crowd = Crowd(own.socket, 1)

    def sent(what: Callable[[], None]) -> tuple[int, float]:
        begun = time.monotonic()
        what()
        mark = f"mark-{time.time_ns()}"
        teller.say("ECHO", mark)
        lines = iter(watch.line, "")
        count = sum(" lua]" not in line for line in takewhile(lambda line: mark not in line, lines))
        return count, time.monotonic() - begun

    def speak() -> None:
        crowd.say_at_rate(25, 4, own.bot.pid)
        crowd.wait_for_all(own.bot.pid)

    idle, idle_seconds = sent(lambda: time.sleep(4))
    busy, busy_seconds = sent(speak)
    watch.close()
    teller.close()
    return round((busy - idle / idle_seconds * busy_seconds) / len(crowd.tally.said), 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=1000, help="words a second (%(default)s)")
    parser.add_argument("--seconds", type=float, default=10, help="for how long (%(default)s)")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="reads-"))
    own = OwnBot(folder, CATALOG, {})
    try:
        own.start_parts()
        own.start_bot()
        tell(measure(own, said.rate, said.seconds, said.people), said.json)
    finally:
        own.close()
        shutil.rmtree(folder)
    return 0


def measure(own: OwnBot, rate: int, seconds: float, people: int) -> dict[str, object]:
    pid = own.bot.pid
    warm = Crowd(own.socket, people)
    warm.say_at_rate(min(rate, 200), 3, pid)
    warm.wait_for_all(pid)
    trips = round_trips(own)
    before, used = rss(pid), cpu(pid)
    crowd = Crowd(own.socket, people)
    begun = time.monotonic()
    crowd.say_at_rate(rate, seconds, pid)
    in_time = len(crowd.tally.took)
    crowd.wait_for_all(pid)
    lasted = time.monotonic() - begun
    used = cpu(pid) - used
    took = sorted(crowd.tally.took.values())
    texts = crowd.tally.texts
    return {
        "said": len(crowd.tally.said), "answered": texts.pop("answered", 0), "refused": sum(texts.values()),
        "unanswered": len(crowd.tally.said) - len(took), "while_said": in_time, "seconds": round(lasted, 1),
        "per_second": round(len(took) / lasted), "p50_ms": round(quantiles(took, n=100)[49] * 1000),
        "p99_ms": round(quantiles(took, n=100)[98] * 1000), "round_trips": trips,
        "cpu_ms_each": round(used * 1000 / max(1, len(took)), 2), "rss_before_mib": round(before),
        "rss_peak_mib": round(max(crowd.tally.rss)), "rss_after_mib": round(rss(pid)), "texts": dict(texts),
    }  # fmt: skip


def tell(figures: dict[str, object], as_json: bool) -> None:
    texts = figures.pop("texts")
    if as_json:
        print(json.dumps({"name": "reads", **figures, "texts": texts}))
        return
    for name, value in figures.items():
        print(f"{name:<16}{value:>10}")
    for text, count in sorted(texts.items(), key=lambda each: -each[1]):
        print(f"{count:>8} times: {text}")
    print("reads " + " ".join(f"{name}={value}" for name, value in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
