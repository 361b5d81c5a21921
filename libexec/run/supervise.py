"""The life of one run, from the claim to its exit. Each step may be the last one: what is on the disk then stays true."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from run.child import Child
from run.folder import Folder
from run.lock import Busy, Lock
from run.output import Output
from run.plan import Plan, Unusable
from run.processes import Process, boot_id, kill_all

PR_SET_CHILD_SUBREAPER = 36
STEPS = (signal.SIGINT, signal.SIGTERM)
# How often the output is looked at: often enough that a disk has room for what comes in between.
LOOK = 0.2
ENDING = {signal.SIGTERM, signal.SIGINT}


def supervise(folder: Folder) -> int:
    _stand_alone()
    myself = Process.of(os.getpid())
    conclusion = folder.reserve("exit")
    if not folder.claim({"by": "wrapper", **myself.record(), "boot": boot_id()}):
        conclusion.drop()
        return 0
    conclusion.become(_run(folder, myself))
    return 0


def _stand_alone() -> None:
    """Away from the starter's terminal and signals; orphans of the run come to us, so that none is lost from sight."""
    try:
        os.setsid()
    except PermissionError:
        pass  # the starter has done it
    for number in (signal.SIGCHLD, *ENDING):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGHUP, *ENDING})
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _run(folder: Folder, myself: Process) -> dict:
    try:
        plan = Plan.of(folder)
        lock = Lock(plan)
    except Unusable as problem:
        return {"status": "not started", "reason": str(problem)}
    except Busy as busy:
        return {"status": "busy", **({"holder": busy.holder} if busy.holder else {})}
    try:
        return _start_and_watch(folder, myself, plan, lock)
    except Unusable as problem:
        return {"status": "not started", "reason": str(problem)}
    finally:
        lock.free()


def _start_and_watch(folder: Folder, myself: Process, plan: Plan, lock: Lock) -> dict:
    try:
        child = Child(plan, folder, lock)
    except OSError as error:
        raise Unusable(f"the child cannot be prepared: {error}") from error
    try:
        folder.write("pid", {"wrapper": myself.record(), "child": child.process.record(), "boot": boot_id()})
    except OSError as error:
        child.abandon()
        raise Unusable(f"pid cannot be written: {error}") from error
    if folder.has("cancelled"):
        child.abandon()
        return {"status": "cancelled"}
    child.release()
    output = Output(folder, plan.output_bytes)
    end = Watch(folder, myself, child.process, plan, output).outcome()
    output.close_up()
    return end


class Watch:
    """Waits for the child; ends it when its time is over or when we are told to end."""

    def __init__(self, folder: Folder, myself: Process, child: Process, plan: Plan, output: Output) -> None:
        self.folder = folder
        self.myself = myself
        self.child = child
        self.output = output
        self.timeout = plan.timeout
        self.grace = plan.grace
        self.deadline = None if self.timeout is None else time.monotonic() + self.timeout
        self.ending: str | None = None
        self.steps = list(STEPS)

    def outcome(self) -> dict:
        while (status := self._reaped()) is None:
            received = self._next_signal()
            self.output.shorten()
            if self.ending is None and received in ENDING:
                self._begin("cancelled")
            elif self.deadline is not None and time.monotonic() >= self.deadline:
                self._begin("timeout") if self.ending is None else self._next_step()
        if self.ending is None and self.folder.has("cancelled"):
            self.ending = "cancelled"
        if self.ending is not None:
            kill_all(self.myself, self.child, self.folder.mark())
        return self._record(status)

    def _next_signal(self) -> int | None:
        awaited = {signal.SIGCHLD, signal.SIGHUP, *ENDING}
        left = LOOK if self.deadline is None else min(LOOK, max(0.0, self.deadline - time.monotonic()))
        information = signal.sigtimedwait(awaited, left)
        return information.si_signo if information else None

    def _reaped(self) -> int | None:
        """The child's status once it has ended; orphans of the run that came to us are taken on the way."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return None
            if pid == self.child.pid:
                return status
            if pid == 0:
                return None

    def _begin(self, ending: str) -> None:
        self.ending = ending
        self._next_step()

    def _next_step(self) -> None:
        if self.steps:
            number = self.steps.pop(0)
            self.child.send(number)
            self.deadline = time.monotonic() + self.grace
        else:
            kill_all(self.myself, self.child, self.folder.mark())
            self.deadline = None

    def _record(self, status: int) -> dict:
        if os.WIFSIGNALED(status):
            end = {"signal": os.WTERMSIG(status)}
        else:
            end = {"code": os.waitstatus_to_exitcode(status)}
        if self.ending == "timeout":
            return {"status": "timeout", "after_seconds": self.timeout, **end}
        return {"status": self.ending or ("signalled" if "signal" in end else "exited"), **end}
