"""A server as the install playbook leaves it, with a real systemd: the bot answers, and comes back whatever ends it."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest
from chat import Chat
from installation import VARIABLES
from origin import Origin
from server import Server, wait_until

pytestmark = [pytest.mark.root, pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]
SECRETS = "/etc/signalbox/secrets"


def test_the_bot_answers(server: Server, origin: Origin, chat: Chat) -> None:
    assert server.link("current") == server.link("playbooks") == server.link("broker") == origin.head()
    assert server.shows("signalbox", "ActiveState") == "active"
    chat.ask("bert", "signalbox ping", "pong")
    chat.ask("bert", "signalbox who am i", "deployer")


def test_a_second_installation_changes_nothing(server: Server) -> None:
    main = server.main()
    code, said = server.plays("signalbox_install.yml", variables={**VARIABLES, "signalbox_install_deploy_keys": server.deploy_keys})
    assert code == 0, said
    assert "changed=0 " in said, said
    assert server.main() == main


def test_secrets_are_their_owners_alone_and_nowhere_else(server: Server) -> None:
    for name in server.root("ls", SECRETS).split():
        path = f"{SECRETS}/{name}"
        assert server.root("stat", "--format", "%U %a", path).split() == ["signalbox", "600"]
        secret = server.reads(path).strip()
        assert len(secret) >= 32
        assert secret not in server.root("journalctl", "--no-pager", "--output", "cat")
        for place in ("/etc/signalbox/signalbox.yml", "/etc/signalbox/release.json"):
            assert secret not in server.reads(place)
    for folder in ("signalbox", "signalbox-build", "signalbox-redis", "signalbox-kafka"):
        assert stat.S_IMODE(int(server.root("stat", "--format", "%a", f"/var/lib/{folder}"), 8)) == 0o700
    key = server.deploy_keys["signalbox"].splitlines()[1]
    assert key not in server.root("journalctl", "--no-pager", "--output", "cat")


def test_the_bot_has_no_privilege_and_writes_to_nothing_but_its_state(server: Server) -> None:
    (pid,) = server.processes("signalbox").values()
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    assert {status[name].strip() for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0" * 16}
    assert (status["NoNewPrivs"].strip(), status["Seccomp"].strip()) == ("1", "2")
    # Later mounts lie over earlier ones.
    mounts = [line.split() for line in Path(f"/proc/{pid}/mountinfo").read_text().splitlines()]

    def writable(place: str) -> bool:
        over = [mount for mount in mounts if f"{place}/".startswith(f"{mount[4].rstrip('/')}/")]
        return "rw" in max(over, key=lambda mount: (len(mount[4]), mounts.index(mount)))[5].split(",")

    assert writable("/var/lib/signalbox")
    assert not [place for place in ("/opt/signalbox/current", "/etc/signalbox", "/usr", "/var/lib/signalbox-redis", "/home") if writable(place)]


def test_what_is_asked_to_end_comes_back_and_clean_ends_are_not_counted(server: Server, chat: Chat) -> None:
    for _ in range(8):
        main = server.main()
        os.kill(server.processes("signalbox")[main], signal.SIGTERM)
        wait_until(lambda: server.main() not in (0, main), 30, "another bot")
    chat.answers_within(40)
    assert server.shows("signalbox", "Result") == "success"


def test_a_bot_that_was_killed_answers_again_and_has_forgotten_nothing(server: Server, chat: Chat) -> None:
    chat.ask("olga", "signalbox lock backend/staging because test", "lock")
    main = server.main()
    os.kill(server.processes("signalbox")[main], signal.SIGKILL)
    wait_until(lambda: server.main() not in (0, main), 30, "another bot")
    assert chat.answers_within(40) < 40
    chat.ask("olga", "signalbox locks", "backend/staging")
    chat.ask("olga", "signalbox unlock backend/staging", "unlock")


def test_a_run_outlives_a_restart_and_a_kill_of_the_bot(server: Server, chat: Chat) -> None:
    chat.says("bert", "signalbox hold on")
    wait_until(lambda: server.units("signalbox-run@*"), 30, "an instance for the run")
    (instance,) = server.units("signalbox-run@*")
    wait_until(lambda: len(server.processes(instance)) == 2, 10, "wrapper and child")
    running = server.processes(instance)

    server.root("systemctl", "restart", "signalbox")
    chat.answers_within(40)
    assert server.processes(instance) == running
    main = server.main()
    os.kill(server.processes("signalbox")[main], signal.SIGKILL)
    wait_until(lambda: server.main() not in (0, main), 30, "another bot")
    chat.answers_within(40)
    assert server.processes(instance) == running

    server.root("touch", "/var/lib/signalbox/go-on")
    chat.hears("hold on … done", 60)
    wait_until(lambda: not server.units("signalbox-run@*"), 10, "nothing is left of the run")
    server.root("rm", "/var/lib/signalbox/go-on")


def test_settings_that_the_bot_would_refuse_are_not_put_in_the_place_of_good_ones(server: Server) -> None:
    before, main = server.reads("/etc/signalbox/signalbox.yml"), server.main()
    wrong = {**VARIABLES, "signalbox_install_deploy_keys": server.deploy_keys, "signalbox_install_settings": {"gate": {"approval-time": "soon"}}}
    code, said = server.plays("signalbox_install.yml", variables=wrong)
    assert code != 0 and "gate.approval-time" in said
    assert (server.reads("/etc/signalbox/signalbox.yml"), server.main()) == (before, main)
