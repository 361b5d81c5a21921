"""The process inside the sandbox's namespaces: its /etc and view, the AWS API, the balancer, the machines."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sandbox import identity, private_etc, view
from sandbox.account import Account as Login
from sandbox.cgroup import Cgroup
from sandbox.environments import ENDPOINT_PORT, ENVIRONMENTS
from sandbox.place import Place


def main(place: Place, ready: int) -> None:
    """`ready`: a file descriptor that gets one line: `ready`, or why not."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        stop = _begin(place)
    except Exception as error:  # whatever it was, `up` says it to the person who waits
        logging.exception("cannot start")
        os.write(ready, f"{error}\n".encode())
        sys.exit(1)
    os.write(ready, b"ready\n")
    os.close(ready)
    ended.wait()
    stop()
    logging.shutdown()
    os._exit(0)  # what else there is, is memory: an orderly end of it takes a second


def _begin(place: Place) -> Callable[[], None]:
    facts = place.facts()
    login = Login(facts["uid"], place.bot)
    os.umask(0o022)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True, timeout=10)
    view.arrange(place)
    private_etc.cover(place.private_etc, login)
    from sandbox import emulator, estate, keys, status, target_health
    from sandbox.balancer import Balancer
    from sandbox.reconcile import Reconciler

    emulator.prepare(place.run)
    balancer = Balancer(place)
    target_health.follow(balancer)
    machines = Cgroup(Path(facts["group"])).child("machines").create()
    account = emulator.Account()
    reconciler = Reconciler(place, machines, account, balancer)
    api = emulator.Emulator(ENDPOINT_PORT, reconciler.wake, lambda: status.gather(account, reconciler))
    api.start()
    for environment in ENVIRONMENTS:
        estate.create(estate.clients(), environment, keys.public(place.key))
    reconciler.once()
    reconciler.start()
    identity.record(place.inside_pid, os.getpid())

    def stop() -> None:
        reconciler.stop()
        balancer.stop()

    return stop
