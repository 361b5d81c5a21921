"""The breaks are still breaks: each changes lines of the scripts as they are today."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from chaos.sabotage.__main__ import SCRIPTS, arguments  # noqa: E402
from chaos.sabotage.breaks import BREAKS, Break  # noqa: E402


@pytest.mark.parametrize("broken", BREAKS, ids=lambda each: each.name)
def test_a_break_changes_the_scripts_that_the_bot_reads_first(broken: Break, tmp_path: Path) -> None:
    build, scratch = tmp_path / "app", tmp_path / "scratch"
    build.mkdir()
    (build / "java.args").write_text('-Xmx256m\n-cp\n"/x/signalbox.jar:/x/lib/a.jar"\n-XX:SharedArchiveFile=/x/a.jsa\n-Xlog:cds=off\n')
    lines = arguments(broken, build, scratch).read_text().splitlines()
    assert lines == ["-Xmx256m", "-cp", f'"{scratch}:/x/signalbox.jar:/x/lib/a.jar"']
    for change in broken.changes:
        true = (SCRIPTS / "io/signalbox" / change.script).read_text()
        changed = (scratch / "io/signalbox" / change.script).read_text()
        assert changed == true.replace(change.line, change.instead) != true


def test_a_break_of_a_script_that_has_changed_is_no_break() -> None:
    with pytest.raises(ValueError, match="lock.lua holds 0 times what is to be broken"):
        BREAKS[0].changes[0].apply("return {}")
