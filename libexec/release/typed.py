"""Words that reach git. Only what is plainly a commit or the name of a branch or tag gets through."""

from __future__ import annotations

import re

from release.refused import Refused

COMMIT = re.compile(r"[0-9a-f]{40}")
_REF = re.compile(r"[A-Za-z0-9_@+#=,][A-Za-z0-9._/@+#=,-]{0,249}")
_NO_REF = re.compile(r"^@$|\.\.|//|\.lock$|\.lock/|/[.-]|[./]$")
SHOWN = 8


def commit(value: object, what: str) -> str:
    if isinstance(value, str) and COMMIT.fullmatch(value):
        return value
    raise Refused(f"{what} is {_quoted(value)}; it has to be the commit's forty lower-case hexadecimal digits")


def ref(value: object) -> str:
    """Git reads an option from whatever begins like one, and more than a name from `..`, `^`, `:` and `@{`."""
    if isinstance(value, str) and _REF.fullmatch(value) and not _NO_REF.search(value):
        return value
    raise Refused(
        f"{_quoted(value)} is no name of a branch or tag: letters, digits and . _ / @ + # = , - may be in it, none of . / - first,"
        " as in main, v1.2 or feature/login"
    )


def brief(commit: str) -> str:
    """As people are shown a commit."""
    return commit[:SHOWN]


def _quoted(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
