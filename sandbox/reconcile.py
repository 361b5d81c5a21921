"""Makes machines and balancers what the AWS account says; woken by each request, and when a drain ends."""

from __future__ import annotations

import logging
import threading
import time

from sandbox import instance as instances
from sandbox import pools, private_etc
from sandbox.balancer import Balancer
from sandbox.cgroup import Cgroup
from sandbox.emulator import Account
from sandbox.instance import Instance
from sandbox.machine import Machine
from sandbox.place import Place

LOG = logging.getLogger("sandbox")
RETRY = 1.0  # seconds after a failure


class Reconciler:
    def __init__(self, place: Place, group: Cgroup, account: Account, balancer: Balancer) -> None:
        self._place = place
        self._group = group
        self._account = account
        self._balancer = balancer
        self._machines: dict[str, Machine] = {}
        self._names: dict[str, str] = {}  # of balancers, to addresses
        self._wake = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="reconcile")

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._ending = True
        self.wake()
        self._thread.join()
        for machine in self._machines.values():
            machine.destroy()

    def balancer_names(self) -> dict[str, str]:
        """DNS name to address."""
        return dict(self._names)

    def machine_runs(self, id: str) -> bool:
        machine = self._machines.get(id)
        return machine is not None and machine.running()

    def _run(self) -> None:
        while not self._ending:
            self._wake.clear()
            try:
                until = self.once()
            except Exception:  # one bad turn must not end the sandbox; it is in the log, and the next turn repairs
                LOG.exception("could not follow the account")
                until = time.monotonic() + RETRY
            self._wake.wait(None if until is None else max(0.0, until - time.monotonic()))

    def once(self) -> float | None:
        addresses = self._follow_instances()
        groups = self._account.target_groups()
        known = len(self._names)
        shape = pools.shape(self._account.load_balancers(), groups, self._address)
        if len(self._names) != known:
            private_etc.write_hosts(self._names)
        wanted = {group.name: pools.membership(group, addresses.get) for group in groups}
        return self._balancer.apply(shape, wanted, time.monotonic())

    def _address(self, name: str) -> str:
        return self._names.setdefault(name, f"127.30.0.{len(self._names) + 1}")

    def _follow_instances(self) -> dict[str, str]:
        """Starts and ends machines; returns the running instances' addresses."""
        running: dict[str, str] = {}
        for each in self._account.instances():
            machine = self._machines.get(each.id)
            if each.state == "running":
                running[each.id] = each.private_ip
                if machine is None:
                    machine = self._machines[each.id] = instances.machine(self._place, self._group, each.id)
                if not machine.running():
                    found = Instance(each.id, each.private_ip, self._account.public_key(each.key_name))
                    machine.stop()
                    machine.start(instances.specification(self._place, found))
                    LOG.info("%s starts at %s", each.id, each.private_ip)
            elif machine is not None and each.state == "stopped":
                machine.stop()
            elif machine is not None and each.state == "terminated":
                machine.destroy()
                del self._machines[each.id]
                LOG.info("%s is gone", each.id)
        return running
