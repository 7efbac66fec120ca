"""The cookbook is true: each command gives the lines that stand below it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from retention_cli.cli import run

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "cookbook.md").read_text("utf-8")
TASKS = re.findall(r"^### (.+?)\n.*?^```console\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
LEFT_OUT = "[…]"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    return shutil.copytree(ROOT / "examples" / "brambeck", tmp_path_factory.mktemp("demo") / "own")


def typed(command, capsys):
    """Run a command as a shell would, and give its lines and its exit code."""
    program, *arguments = shlex.split(command)
    if program == "retention":
        capsys.readouterr()
        code = run(arguments)
        return "".join(capsys.readouterr()).splitlines(), code
    lines = Path(arguments[-1]).read_text("utf-8").splitlines()
    return [line for line in lines if program == "cat" or arguments[0] in line], 0


def test_there_are_fifteen_tasks():
    assert len(TASKS) == 15


@pytest.mark.parametrize(("title", "block"), TASKS, ids=[title for title, _ in TASKS])
def test_a_task_gives_what_stands_below_it(exports, monkeypatch, capsys, title, block):
    monkeypatch.chdir(exports)
    monkeypatch.setenv("COLUMNS", "96")
    code = 0
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        if command == "echo $?":
            assert shown == [str(code)]
            code = 0
            continue
        assert code == 0
        lines, code = typed(command, capsys)
        left = iter([line.rstrip() for line in lines])
        missing = [line for line in shown if line not in {LEFT_OUT, *left_up_to(left, line)}]
        assert missing == [], command
    assert code == 0


def left_up_to(lines, wanted):
    """Take lines away up to the one that is wanted: those that are shown are in order."""
    return next(([line] for line in lines if line == wanted), []) if wanted != LEFT_OUT else []
