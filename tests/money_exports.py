"""Invoice exports written as text, and what the package makes of them."""

from __future__ import annotations

from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

HEAD = "Invoice,Date,Customer,Amount"
RULE = '[[export]]\nfile = "a.csv"\nkind = "invoices"\n'


class Read(NamedTuple):
    """The amounts of the rows that count, in their order, and what was assumed of the files."""

    amounts: list[Fraction]
    assumed: list[str]
    loaded: object


def read(*files, toml=""):
    """Read files of lines, named a.csv, b.csv, …, as invoices under some settings."""
    with TemporaryDirectory() as folder, _inside(Path(folder)):
        settings = Settings()
        if toml:
            Path("retention.toml").write_text(toml, "utf-8")
            settings = Settings.load(Path("retention.toml"))
        located = []
        for name, lines in zip("abcdef", files, strict=False):
            file = Path(f"{name}.csv")
            file.write_text("\n".join(lines) + "\n", "utf-8")
            located.append(Located(file, kind=None if toml else "invoices"))
        parts = [part for file in located for part in read_parts(file, settings)]
        with RejectsFile(None) as unused:
            found = load(parts, settings=settings, limit=RejectLimit.parse("100%"), rejects=unused)
    rows = found.dataset.rows("invoices")
    order = sorted(
        zip(
            rows["_file"].to_pylist(),
            rows["_row"].to_pylist(),
            rows["amount"].to_pylist(),
            strict=True,
        )
    )
    amounts = [Fraction(amount, 10_000) for _, _, amount in order]
    return Read(amounts, [said for one in found.exports for said in one.assumed], found)


def asked(*files, toml=""):
    """Give the question that stops a run: its message, hint and lines as one text."""
    with pytest.raises(DataRefusedError) as caught:
        read(*files, toml=toml)
    error = caught.value
    return "\n".join([error.message, error.hint or "", *error.snippet])


@contextmanager
def _inside(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


def lines(header, *rows):
    """Rows of invoices with one column more; each begins with its amount."""
    return [
        f"{HEAD},{header}",
        *(
            f"{number},2025-06-{number:02},C{number % 3},{row}"
            for number, row in enumerate(rows, 1)
        ),
    ]
