"""What signalbox-run was asked to do."""

from __future__ import annotations

import sys

from run.cancel import cancel
from run.folder import Folder
from run.order import Refused, is_connected, receive
from run.plan import DEFAULT_GRACE
from run.supervise import supervise

USAGE = 2


def main(arguments: list[str], usage: str) -> int:
    try:
        return dispatch(arguments, usage)
    except OSError as error:
        return complain(f"{error.filename or 'the run folder'}: {error.strerror}", 1)


def dispatch(arguments: list[str], usage: str) -> int:
    if arguments in (["-h"], ["--help"]):
        print(usage)
        return 0
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        return supervise(Folder(arguments[0]))
    if len(arguments) == 2 and arguments[0] == "--from-socket":
        return ordered(arguments[1])
    if len(arguments) == 3 and arguments[0] == "--give-up":
        return 0 if Folder(arguments[1]).claim({"by": "bot", "not started": arguments[2]}) else 3
    if arguments[:1] == ["--cancel"] and len(arguments) == 2:
        return cancel(Folder(arguments[1]), DEFAULT_GRACE)
    if arguments[:1] == ["--cancel"] and len(arguments) == 4 and arguments[2] == "--grace":
        grace = seconds(arguments[3])
        if grace is None:
            return complain(f"--grace {arguments[3]!r} is not a number of seconds, as in --grace 10", USAGE)
        return cancel(Folder(arguments[1]), grace)
    return complain(
        "signalbox-run FOLDER | --from-socket RUNS | --cancel FOLDER [--grace SECONDS] | --give-up FOLDER REASON", USAGE
    )


def ordered(runs: str) -> int:
    if not is_connected():
        return complain("--from-socket is for a socket's service: its standard input is the connection", USAGE)
    try:
        folder = receive(runs)
    except Refused as problem:
        return complain(str(problem), 1)
    return supervise(folder)


def seconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < 86_400 else None


def complain(message: str, status: int) -> int:
    try:
        print(f"signalbox-run: {message}", file=sys.stderr, flush=True)
    except OSError:
        pass  # whoever started us is gone; the status still says it
    return status
