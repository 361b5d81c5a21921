"""The program git, which asks nobody, runs no hook and speaks only protocols that execute nothing."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from release.refused import Refused

_CAREFUL = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.autoDetach=false")
_USUAL = 60.0
_PASSED_ON = ("PATH", "HOME", "USER", "LOGNAME", "TZ")
_USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Git's advice after whatever went wrong on the way to a repository.
_SAID_OF_ALL = {
    "Please make sure you have the correct access rights",
    "and the repository exists",
    "fatal: Could not read from remote repository",
}
_SAFE = "[safe]\n\tdirectory = *\n[include]\n\tpath = ~/.gitconfig\n"


def plain_environment() -> dict[str, str]:
    """What every child sees: an allow-list, so that nothing of whoever started us reaches a build."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment.setdefault("PATH", _USUAL_PATH)
    environment["LANG"] = "C.UTF-8"
    return environment


@dataclass(frozen=True)
class Ended:
    code: int
    output: str
    errors: str

    @property
    def well(self) -> bool:
        return self.code == 0

    def reason(self) -> str:
        """The last lines that say something of this failure."""
        said = [line.strip().rstrip(".") for line in (self.errors or self.output).splitlines()]
        return " / ".join([line for line in said if line and line not in _SAID_OF_ALL][-3:]) or f"exit status {self.code}"


class Git:
    def __init__(self, configuration: Path, ceilings: tuple[Path, ...]) -> None:
        """
        `configuration`: a file of our own, since git's helpers on a pipe do not get what is said in variables. Above
        `ceilings` no repository is looked for: a folder that is none is not taken for a part of one around it.
        """
        self._configuration = configuration
        self._environment = {
            **plain_environment(),
            "GIT_ALLOW_PROTOCOL": "file:https:ssh",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20",
            "GIT_CONFIG_GLOBAL": str(configuration),
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_CEILING_DIRECTORIES": ":".join(map(str, ceilings)),
        }

    def run(self, *words: str, within: float = _USUAL) -> Ended:
        if not self._configuration.exists():
            _write(self._configuration, _SAFE)
        try:
            ended = subprocess.run(
                ["git", *_CAREFUL, *words], env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=within,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            return Ended(-1, "", f"no end within {within:g} s{_said(late.stderr)}")
        except OSError as error:
            raise Refused(f"git cannot be started: {error.strerror}; install the package git") from error
        return Ended(ended.returncode, _text(ended.stdout), _text(ended.stderr))

    def asked(self, *words: str) -> str:
        """The answer of what cannot fail in a sound repository."""
        ended = self.run(*words)
        if not ended.well:
            raise Refused(f"git {words[2] if words[0] == '-C' else words[0]} failed: {ended.reason()}")
        return ended.output


def _write(file: Path, text: str) -> None:
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.rename(file)


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")


def _said(errors: bytes | None) -> str:
    return f": {_text(errors).strip()}" if errors else ""
