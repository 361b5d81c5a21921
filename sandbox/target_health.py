"""Corrections to the emulator's target groups, so that they tell what the balancer sees and does.

As it comes, every registered target is healthy at once, a deregistered one is forgotten at once, and deregistering
one that is not there fails where AWS succeeds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sandbox.balancer import Balancer, Health

REASONS = {"L7STS": "Target.ResponseCodeMismatch", "L4TOUT": "Target.Timeout", "L7TOUT": "Target.Timeout"}


def judge(health: Health | None, in_use: bool, patience: float) -> tuple[str, str | None, str | None]:
    """State, reason and description of a registered target; `patience`: seconds for which it counts as new."""
    if not in_use:
        return "unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"
    if health is not None and health.up:
        return "healthy", None, None
    if health is None or health.seconds < patience:
        return "initial", "Elb.RegistrationInProgress", "Target registration is in progress"
    return "unhealthy", REASONS.get(health.reason, "Target.FailedHealthChecks"), "Health checks failed"


def follow(balancer: Balancer, clock: Callable[[], float] = time.monotonic) -> None:
    from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup

    plain_health = FakeTargetGroup.health_for

    def leave(group: Any, target: dict[str, Any]) -> dict[str, Any]:
        delay = float(group.attributes["deregistration_delay.timeout_seconds"])
        return {**target, "until": clock() + delay}

    def deregister(group: Any, targets: list[dict[str, Any]]) -> None:
        for target in targets:
            known = group.targets.pop(target["Id"], None)
            if known is not None:
                group.deregistered_targets[target["Id"]] = leave(group, known)

    def deregister_terminated(group: Any, instance_ids: list[str]) -> None:
        for id in instance_ids:
            known = group.targets.pop(id, None)
            if known is not None:
                group.terminated_targets[id] = leave(group, known)

    def leaving(group: Any) -> list[dict[str, Any]]:
        gone = [*group.deregistered_targets.values(), *group.terminated_targets.values()]
        return [target for target in gone if clock() < target["until"]]

    def health_for(group: Any, target: dict[str, Any], ec2_backend: Any) -> Any:
        for each in leaving(group):
            if each["Id"] == target["Id"]:
                return FakeHealthStatus(each["Id"], each["Port"], group.health_check_port, "draining",
                                        "Target.DeregistrationInProgress", "Target deregistration is in progress")
        if target["Id"] not in group.targets:
            port = target.get("Port", group.port)
            return FakeHealthStatus(target["Id"], port, group.health_check_port, "unused", "Target.NotRegistered",
                                    "Target is not registered to the target group")
        found = plain_health(group, target, ec2_backend)
        if found.status == "healthy":
            patience = float(group.unhealthy_threshold_count) * float(group.health_check_interval_seconds)
            found.status, found.reason, found.description = judge(
                balancer.health(group.name, target["Id"]), balancer.serves(group.name), patience)
        return found

    plain_describe = ELBv2Backend.describe_target_health

    def describe(backend: Any, target_group_arn: str, targets: list[dict[str, Any]]) -> Any:
        group = backend.target_groups.get(target_group_arn)
        if group is not None and not targets:
            targets = [*group.targets.values(), *leaving(group)]
            if not targets:
                return []
        return plain_describe(backend, target_group_arn, targets)

    for kind, name, ours in (
        (FakeTargetGroup, "deregister", deregister),
        (FakeTargetGroup, "deregister_terminated_instances", deregister_terminated),
        (FakeTargetGroup, "health_for", health_for),
        (ELBv2Backend, "describe_target_health", describe),
    ):
        setattr(kind, name, ours)
