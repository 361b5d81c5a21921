"""Tells what a run of a playbook does, one JSON object a line, beside what Ansible prints for people."""

from __future__ import annotations

DOCUMENTATION = """
name: signalbox_events
type: notification
short_description: writes the events of a run to a file, one JSON object a line
description:
  - Writes only when a path is given, so a run by hand is not affected.
  - A task with C(no_log) leaves C({"censored": true}) in place of what it said.
  - A file that cannot be written ends the events with one warning, never the run.
  - Room for plays, failures and the recap is taken beforehand, so that a disk which fills up meanwhile does not lose them.
    What else there is to tell is left out then, and after 256 MiB of it.
options:
  path:
    description: The file that the events are appended to.
    type: str
    default: ''
    env:
      - name: SIGNALBOX_EVENTS
"""

import ctypes
import errno
import json
import os
import sys
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

LONGEST_TEXT = 2000
LONGEST_DIFF = 20000
LONGEST_ITEM = 200
MOST_STATS = 100
MAY_BE_EMPTY = "play_may_be_empty"
# By which the bot tells how a run ended.
NEEDED = ("playbook", "play", "failed", "unreachable", "recap")
ROOM = 256 * 1024
MOST_BYTES = 256 * 1024 * 1024
FALLOC_FL_KEEP_SIZE = 1


def cut(value: Any, longest: int = LONGEST_TEXT) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def short(value: Any) -> Any:
    """As it is, unless it is too long to be handed over."""
    return value if len(json.dumps(value, default=str)) <= LONGEST_DIFF else cut(value, LONGEST_DIFF)


def named(task: Any) -> str:
    """Without the role before it, which has a field of its own."""
    return task.name or task.get_name()


def told(result: dict[str, Any]) -> dict[str, Any]:
    """What of a result is worth telling."""
    if result.get("_ansible_no_log") or "censored" in result:
        return {"censored": True}
    fields: dict[str, Any] = {key: result[key] for key in ("changed", "rc") if key in result}
    fields |= {key: cut(result[key]) for key in ("msg", "stderr") if result.get(key)}
    if result.get("_ansible_item_label") is not None:
        fields["item"] = cut(result["_ansible_item_label"], LONGEST_ITEM)
    return fields


class EventFile:
    """A file that grows line by line, on a disk that may be full at any moment."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        self._end = os.fstat(self._descriptor).st_size
        self._taken: float = self._end  # how far the disk has room for it
        self._has_said = False

    def write(self, line: str, needed: bool) -> None:
        data = line.encode("utf-8", "surrogateescape") + b"\n"
        if not needed and (self._end > MOST_BYTES or not self._leaves_room(len(data))):
            if not self._has_said:
                self._has_said = True
                print("signalbox_events: too little room: only plays, failures and the recap are told", file=sys.stderr)
            return
        while data:
            written = os.write(self._descriptor, data)
            self._end += written
            data = data[written:]

    def finish(self) -> None:
        """Gives back the room that was not needed."""
        if self._taken != self._end:
            os.ftruncate(self._descriptor, self._end)

    def _leaves_room(self, length: int) -> bool:
        if self._taken - self._end - length >= ROOM:
            return True
        call = ctypes.CDLL(None, use_errno=True).fallocate
        call.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64]
        if call(self._descriptor, FALLOC_FL_KEEP_SIZE, self._end, length + 2 * ROOM) == 0:
            self._taken = self._end + length + 2 * ROOM
            return True
        return ctypes.get_errno() not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "signalbox_events"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file: Any = None
        self._plays = 0
        self._play = 0
        self._task = 0

    def set_options(self, *args: Any, **kwargs: Any) -> None:
        super().set_options(*args, **kwargs)
        path = self.get_option("path")
        if not path:
            self.disabled = True
            return
        try:
            self._file = EventFile(path)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.disabled = True
        self._file = None
        print(f"signalbox_events: no more events are written: {error}", file=sys.stderr)

    def _write(self, event: str, **fields: Any) -> None:
        if self._file is None:
            return
        line = json.dumps({"t": round(time.time(), 3), "event": event, **fields}, default=str)
        try:
            self._file.write(line, event in NEEDED)
        except (OSError, ValueError) as error:
            self._give_up(error)

    def _result(self, event: str, result: Any, **fields: Any) -> None:
        task = result.task
        self._write(
            event,
            host=result.host.get_name(),
            task=named(task),
            uuid=str(task._uuid),
            **told(result.result),
            **fields,
        )

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._plays = len(playbook.get_plays())
        self._write("playbook", file=playbook._file_name)

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._play += 1
        manager = play.get_variable_manager()
        hosts = [host.get_name() for host in manager._inventory.get_hosts(play.hosts)]
        required = not play.vars.get(MAY_BE_EMPTY, False)
        self._write(
            "play", name=play.get_name(), hosts=hosts, number=self._play, plays=self._plays, required=required
        )

    def v2_playbook_on_no_hosts_matched(self) -> None:
        self._write("no_hosts", play=self._play)

    def _announce(self, event: str, task: Any) -> None:
        self._task += 1
        role = {"role": task._role.get_name()} if task._role else {}
        self._write(
            event, name=named(task), action=task.action, uuid=str(task._uuid), number=self._task, **role
        )

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._announce("task", task)

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        self._announce("handler", task)

    def v2_runner_on_start(self, host: Any, task: Any) -> None:
        self._write("start", host=host.get_name(), task=named(task), uuid=str(task._uuid))

    def v2_runner_on_ok(self, result: Any) -> None:
        self._result("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._result("failed", result, ignored=bool(ignore_errors))

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._result("skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._result("unreachable", result)

    def v2_runner_retry(self, result: Any) -> None:
        attempts = {key: result.result.get(key) for key in ("attempts", "retries")}
        self._result("retry", result, **attempts)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._result("item_ok", result)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._result("item_failed", result)

    def v2_runner_item_on_skipped(self, result: Any) -> None:
        self._result("item_skipped", result)

    def v2_on_file_diff(self, result: Any) -> None:
        if "censored" in told(result.result):
            return
        for one in result.result.get("results", [result.result]):
            if one.get("diff") and one.get("changed"):
                self._result("diff", result, diff=cut(self._get_diff(one["diff"]), LONGEST_DIFF))

    def v2_playbook_on_stats(self, stats: Any) -> None:
        hosts = {host: stats.summarize(host) for host in sorted(stats.processed)}
        said = list(stats.custom.get("_run", {}).items())[:MOST_STATS]
        self._write("recap", hosts=hosts, stats={key: short(value) for key, value in said})
        if self._file is not None:
            self._file.finish()
