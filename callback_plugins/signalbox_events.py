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
options:
  path:
    description: The file that the events are appended to.
    type: str
    default: ''
    env:
      - name: SIGNALBOX_EVENTS
"""

import json
import sys
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

LONGEST_TEXT = 2000
LONGEST_DIFF = 20000
LONGEST_ITEM = 200
MAY_BE_EMPTY = "play_may_be_empty"


def cut(value: Any, longest: int = LONGEST_TEXT) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= longest else text[: longest - 1] + "…"


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
            self._file = open(path, "a", encoding="utf-8")
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
            self._file.write(line + "\n")
            self._file.flush()
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
        self._write("recap", hosts=hosts, stats=stats.custom.get("_run", {}))
