"""The bot updates itself on a real server, in the middle of a run; a release that fails is taken back with nobody's help."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from chat import Chat
from origin import Origin
from server import Server, wait_until

pytestmark = [pytest.mark.root, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]
JAVA_OPTIONS = "libexec/door/java.sh"
ONE_OF_THEM = "'-Dvertx.disableDnsResolver=true'"


def orders(chat: Chat, words: str) -> None:
    """Of one operator, with the yes of another one."""
    asked = chat.ask("bert", f"signalbox {words}", "approve {id}", 120)
    chat.says("carla", f"signalbox approve {asked['id']}")


def helped(chat: Chat) -> str:
    chat.ask("bert", "signalbox help hold", "one at a time")
    return chat.transcript()


@contextmanager
def a_run_under_way(server: Server, chat: Chat) -> Iterator[None]:
    """Which is the same processes at the end, and ends well then."""
    chat.says("bert", "signalbox hold on")
    wait_until(lambda: server.units("signalbox-run@*"), 30, "an instance for the run")
    (instance,) = server.units("signalbox-run@*")
    wait_until(lambda: len(server.processes(instance)) == 2, 10, "wrapper and child")
    running = server.processes(instance)
    yield
    assert server.processes(instance) == running
    server.root("touch", "/var/lib/signalbox/go-on")
    chat.hears("hold on … done", 60)
    wait_until(lambda: instance not in server.units("signalbox-run@*"), 10, "nothing is left of the run")
    server.root("rm", "/var/lib/signalbox/go-on")


def test_a_release_that_crashes_is_taken_back_while_a_run_goes_on(server: Server, origin: Origin, chat: Chat) -> None:
    good = server.link("current")
    assert good == server.link("playbooks") == origin.head()
    # It passes its own check, which needs no Vert.x, and cannot start as a service.
    broken = origin.text(JAVA_OPTIONS).replace(ONE_OF_THEM, f"{ONE_OF_THEM} '-Dvertx.cacheDirBase=/nowhere/at/all'")
    bad = origin.commits("A release that crashes", {JAVA_OPTIONS: broken})
    with a_run_under_way(server, chat):
        orders(chat, "update yourself")
        wait_until(lambda: server.link("current") == bad, 200, "the bad release is in use")
        began = time.monotonic()
        wait_until(lambda: server.link("current") == good, 60, "the release before is in use again")
        chat.answers_within(60)
        assert time.monotonic() - began < 60
        chat.hears("update yourself … failed", 60)
    assert f"Back on {good[:8]}" in chat.transcript()
    assert bad in server.reads("/opt/signalbox/rejected")
    assert server.link("playbooks") == good


@pytest.mark.slow
def test_what_was_taken_back_is_not_taken_again(chat: Chat) -> None:
    chat.ask("bert", "signalbox update yourself", "was taken back before", 120)


@pytest.mark.slow
def test_an_update_in_the_middle_of_a_run(server: Server, origin: Origin, chat: Chat) -> None:
    old, main = server.link("current"), server.main()
    mended = origin.text(JAVA_OPTIONS).replace(" '-Dvertx.cacheDirBase=/nowhere/at/all'", "")
    new = origin.commits("That is mended", {JAVA_OPTIONS: mended})
    with a_run_under_way(server, chat):
        orders(chat, "update yourself")
        wait_until(lambda: server.main() != main, 200, "the bot ends, for the new release")
        away = chat.answers_within(60)
        print(f"{away:.1f} seconds without an answer")
        assert away < 30
        chat.hears("update yourself … done", 200)
    assert (server.link("current"), server.link("playbooks")) == (new, new)
    assert old in server.root("ls", "/opt/signalbox/releases").split()
    assert server.link("broker") == old


@pytest.mark.slow
def test_the_way_back_needs_nobody_else(server: Server, chat: Chat) -> None:
    new, main = server.link("current"), server.main()
    old = server.link("broker")
    chat.says("bert", "signalbox rollback yourself")
    wait_until(lambda: server.main() != main, 200, "the bot ends, for the release before")
    chat.answers_within(60)
    chat.hears("rollback yourself … done", 200)
    assert (server.link("current"), server.link("playbooks")) == (old, old)
    assert new in server.root("ls", "/opt/signalbox/releases").split()


@pytest.mark.slow
def test_playbooks_and_catalog_come_alone_and_the_bot_goes_on(server: Server, origin: Origin, chat: Chat) -> None:
    current, main = server.link("current"), server.main()
    catalog = origin.text("commands/hold.yml").replace("say: hold on", "say: hold on tight")
    new = origin.commits("Other words", {"commands/hold.yml": catalog})
    orders(chat, "update playbooks")
    chat.hears("update playbooks … done", 120)
    assert (server.link("current"), server.link("playbooks"), server.main()) == (current, new, main)
    wait_until(lambda: "hold on tight" in helped(chat), 60, "the bot has read the new catalog")
