"""The end of the day: whoever keeps a lock frees it, and what was lost is looked at, so that those who queue get on."""

from __future__ import annotations

from chaos.company import ADMINS
from chaos.crowd import Crowd
from chaos.redis import Redis

ROUNDS = 4
BETWEEN = 2.0


def go_home(brain: Redis, crowd: Crowd) -> None:
    """In rounds, since what comes next in a queue may be lost too, and a role may be missing that has to be given first."""
    for _ in range(ROUNDS):
        kept, lost = _kept(brain), _lost(brain)
        for keeper in set(kept.values()):
            crowd.say(ADMINS[0], f"@{keeper} has deployer role")
        crowd.live(BETWEEN)
        for lock, keeper in kept.items():
            crowd.say(keeper, f"unlock {lock}")
        for lock in lost:
            crowd.say(ADMINS[0], f"unlock {lock} somebody looked")
        crowd.live(BETWEEN)


def _kept(brain: Redis) -> dict[str, str]:
    """By lock, who keeps it."""
    holds = {lock: brain.ask("HGET", f"sb:hold:{lock}", "person") for lock in brain.ask("SMEMBERS", "sb:holds")}
    return {lock: person.partition(":")[2] for lock, person in sorted(holds.items()) if person}


def _lost(brain: Redis) -> list[str]:
    """Locks of runs that are over: of a lost one only a person frees it."""
    holders = {lock: brain.ask("HGET", f"sb:lock:{lock}", "command") for lock in brain.ask("SMEMBERS", "sb:locks")}
    return sorted(lock for lock, command in holders.items() if brain.ask("HGET", f"sb:command:{command}", "state") == "Finished")
