"""Runs the wrapper and kills it with SIGKILL right before its Nth call that could change anything outside it.

    python3 -I -S -E crash_at.py N LIBEXEC FOLDER

Prints the call it died before. Where the wrapper makes fewer calls, it simply runs.
"""

import os
import signal
import sys

CALLS = ("open", "link", "rename", "unlink", "fsync", "close", "posix_fallocate", "pwrite", "ftruncate", "pipe", "fork",
         "write", "setsid", "makedirs", "waitpid")  # fmt: skip


def die_before(number: int) -> None:
    myself, left = os.getpid(), [number]

    def dying(name: str, original):  # noqa: ANN001, ANN202
        def call(*arguments, **options):  # noqa: ANN002, ANN003, ANN202
            if os.getpid() == myself:
                left[0] -= 1
                if left[0] == 0:
                    sys.__stdout__.write(f"{name}\n")
                    sys.__stdout__.flush()
                    os.kill(myself, signal.SIGKILL)
            return original(*arguments, **options)

        return call

    for name in CALLS:
        setattr(os, name, dying(name, getattr(os, name)))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.path.insert(0, sys.argv[2])
    from run.command_line import main

    die_before(int(sys.argv[1]))
    sys.exit(main([sys.argv[3]], ""))
