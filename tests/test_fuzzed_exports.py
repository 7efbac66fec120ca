"""Exports of every kind with flaws of every sort: no row disappears, and nothing is a defect."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.cli import run

pytestmark = pytest.mark.sweep

COLUMNS = {
    "customers": {
        "customer_id": ["007", "8", "8.0", "é", "NA"],
        "customer_name": ["Ann", "=cmd|x", "Ann\nLee", "[red]", ""],
        "start_date": ["2024-05-01", "2024-06-30", "31/12/2023"],
        "end_date": ["", "2025-06-10", "9999-12-31"],
        "status": ["active", "churned", "Kündigung"],
        "segment": ["Small", "Large", ""],
    },
    "invoices": {
        "invoice_id": ["1", "2", "3", ""],
        "customer_id": ["007", "8", "nobody", ""],
        "invoice_date": ["2025-06-01", "2025-05-31", "2025-06-15"],
        "amount": ["10.00", "-3.50", "1234.5", "12,50", "$5.00"],
        "cost": ["", "1.00", "x"],
    },
    "surveys": {
        "response_id": ["a", "b", "c", ""],
        "nps": ["9", "10", "0", "11", "7.5", "offered", ""],
        "responded_at": ["2025-06-01", "2025-06-02", ""],
        "comment": ["fine", "a; b", 'said "no"', "a\nb"],
    },
    "tickets": {
        "ticket_id": ["1", "2", "3"],
        "created_at": ["2025-06-01 10:00", "2025-06-02T11:00:00Z", "2025-06-02"],
        "first_response_at": ["2025-06-01 12:00", "", "2025-06-01 09:00"],
        "contacts": ["1", "2", "x"],
    },
    "costs": {
        "cost_date": ["2025-06-01", "2025-06-30"],
        "amount": ["5.00", "0", "1e3"],
        "customer_id": ["007", ""],
        "category": ["support", "travel"],
    },
}
BAD = [
    *(
        "31.02.2025",
        "2025-13-01",
        "may",
        "45292",
        "01/02/69",
        "1.234",
        "1.234,50",
        "12,50",
        "(5.00)",
    ),
    *("NaN", "inf", "1_000", "95%", "a\0b", " ", "\u00a0", "\u200b", "#N/A", "\x1b[31m", "\u202e"),
    *('"', "'", "\\", "a,b", "a;b", "a\nb", "ü", "\ufeff", "-", "x" * 300),
]
TORN = [
    ",",
    "a",
    "a,b,c,d,e,f,g,h,9",
    "# a comment",
    '"a"b,c',
    '"a\\"b",c',
    "\u2028",
    ";;;",
    "Total",
]
HEADERS = ["", " ", "Customer ID", "amount", "note", "note", "Ünnamed", "a" * 99, "\ufeffx"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]


@st.composite
def exports(draw):
    """The bytes of one export, the option that names its kind, and its rows as they were made.

    A row is a list of cells that a CSV writer wrote, or a line that was put between them as it is.
    """
    kind = draw(st.sampled_from(records.names()))
    columns = COLUMNS[kind]
    header = list(columns)
    if draw(st.integers(0, 9)) == 0:
        header.insert(draw(st.integers(0, len(header))), draw(st.sampled_from(HEADERS)))
    good = st.tuples(*(st.sampled_from(columns.get(name, ["", "x"])) for name in header)).map(list)
    rows = draw(st.lists(good, max_size=30))
    for _ in range(draw(st.integers(0, 3)) if rows else 0):
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(BAD))
    rows += draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    for _ in range(draw(st.integers(0, 3))):
        line = draw(st.sampled_from([*TORN, "", ",,,", "  "]))
        rows.insert(draw(st.integers(0, len(rows))), line)
    mark, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    text = written([header, *rows], mark, end, quoting)
    encoding = draw(st.sampled_from(ENCODINGS))
    data = text.encode(encoding, "replace")
    if draw(st.integers(0, 9)) == 0:
        data = data[: draw(st.integers(0, len(data)))]
    told = draw(st.sampled_from([(), ("--decimal", "."), ("--date-order", "dmy")]))
    return kind, data, encoding, mark, told


def written(rows, mark, end, quoting):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting)
    for row in rows:
        if isinstance(row, str):
            out.write(row + end)
        else:
            writer.writerow(row)
    return out.getvalue()


@pytest.fixture(scope="module")
def place():
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


def computed(place, kind, data, *options):
    """Run `retention compute` over one export: its exit code, its JSON or None, its rejects."""
    file, rejects = place / "export.csv", place / "rejects.csv"
    file.write_bytes(data)
    rejects.unlink(missing_ok=True)
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    asked = (f"--{kind}", str(file), "--rejects", str(rejects), "--max-rejects", "100%")
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["compute", *asked, "--period", "2025-06", "--format", "json", *options])
    text = out.buffer.getvalue().decode("utf-8")
    kept = list(csv.DictReader(io.StringIO(rejects.read_text("utf-8")))) if rejects.exists() else []
    return code, err.getvalue(), json.loads(text) if text else None, kept


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(export=exports())
def test_every_row_of_a_flawed_export_is_somewhere(place, export):
    kind, data, encoding, mark, told = export
    note(repr(data))
    code, err, card, kept = computed(
        place, kind, data, "--encoding", encoding, "--delimiter", mark, *told
    )
    assert code in {0, 2, 3}, err
    assert "Traceback" not in err
    assert "defect" not in err
    if code:
        assert card is None
        assert "error: " in err
        return
    (file,) = card["data"]["files"]
    assert file["accepted"] + file["rejected"] + file["skipped"] == file["rows"]
    rows = counted(data.decode(encoding), mark)
    assert file["rows"] == len(rows) - 1
    for row in kept:
        assert json.loads(row["raw"]) == rows[int(row["row"]) - 1]


def counted(text, mark):
    """The rows of a text as any CSV reader counts them; one with wrong quotes is its own line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows, lines = [], text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    while lines:
        row, used = first_row(lines, mark)
        rows.append(row)
        lines = lines[used:]
    return rows


def first_row(lines, mark):
    """The first row of some lines: its cells, or its line where its quotes are wrong."""
    taken = []

    def feed():
        for line in lines:
            taken.append(line)
            yield line + "\n"

    try:
        cells = next(csv.reader(feed(), delimiter=mark, strict=True))
    except csv.Error:
        return [lines[0]], 1
    return cells, len(taken)
