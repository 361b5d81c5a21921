"""The first process of the campaign's own namespaces: runs one program, takes in every orphan, and ends all with its end.

Wrappers outlive the bot that started them; without somebody who takes them in they would stay as zombies, which look alive.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys


def main(argv: list[str]) -> int:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True, timeout=10)
    # Who started the campaign ends it, and us with all others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    program = os.fork()
    if program == 0:
        os.execvp(argv[0], argv)
    while True:
        pid, status = os.wait()
        if pid == program:
            return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
