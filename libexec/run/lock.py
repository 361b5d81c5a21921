"""The lock of a run on this machine, beneath the brain's: it holds even where the brain is wrong or gone."""

from __future__ import annotations

import fcntl
import json
import os

from run.plan import Plan, Unusable


class Busy(Exception):
    def __init__(self, holder: str | None) -> None:
        super().__init__(holder)
        self.holder = holder


class Lock:
    """Held as long as this process or the child lives: the child inherits it, so that killing us frees nothing."""

    def __init__(self, plan: Plan) -> None:
        self.descriptor: int | None = None
        if plan.lock is None:
            return
        name = plan.lock.replace("/", "%2F")
        if name in (".", ".."):
            raise Unusable(f"'{name}' cannot be the name of a lock")
        try:
            os.makedirs(plan.locks, 0o700, exist_ok=True)
            self.descriptor = os.open(os.path.join(plan.locks, name), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unusable(f"the lock {plan.lock} cannot be opened: {error}") from error
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(self._holder()) from error
        self._name_holder(plan.command)

    def free(self) -> None:
        if self.descriptor is not None:
            os.ftruncate(self.descriptor, 0)
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)
            os.close(self.descriptor)
            self.descriptor = None

    def _name_holder(self, command: str) -> None:
        try:
            os.ftruncate(self.descriptor, 0)
            os.pwrite(self.descriptor, json.dumps({"command": command}).encode(), 0)
        except OSError as error:
            raise Unusable(f"the lock's file cannot be written: {error.strerror}") from error

    def _holder(self) -> str | None:
        try:
            return json.loads(os.pread(self.descriptor, 4096, 0))["command"]
        except (ValueError, KeyError, TypeError):
            return None
