"""The stage crew of a demo: starts, stops and kills its Kafka, Redis and bot, as the account without login."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import dataclass

from sandbox import background, enter
from sandbox.place import Place
from sandbox.ready import Ready
from sandbox.trouble import Trouble

READY_SECONDS, STOP_SECONDS, KILL_SECONDS = 90.0, 40.0, 10.0
NAMES = ("bot", "kafka", "redis")


@dataclass(frozen=True)
class Part:
    argv: list[str]
    environment: dict[str, str]
    cwd: str
    ready: Ready


def part(place: Place, name: str) -> Part:
    try:
        said = json.loads(place.processes.read_text())
    except FileNotFoundError:
        raise Trouble(f"there is no {place.processes}, which tells how bot, kafka and redis are started") from None
    if name not in said:
        raise Trouble(f"{place.processes} does not tell how {name} is started; it has {', '.join(sorted(said))}")
    found = said[name]
    return Part(found["argv"], found.get("environment", {}), found["cwd"], Ready.parse(found["ready"]))


def start(place: Place, name: str) -> None:
    """Returns when it is ready."""
    wanted = part(place, name)
    running = background.running(place, name)
    if running is not None:
        raise Trouble(f"{name} runs already (process {running.pid})")
    pid = background.start(place, name, wanted.argv, wanted.cwd, wanted.environment)
    enter.network(place)
    deadline = time.monotonic() + READY_SECONDS
    while not wanted.ready.reached(pid):
        if background.running(place, name) is None:
            raise Trouble(f"{name} ended before it was ready; the end of {place.log / name}.log:\n"
                          f"{background.last_words(place, name)}")
        if time.monotonic() > deadline:
            raise Trouble(f"{name} is not ready after {READY_SECONDS:.0f} s; the end of {place.log / name}.log:\n"
                          f"{background.last_words(place, name)}")
        time.sleep(0.05)


def stop(place: Place, name: str) -> None:
    _end(place, name, signal.SIGTERM, STOP_SECONDS)


def kill(place: Place, name: str) -> None:
    """As if its power was cut: only the process itself, what it started goes on."""
    _end(place, name, signal.SIGKILL, KILL_SECONDS)


def _end(place: Place, name: str, number: signal.Signals, seconds: float) -> None:
    running = background.running(place, name)
    if running is None:
        raise Trouble(f"{name} does not run")
    running.send(number)
    if not running.wait(seconds):
        raise Trouble(f"{name} (process {running.pid}) still runs {seconds:.0f} s after {number.name}")
