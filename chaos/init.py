"""The first process of the campaign's own namespaces: runs one program, takes in every orphan, and ends all with its end.

Wrappers outlive the bot that started them; without somebody who takes them in they would stay as zombies, which look alive.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(argv: list[str]) -> int:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True, timeout=10)
    # Ctrl-C reaches the whole group of processes: the program hears it by itself.
    for number in PASSED_ON:
        signal.signal(number, signal.SIG_IGN)
    program = os.fork()
    if program == 0:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.execvp(argv[0], argv)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(program, signal.SIGTERM))
    while True:
        pid, status = os.wait()
        if pid == program:
            return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
