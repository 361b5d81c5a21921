"""Who held which role when: told by the log alone, from the first roles on, one answered word after the other."""

from __future__ import annotations

from collections import defaultdict

from chaos.auditor.evidence import Evidence

EVERYONE = "everyone"
# Of the words about the bot those that not everybody may say.
WORDS = {
    "grant": {"admin"},
    "revoke": {"admin"},
    "reload": {"admin"},
    "unlock": {"admin", "deployer"},
    "lock": {"admin", "deployer"},
    "extend": {"admin", "deployer"},
    "take-over": {"admin", "deployer"},
    "freeze": {"admin", "deployer"},
    "thaw": {"admin", "deployer"},
    "keep": {"admin", "deployer"},
    "audit-verify": {"admin", "auditor"},
    "audit-show": {"admin", "auditor"},
}

# Of them those that another person has to agree to.
AGREED = {"take-over": "deployer"}


class Roles:
    """Places are those of records in the log: a change holds from its own place on."""

    def __init__(self, evidence: Evidence) -> None:
        # By person and role: (place, time, whether it is held from there on).
        self._changes: dict[tuple[str, str], list[tuple[int, int, bool]]] = defaultdict(list)
        for role, people in evidence.first_roles.items():
            for person in people:
                self._changes[person, role].append((-1, 0, True))
        for command in evidence.commands.values():
            if command.word in ("grant", "revoke"):
                for place, record in command.all("Answered"):
                    who = command.arguments["person"], command.arguments["role"]
                    self._changes[who].append((place, record.at, command.word == "grant"))
        for changes in self._changes.values():
            changes.sort()

    def held(self, person: str, roles: set[str], place: int, since: int | None = None) -> bool:
        """Whether one of them was held at this place of the log, and where `since` is given had been held from then on."""
        return EVERYONE in roles or any(self._holds(person, role, place, since) for role in roles)

    def at_the_end(self) -> dict[str, set[str]]:
        """People by role."""
        found: dict[str, set[str]] = defaultdict(set)
        for (person, role), changes in self._changes.items():
            if changes[-1][2]:
                found[role].add(person)
        return dict(found)

    def _holds(self, person: str, role: str, place: int, since: int | None) -> bool:
        before = [change for change in self._changes.get((person, role), ()) if change[0] < place]
        return bool(before) and before[-1][2] and (since is None or before[-1][1] <= since)
