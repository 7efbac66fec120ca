"""Running the command line inside the test process, in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from retention_cli.cli import run


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "RETENTION_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def retention(folder, capsys):
    """Run `retention` with some arguments; the working folder is empty at first."""

    def call(*arguments):
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return call


CUSTOMERS = """customer_id,customer_name,start_date,end_date,segment
007,Ann,2024-05-01,,Small
008,Bob,2024-06-01,2025-06-10,Small
009,Cy,2024-06-01,,Large
010,Dee,2025-06-03,,Large
"""


@pytest.fixture
def customers(folder):
    file = folder / "customers.csv"
    file.write_text(CUSTOMERS, "utf-8")
    return file
