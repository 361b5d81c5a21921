"""A real deployment on a real systemd, through an update of the bot and through fifty kills of it."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time

import pytest
from chat import ROOM, Chat
from deploying import RUNS, SLOW, STATE, install, runs
from origin import Origin
from server import Server, wait_until

pytestmark = [pytest.mark.root, pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]
KILLS = 50
# In each of so many the wrapper dies too: nobody knows then how it ended.
WITH_THE_WRAPPER = 5


@pytest.fixture(scope="module")
def server(bare_server: Server, origin: Origin) -> Server:
    install(bare_server, origin)
    return bare_server


@pytest.fixture(scope="module")
def undisturbed(server: Server) -> float:
    """Seconds that a deployment takes when nobody disturbs it."""
    chat = Chat(server.play_socket)
    chat.says("bert", "signalbox ping")
    chat.hears("pong", 40)
    begun = time.monotonic()
    chat.says("bert", "signalbox deploy backend to small")
    chat.hears("deploy backend … done … staged version v2.0.0 in small", 120)
    chat.leaves()
    forget_what_was_staged(server)
    return time.monotonic() - begun


def forget_what_was_staged(server: Server) -> None:
    server.root("find", STATE, "-mindepth", "1", "-delete")


def shown(chat: Chat, pattern: str, seconds: float) -> str:
    """Also of a message that is still being edited."""
    deadline = time.monotonic() + seconds
    while True:
        for heard in chat.rooms[ROOM].current():
            if not heard.by_person and (found := re.search(pattern, heard.text)):
                return found[1]
        assert time.monotonic() < deadline, f"not within {seconds} s: {pattern}\n{chat.transcript()}"
        chat.listens(0.2)


def result(chat: Chat, id_: str) -> str | None:
    """What the room was told at the end, of which there is one."""
    ends = [heard.text for heard in chat.rooms[ROOM].current() if heard.text.startswith(("✓", "✗")) and f"({id_})" in heard.text]
    assert len(ends) <= 1, ends
    return ends[0] if ends else None


def awaited(chat: Chat, id_: str, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while (told := result(chat, id_)) is None:
        assert time.monotonic() < deadline, f"{id_} has no end in chat within {seconds} s:\n{chat.transcript()}"
        chat.listens(0.2)
    return told


def test_an_update_in_the_middle_of_a_deployment_loses_nothing(server: Server, origin: Origin, undisturbed: float, chat: Chat) -> None:
    chat.ask("olga", "signalbox lock hold because stocktaking", "hold is locked by olga")
    chat.says("bert", "signalbox swap backend small in 3h")
    later = shown(chat, r"\((\w+)\) is scheduled", 20)
    new = origin.commits("A release that comes meanwhile", {"NEWS": "it came\n"})
    old, main = server.link("current"), server.main()
    update = chat.ask("bert", "signalbox update yourself", "approve {id}", 120)["id"]
    chat.says("carla", f"signalbox approve {update}")
    wait_until(lambda: [unit for unit in server.units("signalbox-run@*")], 60, "the update is a run")

    # What is left of the release's build takes less than that of the service, and longer than a deployment needs to begin.
    before, folder = runs(server), f"/opt/signalbox/releases/{new}"
    wait_until(lambda: server.root("find", folder, "-name", "java.args", fails=None), 300, "the release is half built")
    assert (server.link("current"), server.main()) == (old, main)
    guarded = chat.ask("carla", "signalbox guarded", "needs another deployer: approve {id}", 40)["id"]
    chat.says("bert", f"signalbox deploy backend/{SLOW} to small")
    wait_until(lambda: runs(server) - before, 60, "the deployment has begun")
    (deployment,) = runs(server) - before
    deadline = time.monotonic() + 400
    while server.main() == main:
        assert time.monotonic() < deadline, "the bot makes no way for the new release"
        here = time.monotonic()
        chat.listens(0.1)
    chat.answers_within(60)
    away = time.monotonic() - here
    print(f"{away:.1f} seconds without an answer; a deployment that nobody disturbs takes {undisturbed:.1f} s")
    assert server.link("current") == new
    heard = len(chat.rooms[ROOM].heard)
    assert result(chat, deployment) is None, "the deployment was over before"
    assert "✓" in awaited(chat, deployment, 300)
    living = {each.message for each in chat.rooms[ROOM].heard[:heard] if f"({deployment}) is running" in each.text}
    assert living == {each.message for each in chat.rooms[ROOM].heard[heard:] if f"({deployment}) is running" in each.text}
    assert len(living) == 1
    assert "✓" in awaited(chat, update, 300)
    forget_what_was_staged(server)

    chat.says("bert", f"signalbox approve {guarded}")
    chat.hears(f"({guarded}) done", 60)
    chat.ask("carla", "signalbox locks", "hold is locked by olga … stocktaking")
    chat.ask("bert", "signalbox schedules", later)
    chat.ask("olga", "signalbox unlock hold", "unlocked")
    chat.ask("bert", f"signalbox cancel {later}", later)


def test_fifty_kills_at_any_moment_of_a_deployment(server: Server, undisturbed: float, chat: Chat) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    done = lost = 0
    for number in range(1, KILLS + 1):
        before = runs(server)
        with_the_wrapper = number % WITH_THE_WRAPPER == 0
        wait_until(lambda: server.main() != 0, 30, "a bot")
        chat.says("bert", "signalbox deploy backend to small")
        if with_the_wrapper:
            wait_until(lambda: server.units("signalbox-run@*"), 40, "an instance for the run")
        time.sleep(moments.uniform(0, undisturbed))
        kill(server, with_the_wrapper)
        chat.answers_within(60)
        wait_until(lambda: runs(server) - before, 60, "the deployment has begun")  # noqa: B023
        (deployment,) = runs(server) - before
        told = awaited(chat, deployment, 180)
        if "is lost" in told:
            assert with_the_wrapper, told
            lost += 1
            chat.ask("olga", "signalbox locks", f"backend/small … {deployment}")
            chat.ask("olga", "signalbox unlock backend/small", "is free again")
        else:
            assert "✓" in told and "staged version v2.0.0 in small" in told
            assert "v2.0.0" in server.root("find", STATE, "-name", "*v2.0.0*"), "it is not so"
            done += 1
        nothing_is_left(server)
        forget_what_was_staged(server)
        assert started(server, deployment) == 1
    print(f"{KILLS} kills: {done} done, {lost} lost, each started once; nothing was left behind")
    assert done >= KILLS - KILLS // WITH_THE_WRAPPER


def kill(server: Server, with_the_wrapper: bool) -> None:
    """The bot, and where it has to be all processes of the run, in one moment."""
    victims = [pid for number, pid in server.processes("signalbox").items() if number == server.main()]
    if with_the_wrapper:
        victims += [pid for unit in server.units("signalbox-run@*") for pid in server.processes(unit).values()]
    for victim in victims:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it was about to end


def left(server: Server) -> list[str]:
    """Processes of the bot's account that are not the bot's."""
    lines = server.root("ps", "-u", "signalbox", "-o", "pid=,args=", fails=None).splitlines()
    return [line for line in lines if int(line.split()[0]) not in server.processes("signalbox")]


def nothing_is_left(server: Server) -> None:
    deadline = time.monotonic() + 20
    while there := left(server):
        assert time.monotonic() < deadline, f"left of the run: {there}"
        time.sleep(0.2)


def started(server: Server, deployment: str) -> int:
    """How often the run's playbook began, as it says itself."""
    events = map(json.loads, server.reads(f"{RUNS}/{deployment}/events.jsonl").splitlines())
    return len([event for event in events if event["event"] == "playbook"])
