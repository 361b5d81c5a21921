"""The answer to `/health`: status code and what is told."""

from backend.about import version


def health() -> tuple[int, dict[str, object]]:
    return 200, {"status": "ok", "version": version()}
