"""Files too large to be read say so before they are; none is kept in memory to find out."""

from __future__ import annotations

import tracemalloc

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading import limits, read
from retention_cli.reading.limits import refuse_what_does_not_fit

MEBIBYTE = 1 << 20


@pytest.fixture
def large(tmp_path):
    def write(*pieces):
        path = tmp_path / "a.csv"
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        return path

    return write


def test_a_field_without_end_is_refused_at_its_line_and_never_held(large):
    path = large(b"a,b\n1,2\n3,", *[b"x" * MEBIBYTE] * 40)
    tracemalloc.start()
    try:
        with pytest.raises(DataRefusedError) as refused:
            read(path, name="a.csv")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.message == "a.csv line 3: a field is longer than a mebibyte"
    assert most < 5 * MEBIBYTE


def test_a_file_that_needs_more_memory_than_there_is_says_how_much(large, monkeypatch):
    monkeypatch.setattr(limits, "free_memory", lambda: 1 << 30)
    path = large(b"a,b\n", *[b"12345,67\n" * 100_000] * 100)
    with pytest.raises(DataRefusedError) as refused:
        read(path, name="a.csv")
    assert refused.value.message == (
        "a.csv: has 10,000,001 lines and would take about 1.3 GiB of memory; 1.0 GiB are free"
    )
    assert "years" in refused.value.hint


def test_where_free_memory_is_unknown_nothing_is_refused_for_it(large, monkeypatch):
    monkeypatch.setattr(limits, "free_memory", lambda: None)
    refuse_what_does_not_fit(large(b"a,b\n", *[b"1,2\n" * MEBIBYTE] * 5), name="a.csv")


def test_lines_may_end_in_carriage_returns_alone(large, monkeypatch):
    monkeypatch.setattr(limits, "free_memory", lambda: 1)
    with pytest.raises(DataRefusedError, match=r"5,242,881 lines"):
        refuse_what_does_not_fit(large(b"a,b\r", *[b"1,2\r" * MEBIBYTE] * 5), name="a.csv")


def test_a_small_file_is_not_looked_at_beforehand(large, monkeypatch):
    monkeypatch.setattr(limits, "free_memory", lambda: 0)
    (sheet,) = read(large(b"a,b\n1,2\n"), name="a.csv")
    assert sheet.rows == 1
