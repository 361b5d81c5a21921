"""A program that stays in the sandbox after the one that started it has gone."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from sandbox import enter, identity
from sandbox.place import Place


def start(place: Place, name: str, words: Sequence[str], folder: str, more: Mapping[str, str] | None = None) -> int:
    """Starts it as the account without login; its pid is in DIR/run/NAME.pid, what it says in DIR/log/NAME.log."""
    group = enter.group(place.facts())

    def begin() -> None:
        group.join()
        # A background script has SIGINT ignored, and its children cannot undo that by themselves.
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    plain = {name: value for name, value in os.environ.items() if name == "TZ"}
    with (place.log / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(
            enter.argv(place, "bot", words, folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env={**enter.environment(place, "bot", plain), **(more or {})}, start_new_session=True, preexec_fn=begin,
        )
    identity.record(pid_file(place, name), child.pid)
    return child.pid


def pid_file(place: Place, name: str) -> Path:
    return place.run / f"{name}.pid"


def running(place: Place, name: str) -> identity.Identity | None:
    return identity.recorded(pid_file(place, name))


def last_words(place: Place, name: str, count: int = 15) -> str:
    log = place.log / f"{name}.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""
