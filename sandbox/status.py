"""What is in a sandbox now: instances, members of target groups, balancers, and the processes of its crew."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sandbox import background, enter
from sandbox.environments import ENDPOINT, ENVIRONMENTS
from sandbox.place import Place

if TYPE_CHECKING:
    from sandbox.emulator import Account
    from sandbox.reconcile import Reconciler

PATH = "/_sandbox/status"
PROCESSES = ("supervisor", "inside", "kafka", "redis", "bot", *(f"load-{each.name}" for each in ENVIRONMENTS))


def gather(account: Account, reconciler: Reconciler) -> dict[str, Any]:
    """Inside: from the emulator's memory."""
    return {
        "balancers": reconciler.balancer_names(),
        "instances": [
            {
                "id": each.id,
                "address": each.private_ip,
                "state": each.state,
                "machine": reconciler.machine_runs(each.id),
                "tags": {tag["key"]: tag["value"] for tag in each.get_tags()},
            }
            for each in account.instances()
            if each.state != "terminated"
        ],
        "targets": account.targets(),
    }


def fetch(place: Place) -> dict[str, Any]:
    """Outside: asks the sandbox; the calling thread is in its network afterwards."""
    enter.network(place)
    # Nothing outside is reached from there, so no proxy either.
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(ENDPOINT + PATH, timeout=10) as answer:
        inside = json.load(answer)
    found = {name: background.running(place, name) for name in PROCESSES}
    return {"dir": str(place.root), **inside, "processes": {name: each.pid for name, each in found.items() if each}}


def lines(status: dict[str, Any]) -> Iterator[str]:
    yield f"sandbox {status['dir']}"
    for name, address in sorted(status["balancers"].items()):
        yield f"  balancer  {name} at {address}"
    for group, members in sorted(status["targets"].items()):
        told = ", ".join(f"{id} {state}" for id, state in members.items()) or "no members"
        yield f"  targets   {group}: {told}"
    for each in status["instances"]:
        tags = each["tags"]
        told = " ".join(tags[key] for key in ("environment", "role", "state", "version") if key in tags)
        power = "" if each["machine"] else " (its machine does not run)"
        yield f"  instance  {each['id']} {each['address']} {each['state']}{power} {told}"
    for name, pid in status["processes"].items():
        yield f"  process   {name} {pid}"
