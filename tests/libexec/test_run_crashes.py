"""The wrapper is killed before each of its calls in turn; whatever is on the disk then is whole and true."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from run_folder import LIBEXEC, PYTHON, RunFolder, eventually, is_running

PROGRAM = "open('started', 'a').write('x')"
RECORDS = ("claimed", "pid", "exit")


def crash(number: int, folder: RunFolder) -> str | None:
    """The call before which the wrapper died, or None where it came to its end."""
    script = str(Path(__file__).with_name("crash_at.py"))
    process = subprocess.Popen(
        [*PYTHON, script, str(number), str(LIBEXEC), str(folder.path)], stdout=subprocess.PIPE, text=True
    )
    died_before = process.stdout.read().strip()
    status = process.wait(timeout=60)
    process.stdout.close()
    assert status == (-9 if died_before else 0)
    return died_before or None


def await_child_is_over(folder: RunFolder) -> None:
    """The child waits at its gate or runs; once the wrapper is dead it ends either way."""
    if record := folder.record("pid"):
        eventually(lambda: not is_running(record["child"]["pid"]), "the child ends")
    mark = f"SIGNALBOX_RUN={folder.path}".encode()

    def bearers() -> list[Path]:
        return [each for each in Path("/proc").glob("[0-9]*/environ") if mark in contents(each).split(b"\0")]

    eventually(lambda: not bearers(), "nothing of the run is left")


def contents(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def test_a_kill_at_any_call_leaves_whole_files_and_at_most_one_start(folders: Callable[[], RunFolder]) -> None:
    died_before: list[str] = []
    outcomes: dict[str, int] = {}
    while True:
        folder = folders().plan(PROGRAM, lock="backend/staging")
        call = crash(len(died_before) + 1, folder)
        if call is None:
            break
        died_before.append(call)
        await_child_is_over(folder)
        outcome = check_after_crash(folder)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert len(died_before) > 40 and {"link", "fork", "rename", "fsync", "write"} <= set(died_before)
    # The test is only worth something where the kills fell into every phase.
    assert set(outcomes) == {"not claimed", "claimed, not started", "started, no result", "ended"}


def check_after_crash(folder: RunFolder) -> str:
    for name in RECORDS:
        if (folder.path / name).exists():
            json.loads((folder.path / name).read_text())
    starts = folder.text("started")
    assert starts in ("", "x")
    assert not starts or folder.record("pid"), "a child ran before its pid was on the disk"
    assert not folder.record("pid") or folder.record("claimed")
    if folder.record("exit"):
        assert folder.exit() == {"status": "exited", "code": 0} and starts == "x"
    phase = (
        "ended" if folder.record("exit") else "started, no result" if starts
        else "claimed, not started" if folder.record("claimed") else "not claimed"
    )  # fmt: skip
    # A second wrapper, as after a redelivery: it runs exactly what was not claimed, and the lock was not left behind.
    assert folder.start().wait(timeout=60) == 0
    if phase == "not claimed":
        assert folder.exit() == {"status": "exited", "code": 0} and folder.text("started") == "x"
    else:
        assert folder.text("started") == starts
    return phase
