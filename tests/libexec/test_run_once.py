"""At most one child a folder, at most one run a lock."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from run_folder import WRAPPER, RunFolder, eventually, is_running

Folders = Callable[[], RunFolder]
COUNT = "open('started', 'a').write('x'); print('up', flush=True)"
STAY = COUNT + "; import time; time.sleep(60)"


def test_of_twenty_wrappers_at_once_exactly_one_starts_the_child(folder: RunFolder) -> None:
    folder.plan(COUNT)
    wrappers = [folder.start() for _ in range(20)]
    assert [wrapper.wait(timeout=60) for wrapper in wrappers] == [0] * 20
    assert folder.text("started") == "x"
    assert folder.exit() == {"status": "exited", "code": 0}
    assert not [file.name for file in folder.path.iterdir() if file.name.startswith(".")]


def test_a_later_wrapper_touches_nothing(folder: RunFolder) -> None:
    folder.plan(COUNT).run()
    before = {file.name: (file.stat().st_ino, file.read_bytes()) for file in folder.path.iterdir()}
    assert folder.start().wait(timeout=60) == 0
    assert {file.name: (file.stat().st_ino, file.read_bytes()) for file in folder.path.iterdir()} == before


def test_a_held_lock_starts_nothing_and_names_its_holder(folders: Folders) -> None:
    first, second = folders(), folders()
    first.plan(STAY, lock="backend/staging", command="p7q2ab").start()
    first.await_text("output.log")
    assert second.plan(COUNT, lock="backend/staging").run() == {"status": "busy", "holder": "p7q2ab"}
    assert second.text("started") == "" and second.record("pid") is None


def test_locks_of_other_names_and_none_at_all_do_not_wait(folders: Folders) -> None:
    first, second, third = folders(), folders(), folders()
    first.plan(STAY, lock="backend/staging").start()
    first.await_text("output.log")
    assert second.plan(COUNT, lock="backend/production").run() == {"status": "exited", "code": 0}
    assert third.plan(COUNT, lock=None).run() == {"status": "exited", "code": 0}


def test_the_lock_is_free_when_exit_appears(folders: Folders) -> None:
    """A busy answer here would be a race between the first's exit and its lock."""
    for _ in range(15):
        run = folders().plan(COUNT, lock="backend/staging")
        wrapper = run.start()
        run.await_exit()
        assert run.exit() == {"status": "exited", "code": 0}
        follower = folders().plan(COUNT, lock="backend/staging")
        assert follower.run() == {"status": "exited", "code": 0}
        wrapper.wait(timeout=60)


def test_a_killed_wrapper_leaves_the_lock_with_its_child(folders: Folders) -> None:
    first, second, third = folders(), folders(), folders()
    wrapper = first.plan(STAY, lock="backend/staging", command="p7q2ab").start()
    first.await_text("output.log")
    wrapper.kill()
    wrapper.wait()
    assert is_running(first.child())
    assert second.plan(COUNT, lock="backend/staging").run() == {"status": "busy", "holder": "p7q2ab"}
    assert first.cancel("--grace", "1") == 0
    eventually(lambda: not is_running(first.child()), "the child ends")
    assert third.plan(COUNT, lock="backend/staging").run() == {"status": "exited", "code": 0}


def test_the_name_of_a_lock_stays_one_file_in_its_folder(folders: Folders) -> None:
    run = folders().plan(COUNT, lock="../../backend/staging")
    assert run.run() == {"status": "exited", "code": 0}
    assert [file.name for file in run.locks.iterdir()] == ["..%2F..%2Fbackend%2Fstaging"]
    refused = folders().plan(COUNT, lock="..").run()
    assert refused == {"status": "not started", "reason": "'..' cannot be the name of a lock"}


def test_giving_up_and_starting_exclude_each_other(folders: Folders) -> None:
    given_up, taken = folders().plan(COUNT), folders().plan(COUNT)

    def give_up(folder: RunFolder) -> int:
        return subprocess.run([*WRAPPER, "--give-up", str(folder.path), "no record in time"], timeout=60).returncode

    assert give_up(given_up) == 0
    assert given_up.record("claimed") == {"by": "bot", "not started": "no record in time"}
    assert given_up.start().wait(timeout=60) == 0
    assert given_up.text("started") == "" and given_up.exit() is None
    taken.run()
    assert give_up(taken) == 3
    assert taken.record("claimed")["by"] == "wrapper"
