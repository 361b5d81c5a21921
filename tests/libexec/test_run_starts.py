"""What the child finds when it starts, and how its end is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from run_folder import RunFolder, eventually

SHOW = """
import json, os, signal
ignored = [n for n in signal.valid_signals() if n not in (9, 19) and signal.getsignal(n) == signal.SIG_IGN]
print(json.dumps({
    "environment": dict(os.environ), "cwd": os.getcwd(), "blocked": list(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
    "leads": os.getsid(0) == os.getpid() == os.getpgid(0), "input": os.read(0, 1).decode(),
    "descriptors": sorted(int(n) for n in os.listdir("/proc/self/fd"))[:-1],
    "status": open("/proc/self/status").read(),
}))
"""


def test_a_child_starts_clean_whatever_its_starter_had(folder: RunFolder) -> None:
    folder.plan(SHOW)

    def spoil() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGUSR1, signal.SIGINT})

    leak, other = os.pipe()
    folder.start(preexec_fn=spoil, pass_fds=[leak], env={"SECRET_OF_THE_STARTER": "x"})
    assert folder.await_exit() == {"status": "exited", "code": 0}
    os.close(leak), os.close(other)
    seen = json.loads(folder.text("output.log"))
    status = dict(line.split(":\t", 1) for line in seen["status"].splitlines() if ":\t" in line)
    assert {key: value for key, value in seen["environment"].items() if key != "LC_CTYPE"} == {
        "PATH": "/usr/bin:/bin",
        "SIGNALBOX_RUN": str(folder.path),
    }
    assert seen["cwd"] == str(folder.path)
    assert seen["leads"] and seen["input"] == ""
    assert seen["descriptors"] == [0, 1, 2]
    assert int(status["SigBlk"], 16) == 0
    python_itself = 1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1
    assert int(status["SigIgn"], 16) & ~python_itself == 0


def test_the_signals_that_python_ignores_are_not_ignored_in_the_child(folder: RunFolder) -> None:
    folder.plan(argv=["/bin/cat", "/proc/self/status"]).run()
    status = dict(line.split(":\t", 1) for line in folder.text("output.log").splitlines() if ":\t" in line)
    assert int(status["SigIgn"], 16) == 0 and int(status["SigBlk"], 16) == 0


@pytest.mark.parametrize("code", [0, 1, 2, 4, 99, 255])
def test_the_exit_code_is_the_childs(folder: RunFolder, code: int) -> None:
    assert folder.plan(f"raise SystemExit({code})").run() == {"status": "exited", "code": code}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGSEGV])
def test_a_signal_that_ended_the_child_is_told(folder: RunFolder, number: int) -> None:
    program = f"import os, signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), {int(number)})"
    assert folder.plan(program).run() == {"status": "signalled", "signal": int(number)}


def test_pid_names_wrapper_and_child_for_ever(folder: RunFolder) -> None:
    process = folder.plan("import time; print('up', flush=True); time.sleep(60)").start()
    folder.await_text("output.log")
    record = folder.record("pid")
    for name in ("wrapper", "child"):
        fields = Path(f"/proc/{record[name]['pid']}/stat").read_text().rpartition(")")[2].split()
        assert record[name]["start"] == int(fields[19])
    assert record["wrapper"]["pid"] == process.pid
    assert record["boot"] == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    claimed = folder.record("claimed")
    assert claimed == {"by": "wrapper", **record["wrapper"], "boot": record["boot"]}


def test_a_large_output_arrives_whole_and_in_order(folder: RunFolder) -> None:
    many = "import sys\nfor n in range(1_500_000): print(f'line {n:07}')\nsys.stdout.flush()\n"
    folder.plan(many + "print('last', file=sys.stderr)").run()
    lines = folder.text("output.log").splitlines()
    assert len(lines) == 1_500_001
    assert lines[0] == "line 0000000" and lines[-2:] == ["line 1499999", "last"]


def test_output_is_appended_and_for_its_owner_only(folder: RunFolder) -> None:
    folder.plan("print('words')").run()
    assert (folder.path / "output.log").stat().st_mode & 0o777 == 0o600
    assert (folder.path / "exit").stat().st_mode & 0o777 == 0o600


def test_secrets_reach_the_child_and_nothing_else(folder: RunFolder, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("s3cr3t-öf-the-day\n")
    program = "import os, time; print(ascii(os.environ['TOKEN'])[::-1], flush=True); time.sleep(60)"
    folder.plan(program, environment_files={"TOKEN": str(secret)})
    process = folder.start()
    assert folder.await_text("output.log").strip() == ascii("s3cr3t-öf-the-day")[::-1]
    for pid in (process.pid, folder.child()):
        assert b"s3cr3t" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    assert folder.cancel() == 0
    for file in folder.path.iterdir():
        assert b"s3cr3t" not in file.read_bytes()


def test_a_child_holds_no_descriptor_but_its_own_and_the_lock(folder: RunFolder) -> None:
    folder.plan(lock="backend/staging", argv=["/bin/ls", "-l", "/proc/self/fd"]).run()
    links = [line.partition(" -> ")[2] for line in folder.text("output.log").splitlines() if " -> " in line]
    log = str(folder.path / "output.log")
    assert links[:4] == ["/dev/null", log, log, str(folder.locks / "backend%2Fstaging")]
    assert all(link.startswith("/proc/") for link in links[4:])


def test_the_wrapper_costs_little_more_than_its_interpreter(folders) -> None:  # noqa: ANN001
    """On a quiet machine the child executes 35 ms after the start; a busy one is measured by a bare interpreter."""

    def until_child_executes() -> float:
        folder = folders().plan(argv=["/bin/date", "+%s.%N"], lock="backend/staging")
        begin = time.time()
        folder.run()
        return float(folder.text("output.log")) - begin

    def bare() -> float:
        begin = time.time()
        subprocess.run(["/usr/bin/python3", "-I", "-S", "-E", "-c", "pass"], check=True)
        return time.time() - begin

    ratio = min(until_child_executes() / bare() for _ in range(15))
    assert ratio <= 7


def test_a_leftover_of_a_finished_run_does_not_hold_its_lock(folders) -> None:  # noqa: ANN001
    daemon = "import subprocess; subprocess.Popen(['/bin/sleep', '30'], start_new_session=True, close_fds=False)"
    first = folders().plan(daemon, lock="backend/staging")
    assert first.run() == {"status": "exited", "code": 0}
    second = folders().plan("print('ran')", lock="backend/staging")
    assert second.run() == {"status": "exited", "code": 0}


def test_the_wrapper_leads_a_session_of_its_own(folder: RunFolder) -> None:
    process = folder.plan("import time; time.sleep(60)").start()
    folder.child()
    assert os.getsid(process.pid) == process.pid
    eventually(lambda: os.getsid(folder.child()) == folder.child(), "the child leads its session")
