from __future__ import annotations

import csv
import fcntl
import os
import socket
import time

import pytest

from retention_cli.errors import OutputError, RetentionError
from retention_cli.text import adding, locking
from retention_cli.text.adding import Summary

COLUMNS = ("period", "kpi", "group", "value")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "summary.csv"


def summary(path):
    return Summary(path, COLUMNS, COLUMNS[:3], COLUMNS[:1])


def row(period, kpi, value, group=""):
    return {"period": period, "kpi": kpi, "group": group, "value": value}


def there(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_rows_of_the_same_key_are_replaced_and_others_are_added(file):
    summary(file).add([row("05", "nps", "1"), row("05", "csat", "2")])
    summary(file).add([row("05", "csat", "3"), row("05", "csat", "4", "a"), row("06", "nps", "5")])
    assert there(file) == [
        list(COLUMNS),
        ["05", "nps", "", "1"],
        ["05", "csat", "", "3"],
        ["05", "csat", "a", "4"],
        ["06", "nps", "", "5"],
    ]


def test_the_same_again_changes_nothing_and_leaves_nothing_beside(file):
    rows = [row("05", "nps", 'a "quoted", cell\nof two lines'), row("05", "csat", "ü")]
    summary(file).add(rows)
    before = file.read_bytes()
    assert summary(file).add(rows) == []
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_key_that_stands_twice_stands_once_when_it_is_replaced(file):
    file.write_text("period,kpi,group,value\n05,nps,,1\n05,nps,,2\n04,nps,,1\n04,nps,,1\n")
    summary(file).add([row("05", "nps", "3")])
    assert [cells[0::3] for cells in there(file)[1:]] == [["05", "3"], ["04", "1"], ["04", "1"]]


def test_fewer_columns_in_another_order_are_kept_and_said(file):
    file.write_text("\ufeffgroup,kpi,period\r\n,nps,05\r\n", "utf-8")
    (said,) = summary(file).add([row("06", "nps", "5")])
    assert there(file) == [["group", "kpi", "period"], ["", "nps", "05"], ["", "nps", "06"]]
    assert said.endswith("keeps its columns, without value")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("period,kpi,group,value,more\n", "a column that is not of this file: 'more'"),
        ("period;kpi;group;value\n", "a column that is not of this file: 'period;kpi"),
        ("period,kpi,value\n", "lacks the column group"),
        ("period,kpi,group,value,value\n", "a column twice"),
        ("period,kpi,group,value\n05,nps\n", "line 2: 2 cells where the header has 4"),
        ('period,kpi,group,value\n05,nps,,"1\n', "line 2: unexpected end of data"),
        ("period,kpi,group,value\n05,nps,,\xfc\n".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_what_has_other_rows_is_refused_and_untouched(file, text, said):
    content = text if isinstance(text, bytes) else text.encode()
    file.write_bytes(content)
    for refused in (summary(file).refuse_strange, lambda: summary(file).add([row("1", "2", "3")])):
        with pytest.raises(RetentionError, match=said) as error:
            refused()
        assert error.value.exit_code == 2
    assert file.read_bytes() == content


def test_earlier_rows_that_a_run_does_not_have_are_said(file):
    summary(file).add([row("05", "nps", "1"), row("05", "nps", "1", "gone"), row("04", "nps", "1")])
    (said,) = summary(file).add([row("05", "nps", "2")])
    assert "keeps 1 rows" in said
    assert "such as 05 nps gone" in said


def test_nothing_is_added_to_a_folder_or_in_one_that_is_not_there(file):
    file.mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        summary(file).add([])
    with pytest.raises(OutputError, match="cannot be written: No such file") as error:
        summary(file.parent / "none" / "summary.csv").add([])
    assert error.value.hint.startswith("make the folder first")
    assert not (file.parent / "none").exists()


def test_a_link_is_followed(file):
    link = file.with_name("link.csv")
    link.symlink_to(file)
    summary(link).add([row("05", "nps", "1")])
    assert (link.is_symlink(), len(there(file))) == (True, 2)


def test_a_file_that_is_held_too_long_says_by_whom(file, monkeypatch):
    monkeypatch.setattr(locking, "PATIENCE_SECONDS", 0.1)
    held = file.with_name(".summary.csv.lock")
    with held.open("w", encoding="utf-8") as other:
        other.write("process 7 on desk since then\n")
        other.flush()
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another run holds it: process 7 on desk since then"):
            summary(file).add([row("05", "nps", "1")])
    assert not file.exists()


def test_who_holds_a_file_is_written_beside_it(file):
    with locking.locked(file):
        said = file.with_name(".summary.csv.lock").read_text("utf-8")
        assert f"process {os.getpid()} on {socket.gethostname()} since " in said
    assert not list(file.parent.iterdir())


@pytest.mark.parametrize("runs", [4, pytest.param(8, marks=pytest.mark.slow)])
def test_runs_at_once_lose_no_row_and_have_none_twice(file, monkeypatch, runs):
    read = Summary._earlier

    def slowly(self):
        found = read(self)
        time.sleep(0.003)
        return found

    monkeypatch.setattr(adding.Summary, "_earlier", slowly)
    children = [_forked(file, number) for number in range(runs)]
    assert {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children} == {0}
    found = there(file)[1:]
    assert sorted(cells[:2] for cells in found) == sorted(
        [f"{run}", f"kpi{n}"] for run in range(runs) for n in range(5)
    )
    assert list(file.parent.iterdir()) == [file]


def _forked(file, number):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            for n in range(5):
                summary(file).add([row(f"{number}", f"kpi{n}", "1")])
            code = 0
        finally:
            os._exit(code)
    return child
