"""Starts and stops the load on an environment's balancer, and tells what became of its requests."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

from sandbox import background
from sandbox.environments import ENVIRONMENTS, REGION
from sandbox.place import PROJECT, Place
from sandbox.trouble import Trouble

RATE, STREAMS = 200.0, 10
BEGIN_SECONDS, END_SECONDS = 10.0, 40.0  # slow requests that are under way at the end are waited for


def _name(environment: str) -> str:
    return f"load-{environment}"


def _report(place: Place, environment: str) -> Path:
    return place.load / f"{environment}.json"


def start(place: Place, environment: str, rate: float = RATE, streams: int = STREAMS) -> None:
    """Returns when the first requests are out."""
    if background.running(place, _name(environment)) is not None:
        raise Trouble(f"a load on {environment} runs already; `load stop` ends it and tells its result")
    balancer = next(each.balancer for each in ENVIRONMENTS if each.name == environment)
    report = _report(place, environment)
    report.unlink(missing_ok=True)
    background.start(place, _name(environment), [
        sys.executable, "-m", "sandbox.traffic", "--host", f"{balancer}-1.{REGION}.elb.amazonaws.com",
        "--rate", str(rate), "--streams", str(streams), "--report", str(report),
    ], str(PROJECT))
    deadline = time.monotonic() + BEGIN_SECONDS
    while not (report.exists() and json.loads(report.read_text())["requests"]):
        if background.running(place, _name(environment)) is None or time.monotonic() > deadline:
            raise Trouble(f"the load does not begin:\n{background.last_words(place, _name(environment))}")
        time.sleep(0.05)


def report(place: Place, environment: str) -> dict[str, Any]:
    """As of at most a second ago."""
    file = _report(place, environment)
    if not file.exists():
        raise Trouble(f"no load on {environment} was started; `load start` does")
    return {"environment": environment, **json.loads(file.read_text())}


def stop(place: Place, environment: str) -> dict[str, Any]:
    running = background.running(place, _name(environment))
    if running is None:
        if not _report(place, environment).exists():
            raise Trouble(f"no load on {environment} runs; `load start` starts one")
        if report(place, environment)["running"]:
            raise Trouble(f"the load on {environment} ended by itself:\n"
                          f"{background.last_words(place, _name(environment))}")
        return report(place, environment)
    running.send(signal.SIGTERM)
    if not running.wait(END_SECONDS):
        raise Trouble(f"the load on {environment} (process {running.pid}) does not end")
    return report(place, environment)
