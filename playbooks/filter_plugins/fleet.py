"""What each verb would do to the instances of an environment, worked out from their tags alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

Instance = dict[str, Any]
Verb = dict[str, Any]


def pinned(instances: list[Instance]) -> list[dict[str, str]]:
    """The form in which a plan names instances: what is approved and later asserted."""
    return sorted(({"id": i["id"], "version": i["version"]} for i in instances), key=lambda i: i["id"])


def generation(instance: Instance) -> int:
    return int(instance["generation"])


def in_state(instances: list[Instance], *states: str) -> list[Instance]:
    return [i for i in instances if i["state"] in states]


def newest(instances: list[Instance]) -> list[Instance]:
    last = max(map(generation, instances), default=0)
    return [i for i in instances if generation(i) == last]


def since(instance: Instance) -> int:
    return int(instance["live_since"] or 0)


class Fleet:
    """The instances of one environment; each verb's method answers with what it would do, or why it is refused."""

    def __init__(self, instances: list[Instance], environment: str) -> None:
        self.all = instances
        self.environment = environment
        self.live = in_state(instances, "live")
        self.staged = in_state(instances, "staged")
        self.standby = in_state(instances, "standby")
        last = max(self.live, key=lambda i: (since(i), generation(i)), default=None)
        self.live_generation = generation(last) if last else 0

    def deploy(self, replace: bool) -> Verb:
        building = in_state(self.all, "building")
        refused = None
        if self.staged and not replace:
            refused = (
                f"generation {generation(self.staged[0])} ({self.staged[0]['version']}) is staged in {self.environment} already:"
                f" swap takes it live, discard ends it, and deploy with backend_replace=true ends it and stages a new one"
            )
        elif len({generation(i) for i in building}) > 1:
            refused = f"more than one generation is building in {self.environment}: discard ends them, then deploy again"
        elif self._unfinished():
            refused = f"a swap was cut short and two generations are live in {self.environment}: swap completes it, then deploy again"
        replaced = [*self.staged, *building] if self.staged else []
        resumed = [] if replaced else building
        number = generation(resumed[0]) if resumed else max(map(generation, self.all), default=0) + 1
        return {
            "generation": number,
            "resumes": pinned(resumed),
            "replaces": pinned(replaced),
            "beside": pinned(self.live),
            "from": self._name(self.live),
            "refused": refused,
        }

    def swap(self) -> Verb:
        if unfinished := self._unfinished():
            return unfinished
        waiting = newest(self.staged) or newest([i for i in self.standby if generation(i) > self.live_generation])
        if not waiting:
            return self._refused(
                f"nothing waits to go live in {self.environment}: deploy stages a generation, swap then takes it live"
            )
        goes_in = [i for i in self.all if generation(i) == generation(waiting[0]) and i["state"] != "retired"]
        if in_state(goes_in, "building"):
            return self._refused(
                f"generation {generation(waiting[0])} is not complete in {self.environment}: deploy again, or discard it"
            )
        change = self._change(goes_in, [i for i in self.live if i not in goes_in], retire=True)
        if change["fewer"]:
            return self._refused(
                f"generation {generation(waiting[0])} has fewer instances than what is live in {self.environment}"
                f" ({', '.join(change['fewer'])}): discard or terminate what is left of it, then deploy again"
            )
        return change

    def rollback(self) -> Verb:
        if unfinished := self._unfinished():
            return unfinished
        goes_in = newest([i for i in self.standby if generation(i) < self.live_generation])
        if not goes_in:
            return self._refused(
                f"no standby generation older than the live one is left in {self.environment}: deploy the older version, then swap"
            )
        change = self._change(goes_in, self.live, retire=False)
        # With some of them it goes back, since it must be quick, and says so; with none of a role nobody would serve.
        if gone := sorted({i["role"] for i in self.live} - {i["role"] for i in goes_in}):
            return self._refused(
                f"standby generation {generation(goes_in[0])} has no {' and no '.join(gone)} any more in {self.environment}:"
                f" deploy the older version, then swap"
            )
        return change

    def terminate(self, hosts: list[str]) -> Verb:
        return self._end(hosts, "terminate", "standby", "retired")

    def discard(self, hosts: list[str]) -> Verb:
        return self._end(hosts, "discard", "building", "staged")

    def _unfinished(self) -> Verb | None:
        """Two live generations: an earlier swap ended between its two changes of tags. The last one in is the one that serves."""
        stale = [i for i in self.live if generation(i) != self.live_generation]
        if not stale:
            return None
        return self._change([i for i in self.live if i not in stale], stale, retire=False)

    def _change(self, goes_in: list[Instance], goes_out: list[Instance], retire: bool) -> Verb:
        older = [i for i in self.standby if i not in goes_in] if retire else []
        return {
            "in": pinned(goes_in),
            "out": pinned(goes_out),
            "retire": pinned(older),
            "to": self._name(goes_in),
            "from": self._name(goes_out),
            "fewer": self._fewer(goes_in, goes_out),
            "refused": None,
        }

    def _refused(self, reason: str) -> Verb:
        return {**self._change([], [], retire=False), "refused": reason}

    def _end(self, hosts: list[str], verb: str, *states: str) -> Verb:
        ends = [i for i in in_state(self.all, *states) if not hosts or i["id"] in hosts]
        wrong = [i for i in self.all if i["id"] in hosts and i not in ends]
        refused = None
        if wrong:
            named = ", ".join(f"{i['id']} is {i['state']}" for i in wrong)
            refused = f"{verb} ends only what is {' or '.join(states)}: {named}"
        elif not ends:
            refused = f"nothing is {' or '.join(states)} in {self.environment}: there is nothing to {verb}"
        return {"ends": [] if refused else pinned(ends), "refused": refused}

    @staticmethod
    def _fewer(goes_in: list[Instance], goes_out: list[Instance]) -> list[str]:
        then, now = (Counter(i["role"] for i in side) for side in (goes_in, goes_out))
        return [f"{role} {then[role]} instead of {count}" for role, count in sorted(now.items()) if then[role] < count]

    @staticmethod
    def _name(instances: list[Instance]) -> dict[str, Any] | None:
        if not instances:
            return None
        first = instances[0]
        return {"generation": generation(first), "version": first["version"], "commit": first["commit"]}


def fleet_lines(instances: list[Instance]) -> list[str]:
    """For people: one line for each generation and state, newest first, with its instances."""
    found: dict[tuple[int, str], list[Instance]] = {}
    for instance in sorted(instances, key=lambda i: (i["role"], i["id"])):
        found.setdefault((generation(instance), instance["state"]), []).append(instance)
    lines = []
    for (number, state), members in sorted(found.items(), key=lambda entry: -entry[0][0]):
        named = ", ".join(
            f"{i['role']} {i['id']} {i['address']}" + ("" if i["power"] == "running" else f" ({i['power']})") for i in members
        )
        lines.append(f"generation {number} {state}, version {members[0]['version']}: {named}")
    return lines


def fleet_plan(instances: list[Instance], environment: str, replace: bool = False, hosts: list[str] | None = None) -> dict[str, Verb]:
    fleet = Fleet(instances, environment)
    return {
        "deploy": fleet.deploy(replace),
        "swap": fleet.swap(),
        "rollback": fleet.rollback(),
        "terminate": fleet.terminate(hosts or []),
        "discard": fleet.discard(hosts or []),
    }


def fleet_wanted(instances: list[Instance], settings: dict[str, dict[str, Any]], mirror: bool = True) -> list[dict[str, Any]]:
    """Count and type per role: as what is live, or from the settings where nothing is."""
    live = in_state(instances, "live") if mirror else []
    if live:
        counts = Counter((i["role"], i["type"]) for i in live)
        return [{"role": role, "type": kind, "count": count} for (role, kind), count in sorted(counts.items())]
    wanted = ({"role": role, "type": one["instance_type"], "count": int(one["count"])} for role, one in sorted(settings.items()))
    return [one for one in wanted if one["count"] > 0]


def fleet_spread(wanted: list[dict[str, Any]], subnets: list[str]) -> list[dict[str, Any]]:
    """One launch for each role, type and subnet, the count spread evenly over the subnets."""
    launches = []
    for one in wanted:
        places = Counter(subnets[n % len(subnets)] for n in range(one["count"]))
        launches += [{**one, "subnet": subnet, "count": count} for subnet, count in places.items()]
    return launches


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {
            "fleet_lines": fleet_lines,
            "fleet_plan": fleet_plan,
            "fleet_spread": fleet_spread,
            "fleet_wanted": fleet_wanted,
        }
