"""Timeout and cancel: asked first, then insisted on, and nothing of the run is left."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from run_folder import RunFolder, eventually, is_running

STUBBORN = """
import os, signal, sys, time
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
"""
# A worker in a session of its own, and two whose parent is gone and reaped: none of them in the child's group.
FAMILY = STUBBORN + """
def worker(orphan):
    if middle := os.fork():
        if orphan: os.waitpid(middle, 0)
        return
    os.setsid()
    if orphan and os.fork(): os._exit(0)
    open('workers', 'a').write(f'{os.getpid()}\\n')
    time.sleep(120)
    os._exit(0)
worker(False); worker(True); worker(True)
while len(open('workers', 'a+').read()) < 0 or sum(1 for _ in open('workers')) < 3: time.sleep(0.01)
print('up', flush=True)
time.sleep(120)
"""
# What wipes its environment and loses its parent can only be told by whom it comes to.
NAMELESS = STUBBORN + """
if not os.fork():
    os.setsid()
    if os.fork(): os._exit(0)
    open('workers', 'a').write(f'{os.getpid()}\\n')
    os.execve('/bin/sleep', ['sleep', '120'], {})
os.wait()
while not os.path.exists('workers'): time.sleep(0.01)
print('up', flush=True)
time.sleep(120)
"""
POLITE = """
import signal, sys, time
def leave(number, frame): print('leaving', number, flush=True); sys.exit(99)
signal.signal(signal.SIGINT, leave)
print('up', flush=True)
time.sleep(120)
"""


def workers(folder: RunFolder) -> list[int]:
    return [int(line) for line in folder.text("workers").split()]


def test_a_timeout_asks_first(folder: RunFolder) -> None:
    folder.plan(POLITE, timeout_seconds=1)
    assert folder.run() == {"status": "timeout", "after_seconds": 1, "code": 99}
    assert "leaving 2" in folder.text("output.log")


def test_a_timeout_ends_with_the_whole_tree(folder: RunFolder) -> None:
    folder.plan(FAMILY, timeout_seconds=1, grace_seconds=0.3)
    folder.start()
    folder.await_text("output.log")
    assert len(workers(folder)) == 3
    end = eventually(folder.exit, "exit is written")
    assert end == {"status": "timeout", "after_seconds": 1, "signal": 9}
    assert not [pid for pid in workers(folder) if is_running(pid)]


def test_cancel_finds_what_hides(folder: RunFolder) -> None:
    folder.plan(NAMELESS).start()
    folder.await_text("output.log")
    assert len(workers(folder)) == 1
    assert folder.cancel("--grace", "0.3") == 0
    assert not [pid for pid in workers(folder) if is_running(pid)]


# As Ansible at SIGINT: ends by itself, and its workers may not have noticed.
CARELESS = FAMILY.replace("print('up'", "signal.signal(signal.SIGINT, lambda *_: sys.exit(99))\nprint('up'")


def test_what_an_obedient_child_leaves_behind_is_ended_too(folders: Callable[[], RunFolder]) -> None:
    timed_out, cancelled = folders().plan(CARELESS, timeout_seconds=1), folders().plan(CARELESS)
    for folder in (timed_out, cancelled):
        folder.start()
        folder.await_text("output.log")
    assert cancelled.cancel() == 0
    assert cancelled.exit() == {"status": "cancelled", "code": 99}
    assert timed_out.await_exit() == {"status": "timeout", "after_seconds": 1, "code": 99}
    assert not [pid for pid in workers(timed_out) + workers(cancelled) if is_running(pid)]


def test_a_run_in_time_is_not_ended(folder: RunFolder) -> None:
    assert folder.plan("print('quick')", timeout_seconds=30).run() == {"status": "exited", "code": 0}


def test_cancel_asks_the_child_and_reports_its_own_end(folder: RunFolder) -> None:
    folder.plan(POLITE).start()
    folder.await_text("output.log")
    assert folder.cancel() == 0
    assert folder.exit() == {"status": "cancelled", "code": 99}
    assert "leaving 2" in folder.text("output.log")


def test_cancel_insists_and_leaves_nothing(folder: RunFolder) -> None:
    folder.plan(FAMILY).start()
    folder.await_text("output.log")
    assert folder.cancel("--grace", "0.3") == 0
    assert folder.exit() == {"status": "cancelled", "signal": 9}
    assert not [pid for pid in workers(folder) if is_running(pid)]


def test_cancel_works_without_the_wrapper(folder: RunFolder) -> None:
    wrapper = folder.plan(FAMILY).start()
    folder.await_text("output.log")
    wrapper.kill()
    wrapper.wait()
    assert folder.cancel("--grace", "0.3") == 0
    assert folder.exit() == {"status": "cancelled", "begun": True}
    assert not [pid for pid in (folder.child(), *workers(folder)) if is_running(pid)]


def test_cancel_before_the_start_means_that_nothing_is_started(folder: RunFolder) -> None:
    folder.plan("open('started', 'w')")
    assert folder.cancel() == 0
    assert folder.run() == {"status": "cancelled"}
    assert not (folder.path / "started").exists()


def test_cancel_after_the_end_is_too_late_and_changes_nothing(folder: RunFolder) -> None:
    folder.plan("print('quick')").run()
    assert folder.cancel() == 3
    assert folder.exit() == {"status": "exited", "code": 0}
    assert folder.record("cancelled") is None


def test_cancel_touches_no_process_that_only_has_the_same_number(folder: RunFolder) -> None:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    bystander = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
    other = {"pid": bystander.pid, "start": 1}
    (folder.path / "pid").write_text(json.dumps({"wrapper": other, "child": other, "boot": boot}))
    assert folder.cancel("--grace", "0.1") == 0
    assert bystander.poll() is None
    assert folder.exit() == {"status": "cancelled", "begun": True}
    bystander.kill()
    bystander.wait()


def test_cancel_of_a_run_from_before_a_reboot_ends_no_process(folder: RunFolder) -> None:
    bystander = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
    start = int(Path(f"/proc/{bystander.pid}/stat").read_text().rpartition(")")[2].split()[19])
    same = {"pid": bystander.pid, "start": start}
    (folder.path / "pid").write_text(json.dumps({"wrapper": same, "child": same, "boot": "another"}))
    assert folder.cancel("--grace", "0.1") == 0
    assert bystander.poll() is None
    assert folder.exit() == {"status": "cancelled", "begun": True}
    bystander.kill()
    bystander.wait()


def test_a_wrapper_told_to_end_ends_its_child_and_says_so(folder: RunFolder) -> None:
    wrapper = folder.plan(POLITE).start()
    folder.await_text("output.log")
    wrapper.send_signal(signal.SIGTERM)
    assert folder.await_exit() == {"status": "cancelled", "code": 99}


def test_a_wrapper_outlives_its_starters_terminal(folder: RunFolder) -> None:
    wrapper = folder.plan(POLITE).start()
    folder.await_text("output.log")
    wrapper.send_signal(signal.SIGHUP)
    assert folder.cancel() == 0
    assert folder.exit() == {"status": "cancelled", "code": 99}
