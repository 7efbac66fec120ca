"""Help and completion are quick because they load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"pandas", "pyarrow", "narwhals", "pydantic", "rich", "numpy", "openpyxl", "polars"}
PROBE = """
import sys
from retention_cli.cli import run
code = run(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True
    )
    code, *loaded = done.stderr.split()
    assert code == "0"
    return set(loaded)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_no_heavy_module(arguments):
    assert loaded_by(*arguments) & HEAVY == set()


@pytest.mark.parametrize("command", ["compute", "check", "accounts", "kpis"])
def test_help_of_a_command_loads_none_but_what_typer_reads_options_with(command):
    assert loaded_by(command, "--help") & HEAVY <= {"pydantic"}
