"""The child: forked first, told to go when its pid is on the disk."""

from __future__ import annotations

import fcntl
import os
import signal

from run.folder import Folder
from run.lock import Lock
from run.plan import Plan, Unusable
from run.processes import Process

GO = b"g"
LOCK, REPORT = 3, 4
ABOVE_ALL_TARGETS = 10


class Child:
    """Waits at its gate until `release`; where we die before that, it sees the gate close and ends without a trace."""

    def __init__(self, plan: Plan, folder: Folder, lock: Lock) -> None:
        name, _, value = folder.mark().partition(b"=")
        environment = {**plan.environment(), name: value}
        output = os.open(folder.file("output.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        wait_here, self._gate = os.pipe()
        self._report, report_here = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(self._gate)
                _become(plan, environment, wait_here, report_here, output, lock.descriptor)
            finally:
                os._exit(127)
        for descriptor in (wait_here, report_here, output):
            os.close(descriptor)
        self.process = Process.of(pid)

    def abandon(self) -> None:
        os.close(self._gate)
        os.close(self._report)
        os.waitpid(self.process.pid, 0)

    def release(self) -> None:
        """Lets it execute; raises where that was not possible."""
        try:
            os.write(self._gate, GO)
        except BrokenPipeError:
            pass  # it was killed while it waited; its status will say so
        os.close(self._gate)
        with open(self._report, "rb") as report:
            problem = report.read()
        if problem:
            os.waitpid(self.process.pid, 0)
            raise Unusable(problem.decode("utf-8", "replace"))


def _become(plan: Plan, environment: dict, gate: int, report: int, output: int, lock: int | None) -> None:
    step = "the child cannot be prepared"
    try:
        os.setsid()
        _reset_signals()
        if os.read(gate, 1) != GO:
            os._exit(0)
        _arrange_descriptors(output, lock, report)
        report = REPORT
        step = f"the folder {plan.cwd} cannot be entered"
        os.chdir(plan.cwd.encode())
        step = f"{plan.argv[0]} cannot be executed"
        os.execvpe(plan.argv[0].encode(), [word.encode() for word in plan.argv], environment)
    except Exception as error:  # whatever it is, it belongs into the reason and not into a traceback nobody sees
        reason = error.strerror if isinstance(error, OSError) else repr(error)
        os.write(report, f"{step}: {reason}".encode())


def _reset_signals() -> None:
    """Also what the starter had: a background child of a script comes with SIGINT ignored, and Python ignores two."""
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _arrange_descriptors(output: int, lock: int | None, report: int) -> None:
    """0 to 2 for the program, the lock for all it starts, the report until it executes; nothing else is inherited."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    nothing, output, lock, report = (
        None if each is None else fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, ABOVE_ALL_TARGETS)
        for each in (nothing, output, lock, report)
    )
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.dup2(report, REPORT, inheritable=False)
    if lock is None:
        os.closerange(LOCK, REPORT)
    else:
        os.dup2(lock, LOCK)
    os.closerange(REPORT + 1, os.sysconf("SC_OPEN_MAX"))
