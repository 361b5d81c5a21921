"""What cannot be started says why, in the folder where it can and on stderr where it cannot."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from run_folder import WRAPPER, RunFolder

BAD = [
    ({"argv": []}, '"argv" must be a list of texts'),
    ({"argv": "ls -l"}, '"argv" must be a list of texts'),
    ({"argv": ["ls", 3]}, '"argv" must be a list of texts'),
    ({"argv": ["ls", "a\0b"]}, '"argv" must be a list of texts without NUL'),
    ({"argv": ["ls", "\ud800"]}, '"argv" must be a list of texts'),
    ({"argv": ["no-such-program"]}, "no-such-program cannot be executed: No such file or directory"),
    ({"argv": ["/etc/passwd"]}, "/etc/passwd cannot be executed: Permission denied"),
    ({"cwd": "/no/such/folder"}, "the folder /no/such/folder cannot be entered: No such file or directory"),
    ({"cwd": None}, '"cwd" must be a text'),
    ({"command": ""}, '"command" must be a text that is not empty'),
    ({"timeout_seconds": 0}, '"timeout_seconds" must be a number above 0'),
    ({"timeout_seconds": "5m"}, '"timeout_seconds" must be a number above 0'),
    ({"timeout_seconds": True}, '"timeout_seconds" must be a number above 0'),
    ({"environment": ["A=b"]}, '"environment" must be an object of texts'),
    ({"environment": {"A": 1}}, '"environment" must be an object of texts'),
    ({"environment": {"A=B": "c"}}, '"A=B" cannot be the name of a variable'),
    ({"environment_files": {"TOKEN": "/no/such/file"}}, "TOKEN, /no/such/file, cannot be read: No such file"),
    ({"lock": 3}, '"lock" must be a text'),
    ({"lock": "a", "locks": ""}, '"locks" must be a text'),
    ({"lock": "a", "locks": "/proc/nowhere"}, "the lock a cannot be opened"),
]


@pytest.mark.parametrize(("changes", "reason"), BAD, ids=[str(changes) for changes, _ in BAD])
def test_a_plan_that_cannot_be_run_starts_nothing_and_says_why(folder: RunFolder, changes: dict, reason: str) -> None:
    end = folder.plan("print('ran')", **changes).run()
    assert end["status"] == "not started"
    assert reason in end["reason"]
    assert folder.text("output.log") == ""


@pytest.mark.parametrize("content", ["", "{", "[]", "nonsense", '{"command": "\xff"}'])
def test_a_plan_that_is_no_json_object_is_told(folder: RunFolder, content: str) -> None:
    (folder.path / "plan.json").write_bytes(content.encode("latin-1"))
    end = folder.run()
    assert end["status"] == "not started" and "plan.json" in end["reason"]


def test_a_folder_without_a_plan_is_told(folder: RunFolder) -> None:
    assert folder.run() == {"status": "not started", "reason": "there is no plan.json in the run's folder"}


def test_a_secret_with_a_nul_is_refused_without_showing_it(folder: RunFolder, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_bytes(b"hush\0hush")
    end = folder.plan("print('ran')", environment_files={"TOKEN": str(secret)}).run()
    assert end["reason"] == f"the file for TOKEN, {secret}, holds a NUL and cannot be a variable"


def test_a_folder_that_does_not_exist_is_an_error_on_stderr(tmp_path: Path) -> None:
    done = subprocess.run([*WRAPPER, str(tmp_path / "nowhere")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "nowhere" in done.stderr and "No such file or directory" in done.stderr


def test_a_folder_that_cannot_be_written_starts_nothing(folder: RunFolder) -> None:
    """As another account, since root may write everywhere."""
    folder.plan("open('/proc/self/cwd/started', 'w')")
    folder.path.chmod(0o555)
    demote = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
    for parent in (folder.path, *folder.path.parents):
        if parent.stat().st_uid == os.getuid() and parent not in (Path("/"), Path("/tmp")):
            parent.chmod(parent.stat().st_mode | 0o055)
    done = subprocess.run([*demote, *WRAPPER, str(folder.path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "Permission denied" in done.stderr
    assert sorted(file.name for file in folder.path.iterdir()) == ["plan.json"]


@pytest.mark.parametrize("limit", [0, 10, 4095])
def test_without_room_for_the_result_nothing_is_claimed_or_started(folder: RunFolder, limit: int) -> None:
    folder.plan("open('started', 'w')")
    process = folder.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert process.wait(timeout=60) == 1
    assert b"File too large" in process.stderr.read()
    assert sorted(file.name for file in folder.path.iterdir()) == ["plan.json"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    if os.getuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], timeout=60)
    assert mounted.returncode == 0
    yield disk
    subprocess.run(["/bin/umount", "-l", str(disk)], check=True, timeout=60)


def test_a_disk_that_fills_up_during_the_run_does_not_lose_its_result(small_disk: Path) -> None:
    run = small_disk / "run"
    run.mkdir()
    folder = RunFolder(run, small_disk / "locks")
    fill = "import os, sys\ntry:\n    while True: os.write(1, b'x' * 4096)\nexcept OSError as error: sys.exit(error.errno)"
    assert folder.plan(fill, lock="backend/staging").run() == {"status": "exited", "code": 28}
    assert sum(file.stat().st_blocks for file in small_disk.rglob("*")) * 512 >= 200 * 1024


def test_a_full_disk_starts_nothing(small_disk: Path) -> None:
    run = small_disk / "run"
    run.mkdir()
    folder = RunFolder(run, small_disk / "locks").plan("open('started', 'w')")
    with pytest.raises(OSError), open(small_disk / "filler", "wb", buffering=0) as filler:
        while True:
            filler.write(b"x" * 4096)
    process = folder.start()
    assert process.wait(timeout=60) == 1
    assert b"No space left on device" in process.stderr.read()
    assert sorted(file.name for file in run.iterdir()) == ["plan.json"]


@pytest.mark.parametrize(
    "arguments",
    [[], ["--cancel"], ["--cancel", "/f", "--grace"], ["--cancel", "/f", "--grace", "soon"], ["--give-up", "/f"],
     ["/f", "/g"], ["--what"], ["--cancel", "/f", "--grace", "nan"]],
)  # fmt: skip
def test_wrong_use_is_told(arguments: list[str]) -> None:
    done = subprocess.run([*WRAPPER, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.startswith("signalbox-run: ")


def test_help_tells_the_format_of_the_folder(folders: Callable[[], RunFolder]) -> None:
    done = subprocess.run([*WRAPPER, "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "claimed" in done.stdout and "--give-up" in done.stdout
