"""An export of every system, from the file to its rows and sums: each worked out by hand."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preset_rows import REVENUE, WANTED
from preset_samples import EXPORTS, header_place, lines_of
from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.problems import Outcome
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.mapping.presets import names, preset
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

ANY = RejectLimit.parse("100%")
SHOWN = {
    "invoices": ("invoice_id", "customer_id", "invoice_date", "amount", "currency", "status"),
    "customers": ("customer_id", "customer_name", "start_date", "end_date"),
    "tickets": (
        *("ticket_id", "customer_id", "created_at", "first_response_seconds"),
        *("resolution_seconds", "contacts", "agent"),
    ),
    "surveys": ("response_id", "customer_id", "responded_at", "kind", "score", "scale_max"),
    "costs": ("customer_id", "cost_date", "amount", "currency", "person"),
}


RATES = {"Rae Agent": "40.00", "Sam Sales": "50.00"}


def loaded(*files):
    told = Settings(people=RATES)
    parts = [part for file in files for part in read_parts(file, told)]
    with RejectsFile(None) as rejects:
        return load(parts, settings=told, limit=ANY, rejects=rejects)


def located(name):
    """Find the sample of a preset; what is not an export by itself is said to be one."""
    named = (name,) if preset(name).only_by_hand else ()
    return Located(EXPORTS / f"{name}.csv", presets=named)


def rows_of(dataset, kind):
    """Write the rows of a table: `-` is a blank cell, `--` a column that is not there."""
    lines = []
    for row in dataset.tables[kind].to_pylist():
        if row.get("amount") is not None:
            row["amount"] = round(Fraction(row["amount"], dataset.money_parts))
        cells = [shown(row[name], name) if name in row else "--" for name in SHOWN[kind]]
        lines.append(" | ".join(cells))
    return lines


def shown(value, column):
    if value is None:
        return "-"
    if column == "amount":
        amount = Decimal(value).scaleb(-4)
        return f"{amount:.2f}" if amount == round(amount, 2) else str(amount)
    return str(value)


def test_every_preset_has_an_export_that_tests_it():
    assert {file.stem for file in EXPORTS.iterdir()} == set(names()) == set(WANTED)


@pytest.mark.parametrize("name", list(WANTED))
def test_the_rows_of_an_export_are_what_they_mean(name):
    result = loaded(located(name))
    assert {export.preset for export in result.exports} == {name}
    assert {export.kind for export in result.exports} == set(WANTED[name])
    for export in result.exports:
        wanted = WANTED[name][export.kind]
        ours = [problem for problem in result.problems if problem.kind == export.kind]
        assert [p.message for p in ours if p.outcome is not Outcome.SKIPPED] == []
        assert Counter(problem.code for problem in ours) == wanted.skipped
        found = rows_of(result.dataset, export.kind)
        assert sorted(found) == sorted(wanted.rows)
        assert export.accepted + export.skipped == export.rows


@pytest.mark.parametrize("name", REVENUE)
def test_what_was_billed_adds_up(name):
    table = loaded(located(name)).dataset.tables["invoices"].to_pylist()
    sums = {}
    for row in table:
        if row.get("status") not in {"draft", "void"}:
            currency = row.get("currency")
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(row["amount"]).scaleb(-4)
    assert {currency: f"{total:.2f}" for currency, total in sums.items()} == REVENUE[name]


# whatever is in the cells


SPOILT = [
    "",
    "x",
    "-5",
    "(1.00)",
    "0",
    "31/02/2026",
    "2026-06-30 23:30:00",
    "Bill",
    "Draft",
    "é\u200b",
]


@pytest.mark.sweep
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_row_is_lost_whatever_stands_in_it(tmp_path, data):
    name = data.draw(st.sampled_from(names()))
    lines = lines_of(name)
    start = header_place(name, lines) + preset(name).layout.header_rows
    above, rows = lines[:start], [row for row in lines[start:] if row]
    drawn = [list(row) for row in data.draw(st.lists(st.sampled_from(rows), max_size=8))]
    for row in drawn:
        for place in data.draw(st.lists(st.integers(0, len(row) - 1), max_size=3)):
            row[place] = data.draw(st.sampled_from(SPOILT))
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows([*above, *drawn])
    try:
        result = loaded(replace(located(name), path=file))
    except DataRefusedError as refused:
        assert "a.csv" in refused.message
        return
    for export in result.exports:
        ours = [problem for problem in result.problems if problem.kind == export.kind]
        assert export.rows == len(drawn)
        assert export.accepted == len(drawn) - export.blank - len(ours)
        assert export.accepted == len(result.dataset.tables[export.kind])
        for problem in ours:
            assert list(problem.raw) == drawn[problem.row - start - 1]
