"""The answer to `/`. Everybody who was greeted is remembered."""

from backend.about import about

ROOM = 300
GREETED: list[str] = []


def home(query: dict[str, str]) -> dict[str, object]:
    name = query.get("name", "world")
    GREETED.append(name)
    return {**about(), "greeting": f"Hello, {name}!"}


def full() -> bool:
    return len(GREETED) > ROOM
