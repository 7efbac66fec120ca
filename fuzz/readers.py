"""Bytes that nobody wrote on purpose, through everything that reads: a fuzzer guided by coverage.

    .venv/bin/python -m pip install atheris
    .venv/bin/python fuzz/readers.py -max_total_time=600 -max_len=4096

It stops at the first bytes after which something other than a refusal comes out, or a row is gone,
and leaves them in a file `crash-…`. What it finds becomes a test.
"""

from __future__ import annotations

import gzip
import io
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from binary_workbooks import container, xls_stream, xlsb
from text_workbooks import ods, xml_book
from workbook_values import Error

if TYPE_CHECKING:
    from retention_cli.reading.text import TextSheet

with atheris.instrument_imports(include=["retention_cli"]):
    from retention_cli import benchmarks, reading, records
    from retention_cli.errors import RetentionError
    from retention_cli.mapping.canonical import canonical
    from retention_cli.mapping.plan import lay_out, recognise
    from retention_cli.pipeline import kpi_facts
    from retention_cli.settings import Settings
    from retention_cli.validating import validate_batch

FACTS = kpi_facts()
KINDS = records.names()
SCRATCH = Path(tempfile.mkdtemp()) / "some.toml"
TOLD = (
    Settings(),
    Settings(date_order="mdy", decimal=","),
    Settings(time_zone="Europe/Berlin", currency="EUR"),
)

WORKBOOK = {"Data": [["nps", "responded_at"], [9, date(2025, 6, 1)], [Error("#N/A"), "x"]]}


def zipped(data: bytes, how: int) -> bytes:
    """Give an archive of one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr("a.csv", data)
    return file.getvalue()


SEEDS = [
    seed.encode()
    for seed in (
        (
            "customer_id,customer_name,start_date,end_date,status\n007,Ann,2024-05-01,,active\n"
            "8,B,31/12/2024,2025-06-01,churned\n"
        ),
        (
            'invoice_id;invoice_date;amount;currency;customer_id;cost\n1;"1.6.2025";1.234,50;EUR;7;\n'
            "2;2025-06-02;(5,00);;8;1\n"
        ),
        'nps\tresponded_at\tcomment\n9\t2025-06-01\t"a\nb"\n11\t2025-06-31\toffered\n',
        (
            "ticket_id|created_at|first_response_at|resolved_at|contacts|reopened\n"
            "1|2025-06-01T10:00:00Z|2025-06-01 11:00|2025-06-02 12:00 PM|1|no\n"
        ),
        "ticket_id,created_at,first_response_minutes\n1,2025-10-26 02:30,1:30\n",
        "cost_date,hours,person,category,amount\n2025-06-01,1:30,Ann,support,12.50\n",
        (
            'time_zone = "Europe/Berlin"\n[[export]]\nfile = "a.csv"\nkind = "invoices"\n'
            '[export.columns]\namount = { multiply = ["A", "B"] }\n'
            '[business_hours]\nmonday = "9:00-17:00"\n'
        ),
        (
            '[[benchmark]]\nkpi = "retention_rate"\ntarget = "92%"\nwarn = 0.88\n'
            'segment = { a = "b" }\n'
        ),
    )
]
SEEDS += [
    "sep=;\nKundennummer;Beginn\nMüller;01.02.2024\n".encode("cp1252"),
    "\ufeffcustomer_id,start_date\n1,2024-01-01\n".encode("utf-16"),
    gzip.compress(SEEDS[0]),
    zipped(SEEDS[0], zipfile.ZIP_STORED),
    zipped(SEEDS[0], zipfile.ZIP_DEFLATED),
    zipped(SEEDS[0], zipfile.ZIP_LZMA),
    *(form(WORKBOOK) for form in (xlsb, ods, xml_book)),
    container(xls_stream(WORKBOOK), small=True),
    b"<table><tr><th>NPS<th colspan=2>Date<tr><td rowspan=2>9<td>&nbsp;2025-06-01<tr><td>x</table>",
]


def read_one(data: bytes) -> None:
    """Read bytes as an export of the kind that the last one chooses, and as what it looks like."""
    told = TOLD[data[-1] // len(KINDS) % len(TOLD)]
    try:
        sheets = reading.read_bytes(data[:-1], name="a.xls" if data[-1] % 2 else "a.csv")
    except RetentionError:
        return
    for sheet in sheets:
        whole = sum(len(batch.rows) for batch in sheet.batches)
        gone = sheet.rows - whole - len(sheet.torn) - sheet.blank
        assert gone == 0, f"{gone} rows are gone between reading and counting"
        for kind in (KINDS[data[-1] % len(KINDS)], None):
            check(sheet, kind, told)


def check(sheet: TextSheet, kind: str | None, told: Settings) -> None:
    """Check all rows of a sheet, which must be as many afterwards."""
    try:
        known = kind or recognise(sheet.headers, file=sheet.file)
        layout = lay_out(sheet.headers, kind=known, file=sheet.file)
        text = canonical(sheet, layout, settings=told)
    except RetentionError:
        return
    checked = [validate_batch(layout.model, batch) for batch in text.batches]
    whole = sum(len(batch.rows) for batch in sheet.batches)
    judged = sum(one.table.num_rows + len(one.refusals) for one in checked)
    assert judged == whole, f"{whole} rows went in and {judged} came out"


def load_one(data: bytes) -> None:
    """Read bytes as settings and as benchmarks."""
    SCRATCH.write_bytes(data)
    for load in (Settings.load, lambda path: benchmarks.load(path, FACTS)):
        try:
            load(SCRATCH)
        except RetentionError:
            continue


def one_input(data: bytes) -> None:
    """Read what the fuzzer made: its first byte says as what."""
    if len(data) > 2:
        (load_one if data[0] % 4 == 0 else read_one)(data[1:])


def main() -> None:
    """Start from seeds that hold a little of everything."""
    corpus = Path(tempfile.mkdtemp())
    for place, seed in enumerate(SEEDS):
        for first in (b"\x00", b"\x01"):
            (corpus / f"{place}-{first[0]}").write_bytes(first + seed + bytes([place]))
    atheris.Setup([*sys.argv, str(corpus)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
