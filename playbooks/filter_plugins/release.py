"""What an update of the bot brings, as people read it and as a plan pins it."""

from __future__ import annotations

import json
from typing import Any

import yaml

SHOWN = 8
MOST_COMMITS = 10
MOST_RULES = 40
LONGEST_VALUE = 160
# What decides who may have what done. Help, wording and buttons do not.
OF_A_COMMAND = ("roles", "approval", "run", "plan", "risk", "lock", "frozen", "later", "averts", "answer")
BESIDE_COMMANDS = ("arguments", "freezes", "schedules")
Found = dict[str, Any]


def brief(commit: str) -> str:
    return commit[:SHOWN]


def document(text: str | None) -> dict[str, Any]:
    """Read as the catalog is: no anchors, which make a small file a huge one."""
    if text is None:
        return {}
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
        raise ValueError("it uses anchors, which are not followed here")
    loaded = yaml.safe_load(text)
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise ValueError("it holds no table")
    return loaded


def table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def rules_in(catalog: dict[str, Any]) -> dict[str, Any]:
    """Each rule of a file by what people would call it, as `backend.swap approval`."""
    rules: dict[str, Any] = {}
    for name, spec in table(catalog.get("commands")).items():
        rules |= {f"{name} {key}": spec[key] for key in OF_A_COMMAND if key in table(spec)}
    policy = table(catalog.get("policy"))
    for name, role in table(policy.get("roles")).items():
        rules[f"role {name}"] = {"grants": table(role).get("grants", [])}
    rules |= {f"policy {key}": value for key, value in policy.items() if key != "roles"}
    for part in BESIDE_COMMANDS:
        value = catalog.get(part)
        named = value.items() if isinstance(value, dict) else [("", value)] if value is not None else []
        rules |= {f"{part} {name}".strip(): each for name, each in named}
    return rules


def shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def rule_changes(catalog: dict[str, dict[str, str | None]]) -> list[dict[str, str]]:
    """What changes in roles, approvals and runners; a command that moves to another file has not changed."""
    sides: dict[str, dict[str, Any]] = {"old": {}, "new": {}}
    unread = []
    for path, texts in sorted(catalog.items()):
        for side, rules in sides.items():
            try:
                rules |= rules_in(document(texts[side]))
            except (yaml.YAMLError, ValueError) as error:
                unread.append({"id": path, "version": f"{side}: cannot be compared: {str(error).splitlines()[0]}"})
    old, new = sides["old"], sides["new"]
    changed = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    told = [{"id": name, "version": f"{shown(old.get(name, 'none'))} → {shown(new.get(name, 'none'))}"} for name in changed]
    more = [{"id": f"and {len(told) - MOST_RULES} more"}] if len(told) > MOST_RULES else []
    return [*unread, *told[:MOST_RULES], *more]


def answer(result: dict[str, Any]) -> dict[str, Any]:
    """What signalbox-release printed; nothing where it was not started, or stumbled."""
    try:
        read = json.loads(result.get("stdout") or "{}")
    except ValueError:
        return {}
    return table(read)


def release_done(result: dict[str, Any]) -> dict[str, Any]:
    return table(answer(result).get("done"))


def release_refusal(result: dict[str, Any]) -> str:
    """Why it was not done, in its words, or else in those of whoever could not start it."""
    if release_done(result) or result.get("skipped"):
        return ""
    return answer(result).get("refused") or result.get("stderr") or result.get("msg") or "signalbox-release said nothing"


def commits(found: Found, side: str) -> list[dict[str, str]]:
    listed = [{"id": brief(each["commit"]), "version": f"{each['subject']} ({each['author']})"} for each in found[side][:MOST_COMMITS]]
    more = len(found[side]) - len(listed) + found[f"more_{side}"]
    return [*listed, *([{"id": f"and {more} more"}] if more else [])]


def release_facts(found: Found, verb: str) -> dict[str, Any]:
    """The form that a plan pins: one object, named after what is about to be done. People are shown its lists."""
    return {
        verb: {
            "from": {"commit": found["from"]},
            "to": {"commit": found["to"]},
            "new": commits(found, "new"),
            "gone": commits(found, "gone"),
            "rules": rule_changes(found["catalog"]),
            "signature": [{"id": found["signature"]}],
            "takes": [{"id": brief(found["to"]), "version": f"in place of {brief(found['from'])}"}],
            "refused": found["refused"],
        }
    }


def release_lines(found: Found, done: bool = False) -> list[str]:
    """For people; `done`: it has happened."""
    what = "signalbox" if found["link"] == "current" else "the playbooks"
    if found["from"] == found["to"]:
        return [f"{what}: {brief(found['to'])} is in use, and nothing newer is there"]
    lines = [f"{what}: {brief(found['from'])} → {brief(found['to'])}" + ("" if done else f" ({found['signature']})")]
    for title, listed in (
        ("new:", commits(found, "new")),
        ("gone:", commits(found, "gone")),
        ("roles, approvals, runners:", rule_changes(found["catalog"])),
    ):
        if listed:
            lines += [title, *(f"  {each['id']} {each.get('version', '')}".rstrip() for each in listed)]
    if found["refused"] and not done:
        lines.append(f"refused: {found['refused']}")
    return lines


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {
            "release_done": release_done,
            "release_facts": release_facts,
            "release_lines": release_lines,
            "release_refusal": release_refusal,
        }
