"""Files that are built to harm: each ends with a code and words, in bounded time and memory."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from binary_workbooks import xlsb
from bombs import BOMBS, TABLE

MOST_SECONDS, MOST_MEMORY, MOST_BYTES = 30, 2 << 30, 10_000_000


@pytest.mark.sweep
@pytest.mark.parametrize("name", BOMBS)
def test_it_ends_in_bounded_time_and_memory(folder, name):
    data = BOMBS[name]()
    assert len(data) <= MOST_BYTES
    (folder / name).write_bytes(data)
    with (folder / "said").open("w+b") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "retention_cli", "compute", name, "-q", "--period", "2025-06"],
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode()
    assert running.returncode in {0, 2, 3}, words
    assert used.ru_utime + used.ru_stime < MOST_SECONDS
    assert used.ru_maxrss << 10 < MOST_MEMORY
    assert len(words) < 2_000
    assert running.returncode == 0 or words.startswith("error: ")
    assert not any(word in words for word in ("panicked", "terminate", "Traceback", "defect"))


def test_a_workbook_of_more_sheets_than_any_export_has(retention, folder):
    (folder / "many.xlsb").write_bytes(xlsb({f"S{n}": TABLE for n in range(501)}))
    ran = retention("compute", "many.xlsb")
    assert ran.code == 3
    assert ran.err.startswith("error: many.xlsb: has 501 sheets, more than 500")
    assert retention("check", "many.xlsb", "--sheet", "S7").code == 0
