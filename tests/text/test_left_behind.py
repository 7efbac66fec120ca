from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from retention_cli.text import left_behind
from retention_cli.text.atomic import replacing

KILLED = """
import os, signal, sys
from pathlib import Path
from retention_cli.text.atomic import replacing
with replacing(Path(sys.argv[1]), private=True) as out:
    out.write("a row of a customer")
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def beside(file):
    return sorted(path.name for path in file.parent.iterdir() if path != file)


def aged(path, seconds):
    path.write_text("a row of a customer", "utf-8")
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def test_what_a_killed_run_left_goes_with_the_next_run(tmp_path):
    file = tmp_path / "rj.csv"
    subprocess.run([sys.executable, "-c", KILLED, file], check=False)
    (left,) = beside(file)
    assert left.startswith(".rj.csv.")
    with replacing(file) as out:
        out.write("whole")
    assert (beside(file), file.read_text("utf-8")) == ([], "whole")


def test_what_nobody_holds_goes_by_its_age(tmp_path):
    file = tmp_path / "rj.csv"
    aged(tmp_path / ".rj.csv.fedcba9876543210", left_behind.OLD + 60)
    aged(tmp_path / ".rj.csv.fedcba9876543211", left_behind.OLD - 60)
    left_behind.take_away(file)
    assert beside(file) == [".rj.csv.fedcba9876543211"]


def test_what_another_run_is_writing_stays_however_old(tmp_path):
    file = tmp_path / "rj.csv"
    with replacing(file) as theirs:
        theirs.write("theirs")
        (name,) = beside(file)
        os.utime(tmp_path / name, (0, 0))
        with replacing(file) as ours:
            ours.write("ours")
        assert file.read_text("utf-8") == "ours"
    assert (beside(file), file.read_text("utf-8")) == ([], "theirs")


@pytest.mark.parametrize(
    "name",
    [
        *(
            ".rj.csv",
            ".rj.csv.",
            ".rj.csv.swp",
            ".rj.csv.0123456789abcde",
            "rj.csv.0123456789abcdef",
        ),
        *(".rj.csv.0123456789ABCDEF", ".rj_csv.0123456789abcdef", ".rj.csv.0123456789abcdef.bak"),
    ],
)
def test_files_of_others_stay(tmp_path, name):
    aged(tmp_path / name, 10 * left_behind.OLD)
    left_behind.take_away(tmp_path / "rj.csv")
    assert beside(tmp_path / "rj.csv") == [name]


def test_neither_links_nor_folders_are_touched(tmp_path):
    there = aged(tmp_path / "there", 10 * left_behind.OLD)
    (tmp_path / ".rj.csv.0000000000000001").symlink_to(there)
    (tmp_path / ".rj.csv.0000000000000002").mkdir()
    left_behind.take_away(tmp_path / "rj.csv")
    assert len(beside(tmp_path / "rj.csv")) == 3


def test_a_folder_that_is_not_there_is_no_error(tmp_path):
    left_behind.take_away(tmp_path / "none" / "rj.csv")


def test_where_there_are_no_locks_the_age_decides(tmp_path, monkeypatch):
    monkeypatch.setattr(left_behind, "fcntl", None)
    file = tmp_path / "rj.csv"
    aged(tmp_path / ".rj.csv.0000000000000001", left_behind.OLD + 60)
    aged(tmp_path / ".rj.csv.003fffff00000002", 0)
    left_behind.take_away(file)
    assert beside(file) == [".rj.csv.003fffff00000002"]
