"""What a command loads before it starts."""

from __future__ import annotations

import subprocess
import sys

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
