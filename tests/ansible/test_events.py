"""The events of real runs, one JSON object a line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playbook_runs import PLAYBOOK, PROJECT, Ran, read, surroundings

Run = Callable[..., Ran]
HERE = ("-i", "here,", "-c", "local", "-e", "ansible_python_interpreter={{ ansible_playbook_python }}")


def play(tasks: str, more: str = "") -> str:
    return f"- name: A play\n  hosts: here\n  gather_facts: false\n{more}  tasks:\n{tasks}"


def test_tells_a_run_from_its_file_to_its_recap(run: Run) -> None:
    ran = run(play("    - {name: Look, ansible.builtin.command: {argv: ['true']}}\n"), *HERE)

    assert ran.code == 0
    assert [event["event"] for event in ran.events] == ["playbook", "play", "task", "start", "ok", "recap"]
    assert ran.of("playbook")[0]["file"].endswith("playbook.yml")
    assert ran.of("play")[0] | {"t": 0} == {
        "t": 0, "event": "play", "name": "A play", "hosts": ["here"], "number": 1, "plays": 1, "required": True,
    }
    task = ran.of("task")[0]
    assert (task["name"], task["action"], task["number"]) == ("Look", "ansible.builtin.command", 1)
    ok = ran.one("ok", "Look")
    assert (ok["host"], ok["uuid"], ok["changed"], ok["rc"]) == ("here", task["uuid"], True, 0)
    assert ran.of("recap")[0]["hosts"] == {
        "here": {"ok": 1, "changed": 1, "unreachable": 0, "failures": 0, "skipped": 0, "rescued": 0, "ignored": 0}
    }
    assert abs(ok["t"] - time.time()) < 60


def test_tells_why_a_task_failed(run: Run) -> None:
    program = "import sys; sys.stderr.write('x' * 3000); sys.exit(7)"
    failing = f"    - {{name: Break, ansible.builtin.command: {{argv: [python3, -c, \"{program}\"]}}}}\n"
    ran = run(play(failing), *HERE)

    assert ran.code == 2
    failed = ran.one("failed", "Break")
    assert (failed["rc"], failed["ignored"]) == (7, False)
    assert "non-zero return code" in failed["msg"]
    assert len(failed["stderr"]) == 2000
    assert ran.of("recap")[0]["hosts"]["here"]["failures"] == 1


def test_marks_a_failure_that_was_allowed(run: Run) -> None:
    ran = run(play("    - {name: Try, ansible.builtin.command: {argv: ['false']}, ignore_errors: true}\n"), *HERE)

    assert ran.code == 0
    assert ran.one("failed", "Try")["ignored"] is True


def test_tells_of_a_host_that_does_not_answer(run: Run) -> None:
    ran = run(play("    - {name: Knock, ansible.builtin.ping: {}}\n"), "-i", "here,", "-e", "ansible_host=127.0.0.1 ansible_port=1")

    assert ran.code == 4
    assert "Connection refused" in ran.one("unreachable", "Knock")["msg"]
    assert ran.of("recap")[0]["hosts"]["here"]["unreachable"] == 1


def test_keeps_secret_what_the_task_keeps_secret(run: Run) -> None:
    secret = "correct-horse"
    tasks = (
        f"    - {{name: Fetch, ansible.builtin.command: {{argv: [echo, {secret}]}}, no_log: true}}\n"
        f"    - {{name: Loop, ansible.builtin.command: {{argv: [echo, '{{{{ item }}}}']}}, no_log: true, loop: [{secret}, {secret}2]}}\n"
        f"    - {{name: Write, ansible.builtin.copy: {{content: {secret}, dest: /dev/null/x}}, no_log: true, diff: true, ignore_errors: true}}\n"
    )
    ran = run(play(tasks), *HERE, "--diff")

    assert secret not in json.dumps(ran.events)
    assert all(ran.one(*of)["censored"] for of in (("ok", "Fetch"), ("ok", "Loop"), ("failed", "Write")))
    assert [item["censored"] for item in ran.of("item_ok")] == [True, True]


def test_tells_each_item_of_a_loop(run: Run) -> None:
    loop = (
        "    - name: Loop\n      ansible.builtin.command: {argv: ['{{ item }}']}\n      loop: ['true', 'false', skipped]\n"
        "      when: item != 'skipped'\n      ignore_errors: true\n"
    )
    ran = run(play(loop), *HERE)

    told = [(event["event"], event["item"]) for event in ran.of("item_ok", "item_failed", "item_skipped")]
    assert told == [("item_ok", "true"), ("item_failed", "false"), ("item_skipped", "skipped")]


def test_counts_the_attempts_of_a_task(run: Run, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    waiting = (
        f"    - name: Wait\n      ansible.builtin.command: {{argv: [ls, {mark}], creates: {mark}}}\n      register: seen\n"
        f"      until: seen.rc == 0\n      retries: 2\n      delay: 0\n"
    )
    ran = run(play(waiting), *HERE)

    assert [(event["attempts"], event["retries"]) for event in ran.of("retry")] == [(1, 3), (2, 3)]
    assert ran.one("failed", "Wait")["rc"] == 2


def test_tells_handlers_roles_and_differences(run: Run, tmp_path: Path) -> None:
    tasks = tmp_path / "roles" / "greet" / "tasks"
    tasks.mkdir(parents=True)
    (tasks / "main.yml").write_text(
        f"- {{name: Write, ansible.builtin.copy: {{content: hello, dest: {tmp_path}/hello, mode: '0644'}}, notify: Tell}}\n"
    )
    more = "  roles: [greet]\n  handlers:\n    - {name: Tell, ansible.builtin.debug: {msg: told}}\n"
    ran = run(play("    []\n", more).replace("  tasks:\n    []\n", ""), *HERE, "--diff", ANSIBLE_ROLES_PATH=str(tmp_path / "roles"))

    assert ran.code == 0, ran.output
    assert [(event["name"], event["role"]) for event in ran.of("task")] == [("Write", "greet")]
    assert [event["name"] for event in ran.of("handler")] == ["Tell"]
    assert "+hello" in ran.one("diff", "Write")["diff"]


def test_hands_over_what_the_playbook_says_of_its_result(run: Run) -> None:
    stats = "    - {name: Say, ansible.builtin.set_stats: {data: {summary: staged v2, addresses: [127.0.0.1]}, per_host: false}}\n"
    ran = run(play(stats), *HERE)

    assert ran.of("recap")[0]["stats"] == {"summary": "staged v2", "addresses": ["127.0.0.1"]}


def test_tells_of_a_play_that_found_no_host(run: Run) -> None:
    plays = play("    - {name: Look, ansible.builtin.ping: {}}\n") + play("    []\n", "  vars: {play_may_be_empty: true}\n")
    ran = run(plays.replace("hosts: here", "hosts: nobody").replace("  tasks:\n    []\n", ""), *HERE)

    assert ran.code == 0
    assert [(event["required"], event["hosts"]) for event in ran.of("play")] == [(True, []), (False, [])]
    assert [event["play"] for event in ran.of("no_hosts")] == [1, 2]
    assert ran.of("recap")[0]["hosts"] == {}


def test_leaves_whole_lines_when_it_is_interrupted(tmp_path: Path) -> None:
    book, events, begun = tmp_path / "playbook.yml", tmp_path / "events.jsonl", tmp_path / "begun"
    lingering = f"import pathlib, time; pathlib.Path('{begun}').touch(); time.sleep(60)"
    book.write_text(play(f"    - {{name: Linger, ansible.builtin.command: {{argv: [python3, -c, \"{lingering}\"]}}}}\n"))
    with subprocess.Popen(
        [sys.executable, PLAYBOOK, str(book), *HERE], cwd=PROJECT, env=surroundings(tmp_path),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        # A runner in the background ignores SIGINT, which is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        deadline = time.monotonic() + 30
        # Not before: Python drops an interrupt that comes in the middle of a fork.
        while not begun.exists():
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 99

    assert events.read_text().endswith("\n")
    assert [event["event"] for event in read(events)] == ["playbook", "play", "task", "start"]


def test_a_file_that_cannot_be_written_costs_the_events_and_one_warning(run: Run) -> None:
    for path in ("/nowhere/events.jsonl", "/dev/full"):
        ran = run(play("    - {name: Look, ansible.builtin.ping: {}}\n" * 3), *HERE, SIGNALBOX_EVENTS=path)

        assert ran.code == 0
        assert ran.output.count("no more events are written") == 1
        assert "ok=3" in ran.output


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False).returncode != 0:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["/bin/umount", "-l", str(disk)], check=True)


def test_a_disk_that_fills_up_loses_neither_a_failure_nor_the_recap(run: Run, small_disk: Path) -> None:
    events = small_disk / "events.jsonl"
    fill = f"f = open('{small_disk}/filler', 'wb', 0)\nwhile True: f.write(b'x' * 512)"
    tasks = [
        f"    - name: Fill\n      ansible.builtin.command: {{argv: [python3, -c, {json.dumps(fill)}]}}\n      ignore_errors: true\n",
        # More than the disk has left for all that is not needed, and then what is.
        "    - {name: Talk, ansible.builtin.debug: {msg: \"{{ 'y' * 1900 }}\"}, loop: \"{{ range(400) | list }}\"}\n",
        "    - {name: Break, ansible.builtin.command: {argv: ['false']}}\n",
    ]
    ran = run(play("".join(tasks)), *HERE, SIGNALBOX_EVENTS=str(events))

    assert ran.code == 2
    assert "No space left on device" in ran.output
    assert ran.output.count("too little room") == 1
    told = read(events)
    assert [event["event"] for event in told][-2:] == ["failed", "recap"]
    assert told[-2]["task"] == "Break" and told[-1]["hosts"]["here"]["failures"] == 1
    assert events.stat().st_blocks * 512 <= events.stat().st_size + 4096


def test_a_result_that_is_too_long_to_be_handed_over_is_cut(run: Run) -> None:
    stats = "    - {name: Say, ansible.builtin.set_stats: {data: {summary: short, all: \"{{ 'z' * 3000000 }}\"}, per_host: false}}\n"
    ran = run(play(stats), *HERE)

    said = ran.of("recap")[0]["stats"]
    assert said["summary"] == "short" and len(said["all"]) == 20000


def test_without_a_file_nothing_is_said(run: Run) -> None:
    ran = run(play("    - {name: Look, ansible.builtin.ping: {}}\n"), *HERE, SIGNALBOX_EVENTS="")

    assert (ran.code, ran.events) == (0, [])
    assert "signalbox_events" not in ran.output
