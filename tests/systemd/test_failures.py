"""What goes wrong on a real server: a bot that hangs, a release that never becomes ready, no repository, no disk."""

from __future__ import annotations

import os
import time

import pytest
from chat import Chat
from hang import standing_still, threads
from origin import Origin
from server import Server, wait_until

pytestmark = [pytest.mark.root, pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]
MAIN = "src/main/java/io/signalbox/Signalbox.java"
LOOP = "vert.x-eventloop-thread"


def plan_is_refused(chat: Chat, why: str) -> None:
    chat.ask("bert", "signalbox update yourself", why, 120)


def test_a_bot_one_of_whose_event_loops_hangs_is_ended_and_says_where_it_hung(server: Server, chat: Chat) -> None:
    main = server.main()
    pid = server.processes("signalbox")[main]
    loops = threads(pid, LOOP)
    assert loops
    began = time.monotonic()
    with standing_still(loops[0]):
        wait_until(lambda: server.main() not in (0, main), 60, "another bot")
    assert 5 < time.monotonic() - began < 45
    chat.answers_within(60)
    # What a JVM writes when it gets the signal that the unit names for this, and nothing else sends.
    assert "Full thread dump" in server.journal() and f'"{LOOP}-' in server.journal()


def test_where_the_repository_cannot_be_reached_nothing_changes_and_it_says_so(server: Server, origin: Origin, chat: Chat) -> None:
    in_use, away = server.link("current"), origin.bare.with_name("away.git")
    origin.bare.rename(away)
    try:
        plan_is_refused(chat, "could not be fetched")
    finally:
        away.rename(origin.bare)
    assert server.link("current") == in_use
    chat.ask("bert", "signalbox update yourself", "nothing newer … is in use already", 120)


def test_a_full_disk_refuses_the_release_and_leaves_the_bot_alone(server: Server, origin: Origin, chat: Chat) -> None:
    in_use, main = server.link("current"), server.main()
    new = origin.commits("One more", {"docs/one-more.md": "One more.\n"})
    free = int(server.root("df", "--output=avail", "--block-size=1M", "/opt/signalbox").split()[-1])
    server.root("fallocate", "--length", f"{free - 25}M", "/opt/full")
    try:
        asked = chat.ask("bert", "signalbox update yourself", "approve {id}", 120)
        chat.says("carla", f"signalbox approve {asked['id']}")
        chat.hears("update yourself … failed … No space left", 120)
    finally:
        server.root("rm", "/opt/full")
    assert (server.link("current"), server.main()) == (in_use, main)
    assert new not in server.root("ls", "/opt/signalbox/releases").split()
    chat.answers_within(10)


def test_a_release_that_is_built_by_maven_and_never_becomes_ready_is_taken_back(server: Server, origin: Origin, chat: Chat) -> None:
    good = server.link("current")
    source = origin.text(MAIN)
    waits = source.replace("        StateFolder state =", "        new CountDownLatch(1).await();\n        StateFolder state =")
    assert waits != source
    bad = origin.commits("A release that waits for ever", {MAIN: waits})
    asked = chat.ask("bert", "signalbox update yourself", "approve {id}", 120)
    chat.says("carla", f"signalbox approve {asked['id']}")
    wait_until(lambda: server.link("current") == bad, 600, "the bad release is in use")
    began = time.monotonic()
    wait_until(lambda: server.link("current") == good, 60, "the release before is in use again")
    chat.answers_within(60)
    assert time.monotonic() - began < 60
    chat.hears("update yourself … failed … did not become ready", 90)
    assert "did not become ready" in server.reads("/opt/signalbox/rejected")
