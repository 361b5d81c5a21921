"""What the account's load balancers ask of the data plane: where to listen, whom to check, who is in and who leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Front:
    name: str
    address: str
    port: int
    pool: str


@dataclass(frozen=True)
class Check:
    path: str
    port: int | None  # None: the port that serves
    codes: str
    healthy: int
    unhealthy: int
    seconds: float
    timeout: float


@dataclass(frozen=True)
class Pool:
    name: str
    check: Check


@dataclass(frozen=True)
class Shape:
    """What takes a reload of the balancer; everything else is done while it runs."""

    fronts: tuple[Front, ...]
    pools: tuple[Pool, ...]


@dataclass(frozen=True)
class Endpoint:
    address: str
    port: int


@dataclass(frozen=True)
class Membership:
    """One pool's members by instance id; `leaving` tells until when (monotonic seconds)."""

    members: dict[str, Endpoint]
    leaving: dict[str, float]


def shape(load_balancers: Iterable[Any], target_groups: Iterable[Any], address: Callable[[str], str]) -> Shape:
    groups = {group.arn: group for group in target_groups}
    fronts = []
    used = {}
    for balancer in load_balancers:
        for listener in list(balancer.listeners.values()):
            group = groups.get(_forwards_to(listener))
            if group is not None:
                name = f"{balancer.name}-{listener.port}"
                fronts.append(Front(name, address(balancer.dns_name), int(listener.port), group.name))
                used[group.name] = Pool(group.name, _check(group))
    return Shape(tuple(sorted(fronts, key=lambda f: f.name)), tuple(used[name] for name in sorted(used)))


def _forwards_to(listener: Any) -> str | None:
    """The target group's ARN; a weighted forward sends everything to its heaviest."""
    for action in listener.default_actions:
        if "TargetGroupArn" in action.data:
            return str(action.data["TargetGroupArn"])
        weighted = action.data.get("ForwardConfig", {}).get("TargetGroups", [])
        if weighted:
            return str(max(weighted, key=lambda each: int(each.get("Weight", 1)))["TargetGroupArn"])
    return None


def _check(group: Any) -> Check:
    port = group.health_check_port
    return Check(
        path=group.health_check_path or "/",
        port=None if port in (None, "traffic-port") else int(port),
        codes=(group.matcher or {}).get("HttpCode", "200"),
        healthy=int(group.healthy_threshold_count),
        unhealthy=int(group.unhealthy_threshold_count),
        seconds=float(group.health_check_interval_seconds),
        timeout=float(group.health_check_timeout_seconds),
    )


def membership(group: Any, address_of: Callable[[str], str | None]) -> Membership:
    members = {}
    for target in list(group.targets.values()):
        address = address_of(target["Id"])
        if address is not None:
            members[target["Id"]] = Endpoint(address, int(target["Port"]))
    leaving = {id: target["until"]
               for gone in (group.deregistered_targets, group.terminated_targets)
               for id, target in list(gone.items()) if "until" in target}
    return Membership(members, leaving)
