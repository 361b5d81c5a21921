"""Runs the build of a working copy, tells what it says, and ends it when nobody listens or its time is over."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from release.refused import Refused
from release.talk import Talk, plain

_LAST_LINES = 15
_BETWEEN_LOOKS = 0.5
_LONGEST_UNBROKEN = 65_536
_GRACE = 10.0


def build(folder: Path, environment: Mapping[str, str], seconds: float, lock: int, talk: Talk) -> None:
    """Refused with the last lines where it fails. The lock goes along: what a killed builder leaves behind still holds it."""
    try:
        process = subprocess.Popen(
            ["./signalbox", "build"], cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True, pass_fds=(lock,),
        )  # fmt: skip
    except OSError as error:
        raise Refused(f"the build cannot be started: {folder}/signalbox: {error.strerror}") from error
    lines = _Lines(talk)
    try:
        why = _follow(process, lines, time.monotonic() + seconds, talk)
    finally:
        status = _end(process)
    if why == "late":
        raise Refused(f"the build took longer than {seconds:g} s and was ended; it last said:\n{lines.last()}")
    if why == "alone":
        raise Refused("the build was ended, since whoever ordered it went away")
    if status != 0:
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        raise Refused(f"the build failed ({how}); it last said:\n{lines.last()}")


def _follow(process: subprocess.Popen, lines: _Lines, deadline: float, talk: Talk) -> str | None:
    """Until it has ended, and all it had said was heard; or why it is not waited for any longer."""
    output = process.stdout.fileno()
    while True:
        has_ended = process.poll() is not None
        readable, _, _ = select.select([output], [], [], 0 if has_ended else _BETWEEN_LOOKS)
        if readable:
            part = os.read(output, 65_536)
            if not part:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
                return None
            lines.add(part)
        elif has_ended:
            return None  # what it left running in the background may hold the pipe
        if time.monotonic() > deadline:
            return "late"
        if talk.is_alone():
            return "alone"


def _end(process: subprocess.Popen) -> int:
    """With all of its group; a build that is over leaves nothing running that could change the release."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            continue
        _await_group(process.pid)
    process.stdout.close()
    return process.wait()


def _await_group(group: int) -> None:
    deadline = time.monotonic() + _GRACE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


class _Lines:
    """What it says, line by line, however much that is: only the last ones are kept."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._rest = b""
        self._last: deque[str] = deque(maxlen=_LAST_LINES)

    def add(self, part: bytes) -> None:
        *whole, self._rest = (self._rest + part).split(b"\n")
        if len(self._rest) > _LONGEST_UNBROKEN:
            whole, self._rest = [*whole, self._rest], b""
        for line in whole:
            self._tell(line)

    def last(self) -> str:
        if self._rest:
            self._tell(self._rest)
            self._rest = b""
        return "\n".join(self._last) or "nothing"

    def _tell(self, line: bytes) -> None:
        text = plain(line.decode("utf-8", "replace").rstrip())
        if text.strip():
            self._last.append(text)
            self._talk.say(text)
