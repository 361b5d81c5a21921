"""Makes the environments of a demo as they were before a conversation: what is live stays, nothing lies beside it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from player.sandbox import PROJECT, NoDemo, Sandbox

SECONDS = 900


def clean_environments(sandbox: Sandbox) -> None:
    """By the same playbooks as a person would; costs next to nothing where a conversation changed nothing."""
    _end_runs(sandbox)
    wanted = _wanted(sandbox)
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(_clean, sandbox, environment, verbs) for environment, verbs in wanted.items()]:
            done.result()


def _end_runs(sandbox: Sandbox) -> None:
    """What a conversation did not wait for: it would go on changing what the next one sees."""
    wrapper = ["/usr/bin/python3", "-I", "-S", "-E", str(PROJECT / "libexec" / "signalbox-run")]
    for run in sorted((sandbox.folder / "bot" / "state" / "runs").glob("*")):
        if not _is_under_way(run):
            continue
        try:
            sandbox.run_inside(*wrapper, "--cancel", str(run), user="bot")
        except NoDemo:
            if _is_under_way(run):  # else it ended by itself in this moment
                raise


def _is_under_way(run: Path) -> bool:
    """Claimed by a wrapper, which would write the end; what the bot has claimed itself was never started."""
    claimed = run / "claimed"
    return claimed.exists() and json.loads(claimed.read_text()).get("by") == "wrapper" and not (run / "exit").exists()


def _wanted(sandbox: Sandbox) -> dict[str, list[str]]:
    """By environment, the verbs that clean it."""
    try:
        status = json.loads(sandbox.run("status", *sandbox.here(), "--json"))
        instances, targets = status["instances"], status["targets"].values()
    except (ValueError, KeyError) as error:
        raise NoDemo(f"the sandbox's status cannot be read: {error}") from error
    taken = {instance for members in targets for instance in members}
    states: dict[str, set[tuple[str, str]]] = {}
    for instance, tags in ((each["id"], each["tags"]) for each in instances):
        if "environment" in tags and "state" in tags:
            # What takes requests already is no longer only staged: its swap was cut short, and discard refuses it.
            state = "swapping" if tags["state"] == "staged" and instance in taken else tags["state"]
            states.setdefault(tags["environment"], set()).add((state, tags.get("generation", "")))
    return {environment: verbs for environment, found in states.items() if (verbs := _verbs(found))}


def _verbs(found: set[tuple[str, str]]) -> list[str]:
    present = {state for state, _ in found}
    # A swap that was cut short leaves two generations that serve; run again, it completes.
    unfinished = len([state for state, _ in found if state in ("live", "swapping")]) > 1
    return [
        verb
        for verb, needed in (
            ("swap", unfinished),
            ("discard", present & {"building", "staged"}),
            ("terminate", unfinished or present & {"standby", "retired"}),
        )
        if needed
    ]


def _clean(sandbox: Sandbox, environment: str, verbs: list[str]) -> None:
    tools = PROJECT / ".signalbox" / "venv" / "bin"
    for verb in verbs:
        sandbox.run_inside(
            str(tools / "python"), str(tools / "ansible-playbook"), "-i", f"inventory/{environment}",
            f"playbooks/backend_{verb}.yml", "-e", json.dumps({"target_environment": environment}),
            user="bot", seconds=SECONDS,
        )  # fmt: skip
