"""What is answered to which path."""

from backend.about import about

Answer = tuple[int, dict[str, object]]


def home(query: dict[str, str]) -> Answer:
    return 200, {**about(), "greeting": f"Hello, {query.get('name', 'world')}!"}


def health(_query: dict[str, str]) -> Answer:
    return 200, {"status": "ok", "version": about()["version"]}


def seconds(query: dict[str, str], most: float = 30.0) -> float:
    """How long a slow answer takes; ValueError for what is no time."""
    wanted = float(query.get("seconds", "2"))
    if not 0 <= wanted <= most:
        raise ValueError(f"seconds must lie between 0 and {most:g}")
    return wanted
