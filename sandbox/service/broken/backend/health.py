"""The answer to `/health`: status code and what is told."""

from pathlib import Path

from backend.about import version

STOCK = Path("/var/lib/backend/stock.json")


def health() -> tuple[int, dict[str, object]]:
    if not STOCK.exists():
        return 503, {"status": f"no stock list at {STOCK}", "version": version()}
    return 200, {"status": "ok", "version": version()}
