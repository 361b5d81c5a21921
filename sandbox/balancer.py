"""The load balancers' data plane: one HAProxy, told what changes while it runs."""

from __future__ import annotations

import csv
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from sandbox import haproxy_config
from sandbox.place import Place
from sandbox.pools import Membership, Shape
from sandbox.slots import Slots
from sandbox.trouble import Trouble


@dataclass(frozen=True)
class Health:
    up: bool
    reason: str  # HAProxy's word for the last check, such as L7OK, L7STS, L4CON
    seconds: float  # since it was let in


class Balancer:
    def __init__(self, place: Place) -> None:
        self._config = place.run / "haproxy.cfg"
        self._socket = place.run / "haproxy.sock"
        self._log = place.log / "haproxy.log"
        self._shape = Shape((), ())
        self._slots: dict[str, Slots] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def apply(self, shape: Shape, wanted: dict[str, Membership], now: float) -> float | None:
        """Returns when it wants to be called again at the latest, in monotonic seconds."""
        with self._lock:
            try:
                return self._apply(shape, wanted, now)
            except (OSError, Trouble):
                self._shape = Shape((), ())  # the next call loads anew, with the members as they are known here
                raise

    def _apply(self, shape: Shape, wanted: dict[str, Membership], now: float) -> float | None:
        if shape != self._shape:
            self._load(shape)
        deadlines = []
        for pool in shape.pools:
            slots = self._slots.setdefault(pool.name, Slots(pool.name))
            membership = wanted[pool.name]
            for command in slots.update(membership, now):
                self._tell(command)
            deadlines.append(slots.next_deadline(membership))
        return min((each for each in deadlines if each is not None), default=None)

    def health(self, pool: str, id: str) -> Health | None:
        """None: not let in (yet)."""
        with self._lock:
            slots = self._slots.get(pool)
            number = slots.number_of(id) if slots else None
            if slots is None or number is None:
                return None
            for row in self._table():
                if (row["pxname"], row["svname"]) == (pool, f"s{number}"):
                    seconds = time.monotonic() - slots.taken[number].entered
                    return Health(row["status"].startswith("UP"), row["check_status"].lstrip("* "), seconds)
            return None

    def serves(self, pool: str) -> bool:
        return any(each.name == pool for each in self._shape.pools)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _load(self, shape: Shape) -> None:
        self._config.write_text(haproxy_config.render(shape, self._slots, self._socket))
        tried = subprocess.run(["haproxy", "-c", "-f", str(self._config)], capture_output=True, text=True,
                               timeout=20, check=False)
        if tried.returncode != 0:
            raise Trouble(f"HAProxy refuses {self._config}:\n{tried.stderr}")
        before = self._worker()
        if self._process is None or self._process.poll() is not None:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(["haproxy", "-W", "-f", str(self._config)],
                                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        else:
            self._process.send_signal(signal.SIGUSR2)
        self._await_worker_other_than(before)
        self._shape = shape

    def _await_worker_other_than(self, before: str | None) -> None:
        deadline = time.monotonic() + 10
        while (self._worker() or before) == before:
            if time.monotonic() > deadline or self._process is None or self._process.poll() is not None:
                raise Trouble(f"HAProxy does not start; see {self._log}")
            time.sleep(0.02)

    def _worker(self) -> str | None:
        try:
            return next(line for line in self._ask("show info").splitlines() if line.startswith("Pid:"))
        except OSError:  # it does not listen (yet)
            return None

    def _tell(self, command: str) -> None:
        answer = self._ask(command).strip()
        # It answers some successes with a sentence ("IP changed from …"); refusals name what they refuse.
        if any(word in answer for word in ("No such", "Invalid", "Unknown", "Require", "not ")):
            raise Trouble(f"HAProxy refuses '{command}': {answer}")

    def _table(self) -> list[dict[str, str]]:
        text = self._ask("show stat -1 4 -1").lstrip("# ")
        return list(csv.DictReader(text.splitlines()))

    def _ask(self, command: str) -> str:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(self._socket))
            connection.sendall(command.encode() + b"\n")
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()
