"""The bot updates itself on a real server, in the middle of a run; a release that fails is taken back with nobody's help."""

from __future__ import annotations

import os
import time

import pytest
from chat import Chat
from origin import Origin
from server import Server, wait_until

pytestmark = [pytest.mark.root, pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]
JAVA_OPTIONS = "libexec/door/java.sh"
MADE_BY = "'-Dvertx.disableDnsResolver=true'"


def orders(chat: Chat, words: str) -> None:
    """Of one operator, with the yes of another one."""
    asked = chat.ask("bert", f"signalbox {words}", "approve {id}", 90)
    chat.says("carla", f"signalbox approve {asked['id']}")


def test_an_update_in_the_middle_of_a_run(server: Server, origin: Origin, chat: Chat) -> None:
    old = server.link("current")
    chat.says("bert", "signalbox hold on")
    wait_until(lambda: server.units("signalbox-run@*"), 30, "an instance for the run")
    (held,) = server.units("signalbox-run@*")
    wait_until(lambda: len(server.processes(held)) == 2, 10, "wrapper and child")
    running = server.processes(held)
    new = origin.commits("A line more", {"docs/more.md": "More.\n"})

    main = server.main()
    orders(chat, "update yourself")
    wait_until(lambda: server.main() != main, 200, "the bot ends, for the new release")
    away = chat.answers_within(60)
    print(f"{away:.1f} seconds without an answer")
    chat.hears("update yourself … done … {new}", 200)
    assert (server.link("current"), server.link("playbooks")) == (new, new)
    assert old in server.root("ls", "/opt/signalbox/releases").split()
    assert server.processes(held) == running
    assert away < 30

    server.root("touch", "/var/lib/signalbox/go-on")
    chat.hears("hold on … done", 60)
    server.root("rm", "/var/lib/signalbox/go-on")


def test_a_release_that_crashes_is_taken_back_and_told(server: Server, origin: Origin, chat: Chat) -> None:
    good = server.link("current")
    # It passes its own check, which needs no Vert.x, and cannot start as a service.
    broken = origin.text(JAVA_OPTIONS).replace(MADE_BY, f"{MADE_BY} '-Dvertx.cacheDirBase=/nowhere/at/all'")
    bad = origin.commits("A release that crashes", {JAVA_OPTIONS: broken})

    orders(chat, "update yourself")
    wait_until(lambda: server.link("current") == bad, 200, "the bad release is in use")
    began = time.monotonic()
    wait_until(lambda: server.link("current") == good, 60, "the release before is in use again")
    chat.answers_within(60)
    assert time.monotonic() - began < 60
    chat.hears("update yourself … failed … back on", 60)
    assert bad in server.reads("/opt/signalbox/rejected")
    assert server.link("playbooks") == good
    chat.ask("bert", "signalbox update yourself", "was taken back before", 90)
