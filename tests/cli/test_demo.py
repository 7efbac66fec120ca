"""`retention demo`, wherever it is typed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from retention_cli.cli import demo

ROOT = Path(__file__).parents[2]


def test_it_shows_the_example_and_leaves_its_exports(retention, folder, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    ran = retention("demo")
    assert ran.code == 0
    assert "June 2025" in ran.out
    (place,) = folder.iterdir()
    assert re.findall(r"^  retention (\w+)", ran.err, re.MULTILINE) == [
        "explain",
        "trend",
        "report",
    ]
    assert ran.err.count(str(place)) == 4
    assert (place / "benchmarks.toml").is_file()


def test_nothing_that_is_there_is_written_over(retention, folder):
    (folder / "mine").mkdir()
    ran = retention("demo", "mine")
    assert (ran.code, "mine is there already" in ran.err) == (2, True)
    assert list((folder / "mine").iterdir()) == []
    (folder / "file").write_text("", "utf-8")
    assert retention("demo", "file/below").code == 4


def test_an_installation_has_the_example():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    inside, clone = demo._PLACES
    assert included == {
        clone.relative_to(ROOT).as_posix(): inside.relative_to(ROOT / "src").as_posix()
    }
    assert clone.is_dir()
