"""Every quick way gives what the slow one gives: rows, findings, plans, text as it stood.

The slow way reads row by row, holds all cells as text and shows every row to the model.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli import records
from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.frames.columns import as_text
from retention_cli.frames.frames import collect, from_arrow, grouped, nw, only_among
from retention_cli.loading import one_file as room
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.reading import coding
from retention_cli.reading.delimited import blocks, body
from retention_cli.settings import Settings
from retention_cli.settling.validating import validate_batch
from retention_cli.sources.locating import Located

pytestmark = pytest.mark.sweep

HEADER = "Invoice No,Customer,Date,Amount,Currency,Status,Note"
LINE = st.tuples(
    st.sampled_from(["A1", "A2", "A3", ""]),
    st.sampled_from(["ann", " ann", "ann\u00a0", "Bob", "", "e\u0301va", "\u00e9va", "n\0l"]),
    st.sampled_from(["2025-06-01", "01/06/2025", "2025-02-30", "31.12.2024", "", "later"]),
    st.sampled_from(["10", "1,234.50", "(5.00)", "-0.5", "\u20ac 7", "x", "", "1.23456"]),
    st.sampled_from(["EUR", "eur", "", "euro"]),
    st.sampled_from(["paid", "Void", "voided", "entwurf", "", " "]),
    st.sampled_from(["", "a;b", "say hi"]),
)
TORN = st.sampled_from([("one",), ("1", "2", "3", "4", "5", "6", "7", "8"), ("",)])
ROWS = st.lists(LINE | LINE | LINE | TORN, max_size=14)


def _slow(patch):
    patch.setattr(body, "_plain", lambda *_: None)
    patch.setattr(coding, "pays", lambda _: False)
    patch.setattr(room, "validate_batch", partial(validate_batch, fast=False))


def _coded(patch):
    patch.setattr(coding, "pays", lambda column: pa.types.is_string(column.type))


def _cut_small(patch):
    _coded(patch)
    patch.setattr(blocks, "BLOCK_BYTES", 60)


QUICK = {"as it is": lambda _: None, "all coded": _coded, "in small blocks": _cut_small}


def _told(path, way, told):
    """Everything that loading says of a file."""
    with pytest.MonkeyPatch.context() as patch:
        way(patch)
        try:
            parts = list(read_parts(Located(path, "invoices"), told))
            (part,) = parts
            plans, raw = (
                part.text.plans,
                [part.sheet.raw(n) for n in part.sheet.numbers.to_pylist()],
            )
            loaded = load(
                parts, settings=told, limit=RejectLimit.parse("100%"), rejects=RejectsFile(None)
            )
        except DataRefusedError as refused:
            return refused.message
    table = loaded.dataset.rows("invoices")
    rows = {name: as_text(table[name]).to_pylist() for name in sorted(table.column_names)}
    issues = [(i.code, i.column, i.count, i.message) for i in loaded.problems.notices]
    return plans, raw, rows, [*part.problems], issues, loaded.exports


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, drop=st.booleans(), quoted=st.booleans())
@example(rows=[("A1", "ann", "2025-06-01", "10", "EUR", "paid", "")] * 9, drop=True, quoted=False)
def test_quick_and_slow_ways_load_the_same(rows, drop, quoted):
    cell = '"{}"'.format if quoted else str
    lines = [
        ",".join(cell(text) if "," not in text else f'"{text}"' for text in row) for row in rows
    ]
    told = Settings(date_order="dmy", decimal=".", duplicates="drop" if drop else "keep")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "invoices.csv"
        path.write_text("\n".join([HEADER, *lines]), "utf-8", newline="")
        slow = _told(path, _slow, told)
        for name, way in QUICK.items():
            assert _told(path, way, told) == slow, name


def test_good_rows_are_shown_to_no_model_and_read_by_arrow(monkeypatch, tmp_path):
    """Whether the quick ways are taken at all; no time is looked at."""
    path = tmp_path / "invoices.csv"
    lines = [f"A{n},c{n % 7},2025-06-{n % 28 + 1:02},{n}.50,EUR,paid,x" for n in range(400)]
    path.write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    monkeypatch.setattr(body, "_tolerant", lambda *_: pytest.fail("read row by row"))
    monkeypatch.setattr(
        records.model("invoices"),
        "model_validate",
        lambda _: pytest.fail("a good row went to the model"),
    )
    (part,) = read_parts(Located(path, "invoices"), Settings())
    coded = {f.name for f in part.table.schema if pa.types.is_dictionary(f.type)}
    assert coded == {"customer_id", "currency", "status", "product"} - {"product"} | {"Note"}
    assert len(part.table) == 400


KEYS = st.sampled_from(["a", "b", "c", None])


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(KEYS, KEYS, st.integers(-9, 9) | st.none()), max_size=30),
    two=st.booleans(),
    coded=st.booleans(),
    backend=st.sampled_from(["pandas", "polars"]),
)
def test_sums_by_code_are_the_sums_by_text(rows, two, coded, backend):
    names = ("one", "two")[: 1 + two]
    columns = {
        "one": pa.array([row[0] for row in rows], pa.string()),
        "two": pa.array([row[1] for row in rows], pa.string()),
    }
    if coded:
        columns = {name: column.dictionary_encode() for name, column in columns.items()}
    table = pa.table(columns | {"n": pa.array([row[2] for row in rows], pa.int64())})
    found = collect(grouped(from_arrow(table, backend), *names, n=nw.col("n"))).to_pylist()
    expected = {}
    for row in rows:
        key = row[: len(names)]
        expected[key] = expected.get(key, 0) + (row[2] or 0)
    assert len(found) == len(expected)
    assert {tuple(row[name] for name in names): row["n"] for row in found} == expected


@settings(deadline=None)
@given(
    rows=st.lists(KEYS, max_size=12),
    wanted=st.sets(st.sampled_from("abx")),
    coded=st.booleans(),
    backend=st.sampled_from(["pandas", "polars"]),
)
def test_rows_of_some_ids_are_kept(rows, wanted, coded, backend):
    ids = pa.array(rows, pa.string())
    table = pa.table({"id": ids.dictionary_encode() if coded else ids})
    others = from_arrow(pa.table({"id": pa.array(sorted(wanted), pa.string())}), backend)
    kept = collect(only_among(from_arrow(table, backend), "id", others))["id"].to_pylist()
    assert kept == [one for one in rows if one in wanted]
