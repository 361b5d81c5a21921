"""A run that is ordered over a socket, as systemd hands it over: the order is read and answered, then the socket is let go."""

from __future__ import annotations

import json
import os
import select
import stat
import time

from run.folder import Folder

CONNECTION = 0
LONGEST = 4096
PATIENCE = 10.0


class Refused(Exception):
    """Why this order starts nothing."""


def receive(runs: str) -> Folder:
    """The folder that was ordered, which lies in `runs`; whoever ordered it knows by then that it comes, or why not."""
    try:
        folder = Folder(_checked(_line(), runs))
        log = _log(folder)
    except Refused as problem:
        _answer({"refused": str(problem)})
        raise
    _answer({"pid": os.getpid()})
    _let_go(log)
    return folder


def is_connected() -> bool:
    return stat.S_ISSOCK(os.fstat(CONNECTION).st_mode)


def _line() -> str:
    deadline = time.monotonic() + PATIENCE
    received = b""
    while b"\n" not in received:
        left = max(0.0, deadline - time.monotonic())
        if not select.select([CONNECTION], [], [], left)[0]:
            raise Refused(f"no order came within {PATIENCE:g} seconds: the path of a run's folder, on one line")
        try:
            more = os.read(CONNECTION, LONGEST)
        except ConnectionError as error:
            raise Refused(f"the order broke off: {error.strerror}") from error
        if not more:
            raise Refused("the order broke off before the end of its line")
        received += more
        if len(received) > LONGEST:
            raise Refused(f"the order is longer than {LONGEST} bytes")
    return os.fsdecode(received.partition(b"\n")[0])


def _checked(path: str, runs: str) -> str:
    if not os.path.isabs(path) or os.path.normpath(path) != path or "\0" in path:
        raise Refused(f"{path!r} is not the whole path of a run's folder")
    if os.path.realpath(os.path.dirname(path)) != os.path.realpath(runs):
        raise Refused(f"{path} does not lie in {runs}, the only folder whose runs are started here")
    try:
        status = os.lstat(path)
    except OSError as error:
        raise Refused(f"{path} cannot be looked at: {error.strerror}") from error
    if not stat.S_ISDIR(status.st_mode):
        raise Refused(f"{path} is not a folder")
    if status.st_uid != os.geteuid():
        raise Refused(f"{path} belongs to account {status.st_uid}, and this is account {os.geteuid()}")
    return path


def _log(folder: Folder) -> int:
    """Where the starter by setsid lets us complain, so that the same words are found in the same place."""
    try:
        return os.open(folder.file("wrapper.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise Refused(f"{folder.file('wrapper.log')} cannot be written: {error.strerror}") from error


def _answer(answer: dict) -> None:
    """Where nobody listens any more the claim in the folder still decides, as after any start whose starter died."""
    try:
        os.write(CONNECTION, json.dumps(answer).encode() + b"\n")
    except ConnectionError:
        pass


def _let_go(log: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(nothing)
    os.close(log)
