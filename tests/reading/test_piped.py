"""Standard input and pipes: read once, and never beyond the limit."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.reading import piped, read
from retention_cli.reading.piped import STANDARD_INPUT, read_up_to_limit, standard_input


class Endless(io.RawIOBase):
    """A pipe that never ends, and counts what was taken from it."""

    taken = 0

    def read(self, size=-1):
        assert size > 0, "all of a pipe that never ends"
        self.taken += size
        return b"x" * size


class Terminal(io.StringIO):
    def isatty(self):
        return True


def given_as_input(monkeypatch, data):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_is_read_like_a_file(monkeypatch):
    given_as_input(monkeypatch, b"a,b\n1,2\n3,4\n")
    (sheet,) = read(STANDARD_INPUT, name="standard input")
    assert (sheet.file, sheet.headers, sheet.rows) == ("standard input", ("a", "b"), 2)


def test_what_cannot_be_used_is_named_standard_input(monkeypatch):
    given_as_input(monkeypatch, b"%PDF-1.7")
    with pytest.raises(DataRefusedError, match=r"^standard input: this is a PDF"):
        read(STANDARD_INPUT, name="standard input")


def test_a_terminal_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal())
    with pytest.raises(RetentionError, match="nothing was piped in") as refused:
        standard_input()
    assert (refused.value.exit_code, "< invoices.csv" in refused.value.hint) == (2, True)


@pytest.mark.parametrize("closed", [None, io.StringIO()], ids=["none at all", "closed since"])
def test_a_closed_standard_input_is_said(monkeypatch, closed):
    if closed:
        closed.close()
    monkeypatch.setattr("sys.stdin", closed)
    with pytest.raises(RetentionError, match="standard input is closed"):
        standard_input()


def test_what_never_ends_is_refused_at_the_limit(monkeypatch):
    monkeypatch.setattr(piped, "MOST_BYTES", 3_000_000)
    endless = Endless()
    with pytest.raises(DataRefusedError, match=r"^pipe: holds more than 3,000,000 bytes"):
        read_up_to_limit(endless, name="pipe")
    assert endless.taken == 3_000_001


@given(data=st.binary(max_size=40), most=st.integers(0, 40))
def test_all_of_it_is_read_or_none(data, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piped, "MOST_BYTES", most)
        patch.setattr(piped, "_AT_ONCE", 7)
        if len(data) <= most:
            assert read_up_to_limit(io.BytesIO(data), name="pipe") == data
        else:
            with pytest.raises(DataRefusedError):
                read_up_to_limit(io.BytesIO(data), name="pipe")


def test_a_pipe_with_a_name_has_the_same_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(piped, "MOST_BYTES", 7)
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=Path(path).write_bytes, args=(b"a,b\n1,2\n",))
    writer.start()
    with pytest.raises(DataRefusedError, match="pipe: holds more than 7 bytes"):
        read(path, name="pipe")
    writer.join()
