"""release.json: where releases come from, and whom they have to be signed by. It belongs to root; nothing is guessed."""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from release import typed
from release.refused import Refused

# https, ssh, file, or user@host:path with an SSH host alias; never ext:: or another helper, and no option.
_REMOTE = re.compile(
    r"(https|ssh)://[A-Za-z0-9]\S*|file:///\S*|([A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9._-]*:(?!:|//)\S+"
)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KEYS = {"remote", "branch", "signatures", "allowed_signers", "keep", "build_seconds", "environment"}


@dataclass(frozen=True)
class Settings:
    remote: str
    branch: str
    # The file of those who may sign, in the form of ssh-keygen; None: signatures are not asked for.
    allowed_signers: Path | None
    keep: int
    build_seconds: int
    # What a build needs besides, such as where packages come from. Everybody can read it: nothing secret belongs here.
    environment: dict[str, str] = field(default_factory=dict)


def read(file: Path) -> Settings:
    try:
        with open(file, encoding="utf-8") as opened:
            _require_closed(os.fstat(opened.fileno()), file)
            record = json.load(opened)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}; it says where releases come from") from error
    except ValueError as error:
        raise Refused(f"{file} holds no JSON: {error}") from error
    if not isinstance(record, dict):
        raise Refused(f'{file} holds no JSON object, as in {{"remote": "git@signalbox-repo:ops/signalbox.git", …}}')
    wrong = sorted(set(record) - _KEYS)
    if wrong:
        raise Refused(f"{file}: there is no {', '.join(wrong)}; there are {', '.join(sorted(_KEYS))}")
    return Settings(
        _remote(file, record.get("remote")),
        _branch(file, record.get("branch", "main")),
        _signers(file, record),
        _number(file, record, "keep", 3, 1, 100),
        _number(file, record, "build_seconds", 2400, 1, 86_400),
        _environment(file, record.get("environment", {})),
    )


def _require_closed(status: os.stat_result, file: Path) -> None:
    """Who may write it decides what runs as the bot."""
    if status.st_uid not in (0, os.getuid()) or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Refused(f"{file} may be written by others than root and the builder: chown root, chmod go-w")


def _remote(file: Path, value: object) -> str:
    if not isinstance(value, str) or not _REMOTE.fullmatch(value):
        raise Refused(f'{file}: "remote" has to be https://host/path, ssh://host/path, user@host:path or file:///path')
    if re.match(r"[a-z]+://[^/@]*:[^/@]*@", value):
        raise Refused(f'{file}: "remote" holds a password, which everybody on this machine could see; use a deploy key')
    return value


def _branch(file: Path, value: object) -> str:
    try:
        return typed.ref(value)
    except Refused as problem:
        raise Refused(f'{file}: "branch": {problem}') from problem


def _signers(file: Path, record: dict) -> Path | None:
    if record.get("signatures") == "no":
        return None
    if record.get("signatures") != "required":
        raise Refused(f'{file}: "signatures" has to be "required" or "no"')
    signers = record.get("allowed_signers")
    if not isinstance(signers, str) or not signers.startswith("/"):
        raise Refused(f'{file}: with "signatures": "required" goes "allowed_signers", the whole name of a file')
    try:
        with open(signers, "rb") as opened:
            _require_closed(os.fstat(opened.fileno()), Path(signers))
    except OSError as error:
        raise Refused(f"{signers} cannot be read: {error.strerror}; it names who may sign a release") from error
    return Path(signers)


def _number(file: Path, record: dict, key: str, usual: int, least: int, most: int) -> int:
    value = record.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refused(f'{file}: "{key}" has to be a number from {least} to {most}')
    return value


def _environment(file: Path, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) and "\0" not in text for text in value.values()):
        raise Refused(f'{file}: "environment" has to be an object of texts')
    for name in value:
        if not _VARIABLE.fullmatch(name):
            raise Refused(f'{file}: "environment": {name!r} cannot be the name of a variable')
    return dict(value)
