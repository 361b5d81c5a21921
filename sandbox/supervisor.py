"""The process outside the namespaces that starts the one inside, waits, and leaves nothing when either ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from sandbox import cgroup, identity, kernel
from sandbox.cgroup import Cgroup
from sandbox.ending import remove
from sandbox.place import PROJECT, Place

PATIENCE = 15.0  # seconds for the orderly end


def main(place: Place, group: Cgroup, ready: int) -> None:
    home = cgroup.own()
    group.child("supervisor").create().join()
    asked = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        inside.send_signal(signal.SIGTERM)

    parts = {name: group.child(name) for name in ("inside", "people", "machines")}
    parts["inside"].create()

    def begin() -> None:
        kernel.die_with_parent(signal.SIGTERM)
        parts["inside"].join()

    namespaces = ["unshare", "--net", "--mount", "--propagation", "private", "--"]
    inside = subprocess.Popen(
        [*namespaces, sys.executable, "-m", "sandbox", "inside", "--dir", str(place.root), "--ready", str(ready)],
        cwd=PROJECT, stdin=subprocess.DEVNULL, pass_fds=[ready],
        preexec_fn=begin,
    )
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
    os.close(ready)
    identity.record(place.supervisor_pid, os.getpid())
    code = inside.wait()
    if not asked:
        # Ended by itself: the logs stay for who wants to know why, `down` clears them away.
        print(f"the sandbox ended by itself with {code}", file=sys.stderr, flush=True)
        for part in parts.values():
            part.end()
        sys.exit(1)
    home.join()
    remove(place, group)
