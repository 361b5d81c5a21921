"""A server with the bot on it, installed by the playbook, and the repository that its updates come from."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ready_made
from chat import Chat
from installation import COMMAND, HOLD, MAVEN, VARIABLES
from origin import Origin
from server import Server

@pytest.fixture(scope="session")
def tools() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sb-tools-", dir="/var/tmp") as scratch:
        yield ready_made.tools(Path(scratch))


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    with tempfile.TemporaryDirectory(prefix="sb-origin-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        made = Origin.of_this_checkout(Path(folder))
        made.commits("A command that a test holds", {"programs/hold": HOLD, "commands/hold.yml": COMMAND})
        yield made


@pytest.fixture(scope="module")
def bare_server(tools: Path, origin: Origin) -> Iterator[Server]:
    """Where nothing was installed yet."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to start a machine")
    with Server.up({"/srv/tools": tools, "/srv/git": origin.bare.parent, MAVEN: Path.home() / ".m2"}) as server:
        server.has_the_tools()
        yield server


@pytest.fixture(scope="module")
def server(bare_server: Server) -> Server:
    """With the bot, by the playbook and a deploy key that was made beforehand."""
    bare_server.knows_a_deploy_key()
    code, said = bare_server.plays("signalbox_install.yml", variables={**VARIABLES, "signalbox_install_deploy_keys": bare_server.deploy_keys})
    assert code == 0, said
    return bare_server


@pytest.fixture
def chat(server: Server) -> Iterator[Chat]:
    came = Chat(server.play_socket)
    yield came
    came.leaves()
