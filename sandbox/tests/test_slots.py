from __future__ import annotations

import pytest

from sandbox.pools import Endpoint, Membership
from sandbox.slots import COUNT, Slots

OLD, NEW = Endpoint("127.20.1.4", 8080), Endpoint("127.20.1.5", 8080)


def member(**members: Endpoint) -> Membership:
    return Membership(members, {})


def test_a_new_member_counts_as_down_before_it_is_let_in() -> None:
    assert Slots("web").update(member(old=OLD), now=0) == [
        "set server web/s1 addr 127.20.1.4 port 8080",
        "set server web/s1 state drain",
        "set server web/s1 health down",
        "set server web/s1 state ready",
    ]


def test_says_nothing_when_nothing_changes() -> None:
    slots = Slots("web")
    slots.update(member(old=OLD), now=0)
    assert slots.update(member(old=OLD), now=1) == []


def test_a_leaving_member_is_drained_and_cut_once_when_its_time_is_over() -> None:
    slots = Slots("web")
    slots.update(member(old=OLD, new=NEW), now=0)
    leaving = Membership({"new": NEW}, {"old": 12.0})
    assert slots.update(leaving, now=2) == ["set server web/s1 state drain"]
    assert slots.next_deadline(leaving) == 12.0
    assert slots.update(leaving, now=11.9) == []
    assert slots.update(leaving, now=12) == ["set server web/s1 state maint", "shutdown sessions server web/s1"]
    assert slots.update(leaving, now=13) == []
    assert slots.next_deadline(leaving) is None


def test_a_member_that_comes_back_while_draining_keeps_its_place_and_its_connections() -> None:
    slots = Slots("web")
    slots.update(member(old=OLD), now=0)
    slots.update(Membership({}, {"old": 10.0}), now=1)
    assert slots.update(member(old=OLD), now=2) == ["set server web/s1 state ready"]


def test_a_member_on_another_port_is_another_member() -> None:
    slots = Slots("web")
    slots.update(member(old=OLD), now=0)
    commands = slots.update(member(old=Endpoint("127.20.1.4", 9090)), now=1)
    assert commands[:3] == ["set server web/s1 state maint", "shutdown sessions server web/s1",
                            "set server web/s1 addr 127.20.1.4 port 9090"]


def test_a_place_that_drains_is_not_given_away() -> None:
    slots = Slots("web")
    slots.update(member(old=OLD), now=0)
    commands = slots.update(Membership({"new": NEW}, {"old": 10.0}), now=1)
    assert "set server web/s2 addr 127.20.1.5 port 8080" in commands


def test_refuses_more_members_than_it_has_places() -> None:
    many = {f"i-{number}": Endpoint(f"127.20.2.{number}", 8080) for number in range(COUNT + 1)}
    with pytest.raises(RuntimeError, match=f"more than {COUNT} members"):
        Slots("web").update(Membership(many, {}), now=0)
