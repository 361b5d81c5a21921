"""Output of any length: the beginning and the end of it are kept, and the disk never holds much more."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from run_folder import RunFolder, eventually

MIB = 1 << 20
LIMIT = 4 * MIB
LINES = """
import os, sys, time
for number in range({count}): sys.stdout.write(f'line {{number:07}} ' + 'x' * 50 + '\\n')
sys.stdout.flush()
"""
NOTE = re.compile(r"\n\[signalbox: (\d+) bytes were left out here, as run\.output-size says\]\n\n")


def lines_of(mebibytes: int) -> str:
    return LINES.format(count=mebibytes * MIB // 64)


def test_the_beginning_and_the_end_are_kept_and_what_is_missing_is_said(folder: RunFolder) -> None:
    assert folder.plan(lines_of(40), output_bytes=LIMIT).run() == {"status": "exited", "code": 0}
    text = folder.text("output.log")
    head, left_out, tail = NOTE.split(text)
    assert all(re.fullmatch(r"line \d{7} x{50}", line) for part in (head, tail) for line in part.splitlines())
    assert head.startswith("line 0000000") and tail.endswith(f"line {40 * MIB // 64 - 1:07} {'x' * 50}\n")
    assert len(head) + int(left_out) + len(tail) == 40 * MIB
    assert LIMIT // 2 - 64 * 1024 <= len(head) <= LIMIT // 2
    assert LIMIT // 2 - 64 * 1024 <= len(tail) <= LIMIT // 2 + 2 * MIB
    assert (folder.path / "output.log").stat().st_mode & 0o777 == 0o600


def test_the_disk_holds_little_of_it_while_the_run_goes_on(folder: RunFolder) -> None:
    wait = "while not os.path.exists('gate'): time.sleep(0.02)\nprint('the end')"
    folder.plan(lines_of(64) + wait, output_bytes=LIMIT).start()
    log = folder.path / "output.log"
    eventually(lambda: log.exists() and log.stat().st_size == 64 * MIB, "all is printed")
    eventually(lambda: log.stat().st_blocks * 512 <= LIMIT + 2 * MIB, "the middle is given back")
    with log.open("rb") as file:
        file.seek(-64, 2)
        assert file.read() == f"line {MIB - 1:07} {'x' * 50}\n".encode()
    (folder.path / "gate").touch()
    assert folder.await_exit() == {"status": "exited", "code": 0}
    assert folder.text("output.log").endswith("xx\nthe end\n") and log.stat().st_size <= LIMIT + 2 * MIB


def test_a_line_without_an_end_is_cut_like_any_output(folder: RunFolder) -> None:
    program = "import os\nfor _ in range(20): os.write(1, b'y' * (1 << 20))"
    assert folder.plan(program, output_bytes=LIMIT).run() == {"status": "exited", "code": 0}
    head, left_out, tail = NOTE.split(folder.text("output.log"))
    assert set(head + tail) == {"y"} and len(head) + int(left_out) + len(tail) == 20 * MIB


def test_what_is_within_the_limit_stays_as_it_is(folder: RunFolder) -> None:
    assert folder.plan(lines_of(3), output_bytes=LIMIT).run() == {"status": "exited", "code": 0}
    assert len(folder.text("output.log")) == 3 * MIB


def test_a_cancelled_run_keeps_its_end_too(folder: RunFolder) -> None:
    folder.plan(lines_of(16) + "print('up', flush=True); time.sleep(60)", output_bytes=LIMIT).start()
    eventually(lambda: folder.text("output.log")[-3:] == "up\n", "all is printed")
    assert folder.cancel("--grace", "0.3") == 0
    assert folder.exit()["status"] == "cancelled"
    assert NOTE.search(folder.text("output.log")) and "\nup\n" in folder.text("output.log")


def test_a_log_that_somebody_took_away_does_not_end_the_run(folder: RunFolder) -> None:
    folder.plan("import os, time; os.remove('output.log'); time.sleep(1)", output_bytes=LIMIT)
    process = folder.start()
    assert folder.await_exit() == {"status": "exited", "code": 0}
    assert process.wait(60) == 0 and b"output.log can grow without a limit" in process.stderr.read()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["/bin/mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)]
    if subprocess.run(command, timeout=60, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["/bin/umount", "-l", str(disk)], check=True, timeout=60)


def test_more_output_than_the_disk_has_room_for_fills_no_disk(small_disk: Path) -> None:
    (small_disk / "run").mkdir()
    folder = RunFolder(small_disk / "run", small_disk / "locks")
    slowly = "import os, time\nfor _ in range(600): os.write(1, b'z' * 65535 + b'\\n'); time.sleep(0.01)"
    assert folder.plan(slowly, output_bytes=2 * MIB).run() == {"status": "exited", "code": 0}
    assert NOTE.search(folder.text("output.log"))
