"""The install playbook on an empty server: what it says when it lacks something, what it changes, and what it keeps."""

from __future__ import annotations

import os

import pytest
from chat import Chat
from installation import VARIABLES
from origin import Origin
from server import Server

pytestmark = [pytest.mark.root, pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]
INSTALL = "signalbox_install.yml"


def test_an_empty_server_can_be_looked_at_without_being_changed(bare_server: Server) -> None:
    code, said = bare_server.plays(INSTALL, "--check", variables=VARIABLES)
    assert code == 0, said
    assert bare_server.root("ls", "/etc/signalbox", "/usr/local/lib/signalbox", fails=True)


def test_where_the_repository_knows_no_key_of_the_server_it_shows_the_one_that_it_made(bare_server: Server) -> None:
    code, said = bare_server.plays(INSTALL, variables=VARIABLES)
    key = bare_server.reads("/var/lib/signalbox-build/.ssh/signalbox.pub").split()[1]
    assert code != 0
    assert "it has to have this deploy key" in " ".join(said.split()) and key in said
    assert not bare_server.units("signalbox.service")
    assert bare_server.root("stat", "--format", "%U %a", "/var/lib/signalbox-build/.ssh/signalbox").split() == ["signalbox-build", "600"]


def test_with_the_key_it_goes_on_where_it_was(bare_server: Server, origin: Origin) -> None:
    bare_server.knows_the_deploy_key()
    code, said = bare_server.plays(INSTALL, variables=VARIABLES)
    assert code == 0, said
    assert bare_server.link("current") == origin.head()
    with_a_chat(bare_server)


def test_another_commit_and_other_settings_keep_what_was_there(bare_server: Server, origin: Origin) -> None:
    old, main = bare_server.link("current"), bare_server.main()
    new = origin.commits("Another one", {"docs/another.md": "Another.\n"})
    settings = {**VARIABLES["signalbox_install_settings"], "repositories": {"site": "https://example.org/site.git"}}
    variables = {**VARIABLES, "signalbox_install_settings": settings, "signalbox_install_secrets": {"aws-id": "AKIAEXAMPLEOFATEST"}}
    code, said = bare_server.plays(INSTALL, "--diff", variables=variables)
    assert code == 0, said
    assert "AKIAEXAMPLEOFATEST" not in said
    assert [bare_server.link(name) for name in ("current", "playbooks", "broker")] == [new, new, new]
    assert {old, new} <= set(bare_server.root("ls", "/opt/signalbox/releases").split())
    assert bare_server.main() != main
    assert "site: https://example.org/site.git" in bare_server.reads("/etc/signalbox/signalbox.yml")
    assert bare_server.reads("/etc/signalbox/secrets/aws-id") == "AKIAEXAMPLEOFATEST\n"
    with_a_chat(bare_server)

    main = bare_server.main()
    code, said = bare_server.plays(INSTALL, "--check", variables=variables)
    assert (code, bare_server.main()) == (0, main), said
    assert "changed=0 " in said, said


def with_a_chat(server: Server) -> None:
    chat = Chat(server.play_socket)
    chat.answers_within(60)
    chat.leaves()
