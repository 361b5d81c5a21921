"""Runs the builder and kills it with SIGKILL right before its Nth call that could change anything.

    python3 -I -S -E crash_at.py N LIBEXEC HOME SETTINGS

stdin is the connection. Prints the call it died before. Where the builder makes fewer calls, it simply serves.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

CALLS = (
    (os, "write"), (os, "fsync"), (os, "pwrite"), (os, "mkdir"), (pathlib.Path, "rename"), (pathlib.Path, "symlink_to"),
    (pathlib.Path, "unlink"), (pathlib.Path, "touch"), (shutil, "rmtree"), (subprocess, "Popen"),
)  # fmt: skip


def die_before(number: int) -> None:
    left = [number]

    def dying(name: str, original):  # noqa: ANN001, ANN202
        def call(*arguments, **options):  # noqa: ANN002, ANN003, ANN202
            left[0] -= 1
            if left[0] == 0:
                sys.stdout.write(f"{name}\n")
                sys.stdout.flush()
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **options)

        return call

    for module, name in CALLS:
        setattr(module, name, dying(name, getattr(module, name)))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.path.insert(0, sys.argv[2])
    from release.server import serve

    die_before(int(sys.argv[1]))
    sys.exit(serve(Path(sys.argv[3]), Path(sys.argv[4])))
