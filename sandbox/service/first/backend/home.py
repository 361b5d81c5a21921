"""The answer to `/`."""

from backend.about import about


def home(_query: dict[str, str]) -> dict[str, object]:
    return {**about()}
