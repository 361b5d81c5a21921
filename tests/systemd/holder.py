"""Keeps one machine with a real systemd in a network of its own, for as long as its standard input is open.

    unshare --mount --net --propagation private python holder.py

First line of its input: {"name": …, "folder": …, "specification": {…}}. It prints one line, {"pid": that of systemd, "group": its cgroup}, when
the machine's SSH server answers. Whatever ends the tests closes its input, and so ends the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox import cgroup  # noqa: E402
from sandbox.machine import File, Login, Machine, Specification  # noqa: E402
from sandbox.ready import Ready  # noqa: E402

SECONDS = 30


def specification(said: dict) -> Specification:
    files = {path: File(**file) for path, file in said.pop("files").items()}
    return Specification(**{**said, "login": Login(**said["login"]), "units": tuple(said["units"]), "hidden": tuple(said["hidden"]),
                            "files": files})


def main() -> None:
    order = json.loads(sys.stdin.readline())
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True, timeout=10)
    folder = Path(order["folder"])
    group = cgroup.create(order["name"])
    machine = Machine(order["name"], folder / "disk", group.child("machine"), folder / "console.log")
    try:
        machine.start(specification(order["specification"]))
        deadline = time.monotonic() + SECONDS
        while not Ready(tcp=("127.0.0.1", 22)).reached(0):
            if not machine.running() or time.monotonic() > deadline:
                sys.exit(f"the machine does not answer: {(folder / 'console.log').read_text()[-2000:]}")
            time.sleep(0.05)
        print(json.dumps({"pid": machine.first_process(), "group": str(machine.group.path)}), flush=True)
        sys.stdin.read()
    finally:
        machine.destroy()
        group.end()


if __name__ == "__main__":
    main()
