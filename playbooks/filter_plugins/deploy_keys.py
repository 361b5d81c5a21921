"""A deploy key opens one repository: each gets an SSH host alias of its own, which names its key."""

from __future__ import annotations

import re
from typing import Any

from ansible.errors import AnsibleFilterError

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
SCP = re.compile(r"(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?P<path>[^\s:/][^\s]*|/[^\s]+)")
SSH = re.compile(r"ssh://(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*)(:(?P<port>[0-9]{1,5}))?/(?P<path>\S+)")
KEYLESS = re.compile(r"https://[A-Za-z0-9]\S*|file:///\S+")


def deploy_remotes(repositories: dict[str, str], account: str) -> list[dict[str, Any]]:
    """Name, account, and the address as git is to be given it; host, port and alias where a key is needed."""
    return [_remote(name, str(address), account) for name, address in repositories.items()]


def _remote(name: str, address: str, account: str) -> dict[str, Any]:
    if not NAME.fullmatch(name):
        raise AnsibleFilterError(f"'{name}' is no name of a repository: small letters, digits, - and _, at most 40, a letter first")
    alias = name if name == "signalbox" else f"signalbox-{name}"
    if found := SSH.fullmatch(address):
        url = f"ssh://{found['user']}@{alias}/{found['path']}"
        return {"name": name, "account": account, "url": url, "alias": alias, "host": found["host"], "port": int(found["port"] or 22)}
    if found := SCP.fullmatch(address):
        url = f"{found['user']}@{alias}:{found['path']}"
        return {"name": name, "account": account, "url": url, "alias": alias, "host": found["host"], "port": 22}
    if KEYLESS.fullmatch(address):
        return {"name": name, "account": account, "url": address, "alias": "", "host": "", "port": 0}
    raise AnsibleFilterError(
        f"the repository {name} is '{address}'; right would be user@host:path, ssh://user@host/path, https://host/path or file:///path"
    )


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"deploy_remotes": deploy_remotes}
