"""What the install playbook makes of what it is told, without a server."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleFilterError

from playbook_runs import PROJECT, Ran

sys.path.insert(0, str(PROJECT / "playbooks" / "filter_plugins"))
from deploy_keys import deploy_remotes

ROLE = PROJECT / "roles" / "signalbox_install"


def one(address: str, name: str = "backend") -> dict[str, Any]:
    (remote,) = deploy_remotes({name: address}, "signalbox")
    return remote


def test_each_repository_on_one_server_gets_a_host_and_so_a_key_of_its_own() -> None:
    remotes = deploy_remotes({"backend": "git@github.com:example/backend.git", "site": "ssh://git@github.com:2222/example/site.git"}, "signalbox")
    assert [(each["alias"], each["host"], each["port"]) for each in remotes] == [
        ("signalbox-backend", "github.com", 22), ("signalbox-site", "github.com", 2222),
    ]
    assert [each["url"] for each in remotes] == ["git@signalbox-backend:example/backend.git", "ssh://git@signalbox-site/example/site.git"]


@pytest.mark.parametrize("address", ["https://github.com/example/backend.git", "file:///srv/git/backend.git"])
def test_what_needs_no_key_stays_as_it_is(address: str) -> None:
    assert (one(address)["url"], one(address)["host"]) == (address, "")


@pytest.mark.parametrize("address", [
    "", "backend", "--upload-pack=x", "ext::sh -c x", "git@-oProxyCommand=x:path", "git@host:", "git@host:a b", "ssh://host/path",
    "ssh://git@host", "git@host:path\n", "http://host/path", "git@host::x", "-git@host:path",
])
def test_an_address_that_git_might_take_for_something_else_is_refused(address: str) -> None:
    with pytest.raises(AnsibleFilterError, match="right would be user@host:path"):
        one(address)


@pytest.mark.parametrize("name", ["", "../x", "Backend", "a b", "-x", "a\n", "x" * 41])
def test_a_name_that_could_not_be_a_file_is_refused(name: str) -> None:
    with pytest.raises(AnsibleFilterError, match="is no name of a repository"):
        one("git@host:path", name)


def test_the_packages_are_those_that_the_door_installs() -> None:
    (said,) = re.findall("^core_packages='(.*)'$", (PROJECT / "libexec/door/packages.sh").read_text(), re.MULTILINE)
    assert yaml.safe_load((ROLE / "defaults/main.yml").read_text())["signalbox_install_packages"] == said.split()


def test_every_unit_of_the_project_is_installed() -> None:
    text = (ROLE / "vars/main.yml").read_text()
    units = {path.name for path in (PROJECT / "systemd").iterdir() if path.is_file()}
    named = set(re.findall(r"signalbox[a-z-]*@?\.(?:service|socket)", text)) | {"signalbox-kafka.service", "signalbox-redis.service"}
    assert named == units


@pytest.mark.parametrize("wrong, advice", [
    ({"signalbox_install_repository": "somewhere"}, "right would be user@host:path"),
    ({"signalbox_install_secrets": {"../x": "y"}}, "Not names of files: ../x"),
    ({"signalbox_install_deploy_keys": {"backend": "key"}}, "There is no repository backend that needs a deploy key; those that do: signalbox"),
    ({"signalbox_install_parts": ["redis"]}, "leaves out kafka"),
    ({"signalbox_install_signatures": "perhaps"}, "value of signalbox_install_signatures must be one of"),
    ({"signalbox_install_keep": "many"}, "signalbox_install_keep"),
])
def test_a_mistake_ends_it_before_the_server_is_touched(
    run: Callable[..., Ran], tmp_path: Path, wrong: dict[str, Any], advice: str
) -> None:
    inventory = tmp_path / "inventory.yml"
    # Nobody answers at this address: whatever asked the server for anything would say so.
    host = {"ansible_host": "127.0.0.1", "ansible_port": 1, "signalbox_install_repository": "git@host:path", **wrong}
    inventory.write_text(yaml.safe_dump({"all": {"children": {"signalbox": {"hosts": {"server": host}}}}}))
    ran = run("playbooks/signalbox_install.yml", "-i", str(inventory))
    assert ran.code != 0 and advice in ran.said(), ran.output
    assert "unreachable=0" in ran.output
