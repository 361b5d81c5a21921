"""Looks for one record in the demo's audit log, read from its beginning with the bot's own reader."""

from __future__ import annotations

import json
import selectors
import subprocess
import time

from player.sandbox import PROJECT, NoDemo, Sandbox

PATIENCE = 30.0


class Records:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def missing(self, event: str, name: str | None) -> str | None:
        """What is wrong where no such record is found in time; None where there is one."""
        process = subprocess.Popen(
            self._command(), cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            seen = self._search(process, event, name)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
        if seen is None:
            return None
        tail = "\n".join(seen[-10:])
        return f"the audit log holds no {event}{f' of {name}' if name else ''}; its last lines:\n{tail}"

    def _command(self) -> list[str]:
        """The demo's own reader where it names one; else the bot's program, asked for its log."""
        reader = self.sandbox.process("audit")
        if reader is None:
            bot = self.sandbox.process("bot")
            if bot is None:
                raise NoDemo("processes.json names neither 'audit' nor 'bot', so the audit log cannot be read")
            reader = {"argv": [*bot["argv"], "audit", "tail", "--follow"]}
        return self.sandbox.inside(reader["argv"], user="bot")

    def _search(self, process: subprocess.Popen, event: str, name: str | None) -> list[str] | None:
        """None when it is found; else all that was read until the reader ended or the time was over."""
        deadline = time.monotonic() + PATIENCE
        seen: list[str] = []
        buffer = b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0 and selector.select(left):
                chunk = process.stdout.read1(65536)
                if not chunk:
                    break
                *lines, buffer = (buffer + chunk).split(b"\n")
                for line in lines:
                    seen.append(line.decode("utf-8", "replace"))
                    if holds(seen[-1], event, name):
                        return None
        return seen


def holds(line: str, event: str, name: str | None) -> bool:
    """Whether this line is a record of that event which names `name` as one of its values, or as play:NAME."""
    try:
        values = list(_leaves(json.loads(line)))
    except ValueError:
        values = line.replace(",", " ").split()
    names = {name, f"play:{name}"}
    return any(_is_event(value, event) for value in values) and (name is None or any(value in names for value in values))


def _is_event(value: str, event: str) -> bool:
    """The kind alone, or as the last part of a CloudEvents type such as io.signalbox.Finished."""
    return value == event or value.endswith("." + event)


def _leaves(value: object):  # noqa: ANN202
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif value is not None:
        yield str(value)
