"""Whether a text holds what a line expects, and what its {x} stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

TOKEN = re.compile(
    r"(?P<literal>\\(?:…|\.\.\.))"
    r"|(?P<gap>[^\S\n]*(?:…|\.\.\.)[^\S\n]*)"
    r"|\{(?P<name>[A-Za-z][A-Za-z0-9_]*)\}"
    r"|(?P<blank>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
NAMED = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
BLANKS = r"[^\S\n]+"
AROUND = re.escape("'\"`“”‘’‚„«»‹›.,;:!?()[]{}<>*…")
RUN = rf"[{AROUND}]*(?P<%s>[^\s{AROUND}](?:\S*[^\s{AROUND}])?)[{AROUND}]*"


def find(pattern: str, text: str, bound: Mapping[str, str]) -> dict[str, str] | None:
    """What the pattern's new {x} stand for where the text holds it, None where it does not."""
    matched = compile_pattern(pattern, bound).search(text)
    return None if matched is None else matched.groupdict()


def compile_pattern(pattern: str, bound: Mapping[str, str]) -> re.Pattern[str]:
    parts: list[str] = []
    captured: set[str] = set()
    tokens = list(TOKEN.finditer(pattern))
    for index, token in enumerate(tokens):
        if token["literal"]:
            parts.append(re.escape(token["literal"][1:]))
        elif token["gap"]:
            parts.append(".*?")
        elif name := token["name"]:
            glued = [0 <= at < len(tokens) and bool(tokens[at]["other"]) for at in (index - 1, index + 1)]
            parts.append(_whole(bound[name], *glued) if name in bound else _new(name, captured))
        else:
            parts.append(BLANKS if token["blank"] else re.escape(token["other"]))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def _whole(value: str, glued_before: bool, glued_after: bool) -> str:
    """What was bound, and not as a part of a longer word unless the pattern itself goes on there."""
    before = "" if glued_before else rf"(?<!\w)[{AROUND}]*"
    after = "" if glued_after else r"(?!\w)"
    return before + re.escape(value) + after


def _new(name: str, captured: set[str]) -> str:
    if name in captured:
        return f"(?P={name})"
    captured.add(name)
    return RUN % name


def substitute(text: str, bound: Mapping[str, str]) -> str:
    """Replaces the {x} that are bound; anything else in braces is what the person says."""
    return NAMED.sub(lambda found: bound.get(found[1], found[0]), text)
