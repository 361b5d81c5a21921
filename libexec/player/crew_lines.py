"""The words after `$`: what the stage crew can be told, each read strictly."""

from __future__ import annotations

import re
from collections.abc import Callable

# What the player does as the chat service that it is; the rest needs a demo.
OF_THE_CHAT = ("drop chat", "cut chat", "mend chat", "redeliver", "edit", "pass")
PARTS = ("bot", "kafka", "redis")
EVENTS = (
    "Requested", "Misunderstood", "Understood", "Answered", "Refused", "Scheduled", "Queued", "ApprovalRequested",
    "ApprovalGiven", "GlassBroken", "Denied", "Withdrawn", "Expired", "Voided", "Admitted", "Dispatched", "Started", "Finished",
)  # fmt: skip
VERBS = (
    "kill|stop|start bot|kafka|redis, drop|cut|mend chat, redeliver, edit TEXT, pass TIME, load start|stop, expect http URL STATUS [TEXT], "
    "expect file PATH absent, expect file PATH holds TEXT, expect audit EVENT [NAME]"
)

Read = tuple[str, tuple[str, ...]]


class Unreadable(ValueError):
    """Says what would be right."""


def read_crew(text: str) -> Read:
    """The verb and its arguments."""
    words = text.split()
    if not words:
        raise Unreadable(f"nothing for the crew to do; it knows: {VERBS}")
    if words[0] in ("kill", "stop", "start"):
        return _part(words)
    if words[0] in READERS:
        return READERS[words[0]](text.strip())
    raise Unreadable(f"the crew does not know '{words[0]}'; it knows: {VERBS}")


def _part(words: list[str]) -> Read:
    if len(words) != 2 or words[1] not in PARTS:
        raise Unreadable(f"'{words[0]}' needs one of {', '.join(PARTS)}, as in `$ {words[0]} bot`")
    return words[0], (words[1],)


def _fixed(allowed: dict[str, Read]) -> Callable[[str], Read]:
    def read(text: str) -> Read:
        found = allowed.get(" ".join(text.split()))
        if found is None:
            raise Unreadable("expected " + " or ".join(f"`$ {words}`" for words in allowed) + " and nothing after it")
        return found

    return read


def _edit(text: str) -> Read:
    new = text.removeprefix("edit").strip()
    if not new:
        raise Unreadable("`$ edit` needs the new words, as in `$ edit signalbox deploy backend staging`")
    return "edit", (new,)


def _pass(text: str) -> Read:
    matched = re.fullmatch(r"pass\s+([1-9]\d{0,5})([smh])", text)
    if matched is None:
        raise Unreadable("expected `$ pass TIME` with a time such as 20s, 14m or 2h")
    return "pass", (str(int(matched[1]) * {"s": 1, "m": 60, "h": 3600}[matched[2]]),)


def _expect(text: str) -> Read:
    subject = (text.split(maxsplit=2) + ["", ""])[1]
    if subject not in EXPECTATIONS:
        raise Unreadable("the crew can expect http, file or audit, as in `$ expect http http://… 200`")
    pattern, right, reader = EXPECTATIONS[subject]
    matched = re.fullmatch(pattern, text)
    if matched is None:
        raise Unreadable(f"expected `$ {right}`")
    return reader(matched)


def _http(matched: re.Match[str]) -> Read:
    return "expect http", tuple(each for each in matched.groups() if each is not None)


def _file(matched: re.Match[str]) -> Read:
    path, text = matched.groups()
    return ("expect file absent", (path,)) if text is None else ("expect file holds", (path, text))


def _audit(matched: re.Match[str]) -> Read:
    event, name = matched.groups()
    if event not in EVENTS:
        raise Unreadable(f"no event is called '{event}'; there are: {', '.join(EVENTS)}")
    return "expect audit", (event,) if name is None else (event, name)


EXPECTATIONS: dict[str, tuple[str, str, Callable[[re.Match[str]], Read]]] = {
    "http": (
        r"expect\s+http\s+(https?://\S+)\s+([1-5]\d\d)(?:\s+(\S.*))?",
        "expect http URL STATUS [TEXT]` with an http:// address and a status such as 200, as in "
        "`$ expect http http://127.0.0.1/ 200 hello",
        _http,
    ),
    "file": (
        r"expect\s+file\s+(\S+)\s+(?:absent|holds\s+(\S.*))",
        "expect file PATH absent` or `$ expect file PATH holds TEXT",
        _file,
    ),
    "audit": (
        r"expect\s+audit\s+(\S+)(?:\s+(\S+))?",
        "expect audit EVENT [NAME]",
        _audit,
    ),
}
READERS: dict[str, Callable[[str], Read]] = {
    "drop": _fixed({"drop chat": ("drop chat", ())}),
    "cut": _fixed({"cut chat": ("cut chat", ())}),
    "mend": _fixed({"mend chat": ("mend chat", ())}),
    "redeliver": _fixed({"redeliver": ("redeliver", ())}),
    "load": _fixed({"load start": ("load start", ()), "load stop": ("load stop", ())}),
    "edit": _edit,
    "pass": _pass,
    "expect": _expect,
}
