"""The table in docs/kill-points.md, made of what was seen.

    .signalbox/venv/bin/python tests/kill_points/table.py     plays every case and writes the table anew
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from cases import CASES  # noqa: E402
from scene import PROJECT, Outcome, Scene  # noqa: E402

PAGE = PROJECT / "docs" / "kill-points.md"
HEAD = "| transition | killed | kept | becomes | a person reads in the end | starts |"


def row(outcome: Outcome) -> str:
    case = outcome.case
    kept = outcome.kept[-1] if outcome.kept else "nothing"
    further = outcome.became[len(outcome.kept):]
    cells = (
        f"{case.name} ({case.by})",
        "after" if outcome.after else "before",
        kept,
        " → ".join(further) or "the same",
        outcome.told[-1].replace("|", "\\|"),
        str(outcome.starts),
    )
    return "| " + " | ".join(cells) + " |"


def rows_of_page() -> list[str]:
    return [line for line in PAGE.read_text().splitlines() if line.startswith("| ") and line != HEAD]


@contextmanager
def scene() -> Iterator[Scene]:
    """In a folder with a short path: a socket's has a limit."""
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    scene = Scene(folder)
    try:
        yield scene
    finally:
        scene.close()
        shutil.rmtree(folder)


def main() -> None:
    with scene() as stage:
        rows = []
        for case in CASES:
            for after in (False, True):
                rows.append(row(stage.play(case, after)))
                print(rows[-1], flush=True)
    text = PAGE.read_text()
    head, _, _ = text.partition(HEAD)
    PAGE.write_text(head + "\n".join([HEAD, "|---" * 6 + "|", *rows]) + "\n")


if __name__ == "__main__":
    main()
