"""What a command loads before it starts."""

from __future__ import annotations

import signal
import subprocess
import sys

import pyarrow as pa
import pytest

from retention_cli.runs.quick_start import leave_pandas_out

CUSTOMERS = "customer_id,start_date,end_date\nann,2024-01-01,\nbob,2024-01-01,2025-06-12\n"

LOADED = """
import sys
from retention_cli.cli import run
code = run(["compute", "customers.csv", "--period", "2025-06", "--format", "csv"])
loaded = {"pandas", "polars"} & set(sys.modules)
import retention_cli
frame = retention_cli.compute("customers.csv", period="2025-06").to_pandas()
print(code, sorted(loaded), type(frame).__module__.split(".")[0], file=sys.stderr)
"""


def test_a_command_does_not_load_pandas_and_a_notebook_still_gets_its_frames(tmp_path):
    (tmp_path / "customers.csv").write_text(CUSTOMERS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "0 [] pandas"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_pyarrow_looks_for_pandas_is_heard_after_it(monkeypatch, number):
    at_the_time = []

    def interrupted(values):
        signal.raise_signal(number)
        at_the_time.append(values)

    def heard(*_):
        raise SystemExit(128 + number)

    monkeypatch.setattr(pa, "array", interrupted)
    earlier = signal.signal(number, heard)
    try:
        with pytest.raises(SystemExit):
            leave_pandas_out()
        assert at_the_time == [[None]]
        assert signal.getsignal(number) is heard
    finally:
        signal.signal(number, earlier)
