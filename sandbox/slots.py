"""Which slot of the balancer serves which member, and the runtime commands that bring that about.

A member that leaves is drained: no new requests, those under way are answered; what is still open when its time is
over is cut once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.pools import Endpoint, Membership

COUNT = 24


@dataclass
class Slot:
    id: str
    endpoint: Endpoint
    entered: float
    leaving: bool = False


@dataclass
class Slots:
    pool: str
    taken: dict[int, Slot] = field(default_factory=dict)

    def name(self, number: int) -> str:
        return f"{self.pool}/s{number}"

    def number_of(self, id: str) -> int | None:
        return next((number for number, slot in self.taken.items() if slot.id == id), None)

    def update(self, wanted: Membership, now: float) -> list[str]:
        return [*self._leave(wanted, now), *self._enter(wanted, now)]

    def next_deadline(self, wanted: Membership) -> float | None:
        return min((wanted.leaving[slot.id] for slot in self.taken.values()
                    if slot.leaving and slot.id in wanted.leaving), default=None)

    def _leave(self, wanted: Membership, now: float) -> list[str]:
        commands: list[str] = []
        for number, slot in list(self.taken.items()):
            if wanted.members.get(slot.id) == slot.endpoint:
                continue
            if now < wanted.leaving.get(slot.id, now):
                if not slot.leaving:
                    slot.leaving = True
                    commands.append(f"set server {self.name(number)} state drain")
            else:
                # First out of service, else a cut connection could come back to it.
                commands += [f"set server {self.name(number)} state maint",
                             f"shutdown sessions server {self.name(number)}"]
                del self.taken[number]
        return commands

    def _enter(self, wanted: Membership, now: float) -> list[str]:
        commands: list[str] = []
        for id, endpoint in wanted.members.items():
            number = self.number_of(id)
            if number is None:
                number = next((free for free in range(1, COUNT + 1) if free not in self.taken), None)
                if number is None:
                    raise RuntimeError(f"{self.pool} has more than {COUNT} members")
                self.taken[number] = Slot(id, endpoint, now)
                commands += self._admit(number, endpoint)
            elif self.taken[number].leaving:
                self.taken[number].leaving = False
                commands.append(f"set server {self.name(number)} state ready")
        return commands

    def _admit(self, number: int, endpoint: Endpoint) -> list[str]:
        """In this order it counts as down, and gets no request, until it has passed its checks."""
        server = self.name(number)
        return [f"set server {server} addr {endpoint.address} port {endpoint.port}",
                f"set server {server} state drain",
                f"set server {server} health down",
                f"set server {server} state ready"]
