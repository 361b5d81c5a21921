"""Breaks the company as the schedule says, and measures how long the bot takes to be of use again."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from chaos.estate import Estate
from chaos.faults import Fault, Window
from chaos.parts import ServiceManager, kill_process
from chaos.probe import Prober

# A bot that is of no use for so long has not recovered.
RECOVERY_LIMIT = 90.0


class Breaker(threading.Thread):
    def __init__(self, estate: Estate, manager: ServiceManager, prober: Prober, windows: Iterator[Window], seed: int) -> None:
        super().__init__(daemon=True)
        self._estate = estate
        self._manager = manager
        self._prober = prober
        self._windows = windows
        self._random = Random(f"runs {seed}")
        self._over = threading.Event()
        self.problem: BaseException | None = None

    def over(self) -> None:
        """The fault under way is taken away as it would have been, and is the last."""
        self._over.set()

    def run(self) -> None:
        try:
            with self._estate.place.faults.open("a") as told:
                for window in self._windows:
                    if self._over.wait(window.gap):
                        break
                    self._break(window, told)
        except BaseException as problem:  # noqa: BLE001 it is raised where the campaign waits for this thread
            self.problem = problem

    def _break(self, window: Window, told) -> None:  # noqa: ANN001
        restarts = sum(part.restarts for part in self._estate.parts)
        begin = time.monotonic()
        times: dict[Fault, list[float]] = {}
        for when, what, fault in window.steps():
            time.sleep(max(0.0, begin + when - time.monotonic()))
            (self._begin if what == "begin" else self._end)(fault)
            times.setdefault(fault, []).append(time.time())
        recovery = self._prober.until_of_use(RECOVERY_LIMIT)
        restarts = sum(part.restarts for part in self._estate.parts) - restarts
        for fault in window.faults:
            line = {
                "kind": fault.kind,
                "window": window.kind,
                "begin": times[fault][0],
                "end": times[fault][1],
                "restarts": restarts,
                "recovery_ms": None if recovery is None else round(recovery * 1000),
            }
            told.write(json.dumps(line) + "\n")
        told.flush()

    def _begin(self, fault: Fault) -> None:
        if fault.part == "run":
            self._kill_a_run()
        elif fault.how == "killed":
            self._manager.kill(self._part(fault))
        elif fault.how == "stopped":
            self._part(fault).send(signal.SIGSTOP)
        else:
            self._estate.disks[fault.part].fill()

    def _end(self, fault: Fault) -> None:
        if fault.part == "run":
            return
        if fault.how == "killed":
            self._manager.start(self._part(fault))
        elif fault.how == "stopped":
            self._part(fault).send(signal.SIGCONT)
        else:
            self._estate.disks[fault.part].free()

    def _part(self, fault: Fault):  # noqa: ANN202
        return {"bot": self._estate.bot, "redis": self._estate.redis, "kafka": self._estate.kafka}[fault.part]

    def _kill_a_run(self) -> None:
        """Wrapper and child of one that is under way, so that nobody knows how far it came."""
        under_way = [
            folder
            for folder in sorted((self._estate.place.state / "runs").glob("*"))
            if (folder / "pid").exists() and not (folder / "exit").exists()
        ]
        if not under_way:
            return
        who = _record(self._random.choice(under_way) / "pid")
        for process in ("wrapper", "child"):
            kill_process(who[process]["pid"])


def _record(file: Path) -> dict:
    return json.loads(file.read_text())
