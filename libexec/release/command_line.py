"""What signalbox-release was asked to do."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from release import client, trial, typed
from release.refused import Refused

_TRIAL = {"begin-trial", "await-ready", "await-trial"}
_HOME = Path("/opt/signalbox")


def main(arguments: list[str], usage: str) -> int:
    if arguments in (["-h"], ["--help"]):
        print(usage)
        return 0
    if arguments[:1] == ["--serve"]:
        from release.server import serve

        asked = _server().parse_args(arguments)
        return serve(asked.home, asked.settings)
    if arguments[:1] == ["--install"]:
        from release.installing import install

        asked = _installer().parse_args(arguments)
        return install(asked.install, asked.home, asked.settings)
    asked = vars(_words().parse_args(arguments))
    word = asked.pop("word")
    try:
        answer = {"done": _try_out(word, asked)} if word in _TRIAL else client.order({"order": word, **_said(asked)})
    except Refused as refused:
        answer = {"refused": str(refused)}
    print(json.dumps(answer))
    return 0 if "done" in answer else 1


def _server() -> argparse.ArgumentParser:
    parser = _builder()
    parser.add_argument("--serve", action="store_true", required=True)
    return parser


def _installer() -> argparse.ArgumentParser:
    parser = _builder()
    parser.add_argument("--install", metavar="REF", required=True)
    return parser


def _builder() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="signalbox-release", allow_abbrev=False)
    parser.add_argument("--home", type=Path, default=_HOME)
    parser.add_argument("--settings", type=Path, default=Path("/etc/signalbox/release.json"))
    return parser


def _words() -> argparse.ArgumentParser:
    """Abbreviations are refused: a person's word is never close enough to an option to be one."""
    parser = argparse.ArgumentParser(prog="signalbox-release", allow_abbrev=False)
    words = parser.add_subparsers(dest="word", required=True)

    def word(name: str, *options: str) -> argparse.ArgumentParser:
        added = words.add_parser(name, allow_abbrev=False)
        for option in options:
            added.add_argument(f"--{option}", required=True)
        return added

    look = word("look")
    look.add_argument("ref", nargs="?")
    look.add_argument("--link", choices=("current", "playbooks"), default="current")
    look.add_argument("--again", action="store_true")
    word("before").add_argument("--link", choices=("current", "playbooks"), default="current")
    for name in ("build", "checkout"):
        making = word(name, "from")
        making.add_argument("commit")
        making.add_argument("--again", action="store_true")
    word("switch", "from", "to").add_argument("link", choices=("current", "playbooks"))
    word("prune").add_argument("--keep", action="append", default=[])
    word("begin-trial", "state", "from", "to")
    for name in ("await-ready", "await-trial"):
        word(name, "state", "to").add_argument("--home", type=Path, default=_HOME)
        words.choices[name].add_argument("--within", type=float, required=True)
    return parser


def _said(asked: dict) -> dict:
    """Without what was not said; the server knows what is usual."""
    return {name: value for name, value in asked.items() if value is not None and value is not False}


def _try_out(word: str, asked: dict) -> dict:
    state = Path(asked["state"])
    end = typed.commit(asked["to"], "--to")
    if word == "begin-trial":
        return trial.begin(state, typed.commit(asked["from"], "--from"), end)
    wait = trial.await_ready if word == "await-ready" else trial.await_end
    return wait(state, asked["home"], end, asked["within"])
