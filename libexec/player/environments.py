"""The environments of a demo as they were after `seed`: version 1 live, nothing beside it."""

from __future__ import annotations

from player.sandbox import Sandbox


def clean_environments(sandbox: Sandbox) -> None:
    """Runs of the file before are waited for or ended by the sandbox, which knows its machines; unused ones cost nothing."""
    sandbox.run("reset", *sandbox.here(), seconds=900)
