"""The answer to `/`."""

from backend.about import about


def home(query: dict[str, str]) -> dict[str, object]:
    return {**about(), "greeting": f"Hello, {query.get('name', 'world')}!"}
