"""plan.json: what is to be run. Read strictly, since whoever wrote it is another program."""

from __future__ import annotations

import json

from run.folder import Folder

DEFAULT_GRACE = 10.0


class Unusable(Exception):
    """Why nothing can be started."""


class Plan:
    def __init__(self, record: object) -> None:
        if not isinstance(record, dict):
            raise Unusable("plan.json holds no JSON object")
        self.command: str = _text(record, "command")
        self.argv: list[str] = record.get("argv")  # type: ignore[assignment]
        if not isinstance(self.argv, list) or not self.argv or not all(_is_word(word) for word in self.argv):
            raise Unusable('plan.json: "argv" must be a list of texts without NUL, the program first')
        self.cwd: str = _text(record, "cwd")
        self.lock: str | None = _text(record, "lock") if record.get("lock") is not None else None
        self.locks: str = _text(record, "locks") if self.lock is not None else ""
        self.timeout = _amount(record, "timeout_seconds")
        self.grace = _amount(record, "grace_seconds") or DEFAULT_GRACE
        output = _amount(record, "output_bytes", most=1e15)
        self.output_bytes = None if output is None else int(output)
        self._environment = _names(record, "environment")
        self._environment_files = _names(record, "environment_files")

    @staticmethod
    def of(folder: Folder) -> Plan:
        try:
            record = folder.read("plan.json")
        except (ValueError, OSError) as error:
            raise Unusable(f"plan.json cannot be read: {error}") from error
        if record is None:
            raise Unusable("there is no plan.json in the run's folder")
        return Plan(record)

    def environment(self) -> dict[bytes, bytes]:
        """The child's whole environment; the values of files stay in memory and never appear in a message."""
        values = {name.encode(): value.encode() for name, value in self._environment.items()}
        for name, path in self._environment_files.items():
            try:
                with open(path, "rb") as file:
                    value = file.read()
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or "not a path"
                raise Unusable(f"the file for {name}, {path}, cannot be read: {reason}") from error
            if b"\0" in value:
                raise Unusable(f"the file for {name}, {path}, holds a NUL and cannot be a variable")
            values[name.encode()] = value.removesuffix(b"\n")
        return values


def _text(record: dict, key: str) -> str:
    value = record.get(key)
    if not _is_word(value) or not value:
        raise Unusable(f'plan.json: "{key}" must be a text that is not empty')
    return value


def _names(record: dict, key: str) -> dict[str, str]:
    value = record.get(key) or {}
    if not isinstance(value, dict) or not all(_is_word(each) for each in value.values()):
        raise Unusable(f'plan.json: "{key}" must be an object of texts')
    for name in value:
        if not _is_word(name) or not name or "=" in name:
            raise Unusable(f'plan.json: "{key}": {json.dumps(name)} cannot be the name of a variable')
    return value


def _amount(record: dict, key: str, most: float = 1e9) -> float | None:
    value = record.get(key)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < most):
        return value
    raise Unusable(f'plan.json: "{key}" must be a number above 0, or null')


def _is_word(value: object) -> bool:
    """A text that can be handed to a program: no NUL, and no half of a pair that JSON can spell and UTF-8 cannot."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
