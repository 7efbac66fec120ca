from __future__ import annotations

import errno
import os

import numpy as np
import pyarrow as pa
import pytest

from retention_cli import memory
from retention_cli.memory import at_most, free_memory, is_short_of_memory, limit, too_little_memory

MORE = 1 << 60
"""More bytes than any machine has."""


def of_python():
    return bytearray(MORE)


def of_numpy():
    return np.empty(MORE, np.int8)


def of_arrow():
    return pa.allocate_buffer(MORE)


def of_the_system():
    raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))


@pytest.fixture(params=[of_python, of_numpy, of_arrow, of_the_system])
def failed(request):
    with pytest.raises((MemoryError, OSError)) as caught:
        request.param()
    return caught.value


def test_an_allocation_that_fails_is_known_whoever_made_it(failed):
    assert is_short_of_memory(failed)


def test_a_run_without_memory_is_not_a_defect(retention, folder, monkeypatch, failed):
    def fail(*_, **__):
        raise failed

    (folder / "customers.csv").write_text("customer_id,start_date\n1,2024-01-01\n", "utf-8")
    monkeypatch.setattr("retention_cli.runs.score.score", fail)
    ran = retention("compute", "customers.csv")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: there is not enough memory")
    assert "iB and needed more" in ran.err
    assert "iB are free" in ran.err


@pytest.fixture
def limited(monkeypatch):
    """Limit the memory as far as this module is told."""

    def to(allowed, peak):
        monkeypatch.setattr(memory, "limit", lambda: allowed)
        monkeypatch.setattr(memory, "_kibibytes", lambda *_: peak)

    return to


@pytest.mark.parametrize(("peak", "expected"), [(900 << 20, True), (100 << 20, False)])
def test_an_odd_error_close_to_the_limit_is_one_of_memory(limited, peak, expected):
    limited(1000 << 20, peak)
    assert is_short_of_memory(RuntimeError("can't start new thread")) == expected


def test_without_a_limit_an_odd_error_is_a_defect(limited):
    limited(None, 1 << 40)
    assert not is_short_of_memory(RuntimeError("can't start new thread"))


def test_the_error_says_what_was_needed_and_what_there_was(limited):
    limited(1000 << 20, 900 << 20)
    error = too_little_memory(why="malloc of size 9 failed")
    assert error.message == (
        "there is not enough memory: malloc of size 9 failed; the run had taken 900 MiB and needed"
        " more, and may take 1000 MiB (ulimit -v)"
    )
    assert (error.exit_code, "ulimit -v unlimited" in error.hint) == (3, True)


def test_what_is_free_is_no_more_than_the_limit_leaves(limited):
    limited(1000 << 20, 900 << 20)
    assert free_memory() <= 100 << 20


def test_the_limit_of_this_process_is_asked_for():
    assert limit() is None or limit() > 0


def test_free_memory_is_the_less_of_the_machine_and_its_group(tmp_path, monkeypatch):
    machine = tmp_path / "meminfo"
    machine.write_text("MemTotal: 9000 kB\nMemAvailable:    2000 kB\n", "ascii")
    monkeypatch.setattr(memory, "_MACHINE", machine)
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    monkeypatch.setattr(memory, "limit", lambda: None)
    assert free_memory() == 2000 << 10
    (tmp_path / "memory.max").write_text("1000000\n", "ascii")
    (tmp_path / "memory.current").write_text("400000\n", "ascii")
    assert free_memory() == 600_000
    (tmp_path / "memory.max").write_text("max\n", "ascii")
    assert free_memory() == 2000 << 10
    machine.unlink()
    assert free_memory() is None


def test_what_is_asked_for_beyond_a_limit_fails_and_afterwards_it_does_not():
    before = limit()
    with at_most(64 << 20), pytest.raises(MemoryError):
        np.empty(256 << 20, np.int8)
    assert limit() == before
    assert len(np.empty(256 << 20, np.int8)) == 256 << 20


def test_where_nobody_tells_what_is_taken_nothing_is_limited(monkeypatch):
    monkeypatch.setattr(memory, "_OWN", memory._OWN.with_name("nothing"))
    with at_most(1):
        assert len(np.empty(1 << 20, np.int8)) == 1 << 20
