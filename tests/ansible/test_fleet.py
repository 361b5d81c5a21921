"""What each verb would do, from the tags of the instances alone."""

from __future__ import annotations

import sys
from typing import Any

from playbook_runs import PROJECT, instance

sys.path.insert(0, str(PROJECT / "playbooks" / "filter_plugins"))
from fleet import fleet_lines, fleet_plan, fleet_spread, fleet_wanted  # noqa: E402


def plan(*instances: dict[str, str], **more: Any) -> dict[str, dict[str, Any]]:
    return fleet_plan(list(instances), "staging", **more)


def ids(pinned: list[dict[str, str]]) -> list[str]:
    return [each["id"] for each in pinned]


def test_the_first_generation_is_one_and_swap_takes_it_in_for_nothing() -> None:
    assert plan()["deploy"]["generation"] == 1
    swap = plan(instance(1, "staged", 1))["swap"]
    assert (ids(swap["in"]), swap["out"], swap["from"]) == (["i-1"], [], None)


def test_a_deployment_goes_on_with_what_is_building() -> None:
    deploy = plan(instance(1, "live", 1), instance(2, "building", 2))["deploy"]
    assert (deploy["generation"], ids(deploy["resumes"]), deploy["refused"]) == (2, ["i-2"], None)


def test_a_deployment_never_takes_the_number_of_what_is_there() -> None:
    assert plan(instance(1, "live", 4), instance(2, "standby", 7))["deploy"]["generation"] == 8


def test_replacing_ends_what_is_staged_and_what_is_building() -> None:
    there = instance(1, "live", 1), instance(2, "staged", 2), instance(3, "building", 2)
    assert plan(*there)["deploy"]["refused"]
    deploy = plan(*there, replace=True)["deploy"]
    assert (ids(deploy["replaces"]), deploy["resumes"], deploy["generation"]) == (["i-2", "i-3"], [], 3)


def test_a_swap_keeps_the_old_and_retires_what_was_kept_before() -> None:
    swap = plan(instance(1, "standby", 1), instance(2, "live", 2), instance(3, "staged", 3))["swap"]
    assert (ids(swap["in"]), ids(swap["out"]), ids(swap["retire"])) == (["i-3"], ["i-2"], ["i-1"])
    assert swap["to"] == {"generation": 3, "version": "v3", "commit": f"{3:040x}"}


def test_after_a_rollback_swap_takes_the_newer_standby_again() -> None:
    swap = plan(instance(1, "live", 1), instance(2, "standby", 2))["swap"]
    assert (ids(swap["in"]), ids(swap["out"])) == (["i-2"], ["i-1"])


def test_an_older_standby_is_nothing_to_swap_in() -> None:
    assert "nothing waits to go live" in plan(instance(1, "standby", 1), instance(2, "live", 2))["swap"]["refused"]


def test_a_generation_that_is_not_complete_is_not_swapped_in() -> None:
    assert "not complete" in plan(instance(1, "staged", 1), instance(2, "building", 1))["swap"]["refused"]


def test_a_generation_with_fewer_instances_than_what_is_live_is_not_swapped_in() -> None:
    live = instance(1, "live", 1), instance(2, "live", 1), instance(3, "live", 1, role="worker")
    refused = plan(*live, instance(4, "staged", 2), instance(5, "staged", 2, role="worker"))["swap"]["refused"]
    assert "web 1 instead of 2" in refused and "worker" not in refused
    assert "web 0 instead of 2" in plan(*live, instance(5, "staged", 2, role="worker"))["swap"]["refused"]
    assert plan(instance(1, "live", 1), instance(2, "staged", 2), instance(3, "staged", 2))["swap"]["refused"] is None


def test_a_rollback_to_some_of_the_instances_says_so_and_to_none_of_a_role_is_refused() -> None:
    live = instance(3, "live", 2), instance(4, "live", 2), instance(5, "live", 2, role="worker")
    rollback = plan(instance(1, "standby", 1), instance(2, "standby", 1, role="worker"), *live)["rollback"]
    assert (rollback["fewer"], rollback["refused"]) == (["web 1 instead of 2"], None)
    assert "no web any more" in plan(instance(2, "standby", 1, role="worker"), *live)["rollback"]["refused"]


def test_a_rollback_takes_the_newest_of_the_older_standbys_and_keeps_the_rest() -> None:
    there = instance(1, "standby", 1), instance(2, "standby", 2), instance(3, "live", 3), instance(4, "standby", 4), instance(5, "retired", 2)
    rollback = plan(*there)["rollback"]
    assert (ids(rollback["in"]), ids(rollback["out"]), rollback["retire"]) == (["i-2"], ["i-3"], [])


def test_a_rollback_to_nothing_is_refused() -> None:
    for there in ((), (instance(1, "live", 1),), (instance(1, "live", 1), instance(2, "standby", 2)), (instance(1, "standby", 1),)):
        assert "no standby generation older" in plan(*there)["rollback"]["refused"]


def test_a_swap_cut_short_between_its_tags_is_completed_towards_the_last_one_in() -> None:
    swapped = plan(instance(1, "live", 1, live_since="100"), instance(2, "live", 2, live_since="200"))
    rolled_back = plan(instance(1, "live", 1, live_since="300"), instance(2, "live", 2, live_since="200"))
    for verb in ("swap", "rollback"):
        assert (ids(swapped[verb]["in"]), ids(swapped[verb]["out"])) == (["i-2"], ["i-1"])
        assert (ids(rolled_back[verb]["in"]), ids(rolled_back[verb]["out"])) == (["i-1"], ["i-2"])


def test_all_but_live_can_be_ended_each_by_its_verb() -> None:
    states = "building", "staged", "live", "standby", "retired"
    told = plan(*(instance(number, state, number) for number, state in enumerate(states)))
    assert ids(told["terminate"]["ends"]) == ["i-3", "i-4"]
    assert ids(told["discard"]["ends"]) == ["i-0", "i-1"]


def test_ending_chosen_hosts_ends_them_alone_or_none() -> None:
    there = instance(1, "standby", 1), instance(2, "standby", 1), instance(3, "live", 2)
    assert ids(plan(*there, hosts=["i-2"])["terminate"]["ends"]) == ["i-2"]
    told = plan(*there, hosts=["i-2", "i-3"])["terminate"]
    assert (told["ends"], told["refused"]) == ([], "terminate ends only what is standby or retired: i-3 is live")


def test_with_nothing_to_end_that_is_said() -> None:
    told = plan(instance(1, "live", 1))
    assert "nothing is standby or retired" in told["terminate"]["refused"]
    assert "nothing is building or staged" in told["discard"]["refused"]


SETTINGS = {"web": {"count": 2, "instance_type": "t3.small"}, "worker": {"count": 0, "instance_type": "t3.small"}}


def test_what_is_live_is_mirrored_and_only_the_settings_count_where_nothing_is() -> None:
    live = [instance(1, "live", 1), instance(2, "live", 1), instance(3, "live", 1, role="worker", type="m5.large"), instance(4, "standby", 0)]
    mirrored = [{"role": "web", "type": "t3.small", "count": 2}, {"role": "worker", "type": "m5.large", "count": 1}]
    assert fleet_wanted(live, SETTINGS) == mirrored
    assert fleet_wanted(live, SETTINGS, mirror=False) == fleet_wanted([], SETTINGS) == [{"role": "web", "type": "t3.small", "count": 2}]


def test_instances_are_spread_over_the_subnets_and_none_is_lost() -> None:
    launches = fleet_spread([{"role": "web", "type": "t3.small", "count": 5}], ["a", "b"])
    assert [(launch["subnet"], launch["count"]) for launch in launches] == [("a", 3), ("b", 2)]


def test_people_read_one_line_for_each_generation_newest_first() -> None:
    lines = fleet_lines([instance(1, "standby", 1, power="stopped"), instance(2, "live", 2)])
    assert lines == ["generation 2 live, version v2: web i-2 127.20.0.2", "generation 1 standby, version v1: web i-1 127.20.0.1 (stopped)"]
