"""The git repository of the sample service, made anew for each sandbox and the same each time, down to the commits.

Version 1 is the tag v1.0.0, version 2 is v2.0.0 and main; the branch `uptime` is worth a look before it is merged, and
`broken` builds and passes its own tests, and is not well once it is deployed; `leaky` is, until it has served some hundred
requests.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sandbox.account import Account
from sandbox.place import PROJECT

SOURCES = PROJECT / "sandbox" / "service"
BEGIN = 1_760_000_000  # seconds since 1970, of the first commit


@dataclass(frozen=True)
class Commit:
    branch: str
    says: str
    layer: str  # folder in service/ whose files it adds or changes
    author: str
    tag: str | None = None
    after: str | None = None  # branch that this one starts from


HISTORY = (
    Commit("main", "A service that tells its version and where it runs", "first", "Anna", tag="v1.0.0"),
    Commit("main", "Greet people by their name", "greeting", "Bert", tag="v2.0.0"),
    Commit("uptime", "Tell in /health how long it has been up", "uptime", "Carla", after="main"),
    Commit("broken", "Be well only with a stock list", "broken", "Bert", after="main"),
    Commit("leaky", "Remember everybody who was greeted", "leaky", "Carla", after="main"),
)


def create(bare: Path, login: Account) -> None:
    bare.parent.mkdir(mode=0o755, parents=True)
    _git("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    _git("-C", str(bare), "fast-import", "--quiet", input=b"".join(stream()))
    login.own_tree(bare)


def stream(history: tuple[Commit, ...] = HISTORY) -> Iterator[bytes]:
    """The history in the form of git fast-import."""
    for number, commit in enumerate(history):
        person = f"{commit.author} <{commit.author.lower()}@example.com> {BEGIN + number * 86_400} +0000"
        yield f"commit refs/heads/{commit.branch}\n".encode()
        yield f"author {person}\ncommitter {person}\n".encode()
        yield _data(commit.says.encode() + b"\n")
        if commit.after is not None:
            yield f"from refs/heads/{commit.after}\n".encode()
        for path in files(commit.layer):
            mode = "100755" if path.stat().st_mode & 0o100 else "100644"
            yield f"M {mode} inline {path.relative_to(SOURCES / commit.layer)}\n".encode()
            yield _data(path.read_bytes())
        yield b"\n"
        if commit.tag is not None:
            yield f"tag {commit.tag}\nfrom refs/heads/{commit.branch}\ntagger {person}\n".encode()
            yield _data(f"Version {commit.tag}\n".encode())


def files(layer: str) -> list[Path]:
    return sorted(path for path in (SOURCES / layer).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _git(*words: str, input: bytes | None = None) -> None:
    subprocess.run(["git", *words], input=input, check=True, timeout=30, env={"PATH": "/usr/bin:/bin", "HOME": "/"})
