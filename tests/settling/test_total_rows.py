from __future__ import annotations

import pytest

from retention_cli import records
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

HEADER = "invoice_id,customer_id,invoice_date,amount"
FIRST = "1,A,2025-01-02,10.10"
SECOND = "2,B,2025-01-03,5.00"


def loaded(tmp_path, *lines, header=HEADER):
    path = tmp_path / "a.csv"
    path.write_text("\n".join((header, *lines)) + "\n", "utf-8")
    parts = list(read_parts(Located(path), Settings()))
    found = load(
        parts, settings=Settings(), limit=RejectLimit.parse("100%"), rejects=RejectsFile(None)
    )
    totals = [problem.row for problem in found.problems if problem.code == "totals-row"]
    (export,) = found.exports
    return totals, (export.accepted, export.rejected, export.skipped, export.rows)


@pytest.mark.parametrize(
    ("line", "totals"),
    [
        pytest.param(",Total,,,1500", [4], id="beside a blank id"),
        pytest.param("Summe,,,,1500", [4], id="in place of an id"),
        pytest.param("Total,,2025-01-02,,10", [], id="a company with a day"),
        pytest.param("Total,,,active,10", [], id="a company with a status"),
        pytest.param(",Acme,,,10", [], id="no word for it"),
    ],
)
def test_a_row_of_totals_below_customers_is_skipped(tmp_path, line, totals):
    header = "customer_id,customer_name,start_date,status,fee"
    rows = ("A,Ada,2025-01-02,active,10", "B,Bo,2025-01-03,active,1490")
    assert loaded(tmp_path, *rows, line, header=header)[0] == totals


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        pytest.param((FIRST, SECOND, "Total,,,15.11"), (2, 1, 0, 3), id="another sum"),
        pytest.param((FIRST, SECOND, ",,2025-01-04,15.11"), (3, 0, 0, 3), id="it has a day"),
        pytest.param((FIRST, "2,Total,2025-01-02,10.10"), (2, 0, 0, 2), id="a customer Total"),
        pytest.param((FIRST, "2,C,,10.10"), (1, 1, 0, 2), id="it has an id"),
        pytest.param(
            ("1,Acme,2025-01-02,10.10", ",Big Co,,10.10"), (1, 1, 0, 2), id="a name among names"
        ),
        pytest.param((FIRST, SECOND, "Razem,,,15.11"), (2, 1, 0, 3), id="words, another sum"),
        pytest.param(("Total,,,0", FIRST), (1, 1, 0, 2), id="nothing above"),
        pytest.param((FIRST, "2,B,2025-01-03,x", "Total,,,10.10"), (1, 2, 0, 3), id="unread above"),
    ],
)
def test_a_row_that_is_no_sure_total_stays(tmp_path, lines, counts):
    assert loaded(tmp_path, *lines) == ([], counts)


@pytest.mark.parametrize(
    ("lines", "totals"),
    [
        pytest.param((FIRST, SECOND, "Total,,,15.10"), [4], id="a total by its word"),
        pytest.param((FIRST, SECOND, ",,,15.10"), [4], id="a total by its blanks"),
        pytest.param((FIRST, SECOND, "TOTAL,,2025-01-31,15.10"), [4], id="a total with a day"),
        pytest.param((FIRST, SECOND, ",,Summe:,15.10"), [4], id="the word where days are"),
        pytest.param(
            (FIRST, "Razem A1,,,10.10", SECOND, "Yhteensä,,,15.1"),
            [3, 5],
            id="any words over codes",
        ),
        pytest.param(
            (FIRST, "Total for A,,,10.10", SECOND, "Total for B,,,5", "TOTAL,,,15.1"),
            [3, 5, 6],
            id="subtotals",
        ),
        pytest.param(
            (FIRST, ",A Total,,10.10", SECOND, ",B Total,,5", ",Grand Total,,15.1"),
            [3, 5, 6],
            id="subtotals as a spreadsheet names them",
        ),
        pytest.param(
            (FIRST, ",A Ergebnis,,10.10", SECOND, ",B Ergebnis,,5", ",Gesamtergebnis,,15.1"),
            [3, 5, 6],
            id="subtotals as a German spreadsheet names them",
        ),
    ],
)
def test_an_exact_sum_of_the_rows_above_is_skipped(tmp_path, lines, totals):
    found, (accepted, rejected, skipped, rows) = loaded(tmp_path, *lines)
    assert found == totals
    assert (rejected, skipped, accepted + skipped) == (0, len(totals), rows)


def test_a_cost_of_a_company_called_total_stays(tmp_path):
    header = "customer_id,category,amount"
    totals, counts = loaded(tmp_path, "A,x,10.10", ",Total Energies,10.10", header=header)
    assert (totals, counts) == ([], (2, 0, 0, 2))


def test_costs_without_days_need_the_word(tmp_path):
    header = "customer_id,category,amount"
    found, counts = loaded(tmp_path, "A,x,1", ",,1", "Total,,2", header=header)
    assert (found, counts) == ([4], (2, 0, 1, 3))


def test_the_columns_that_are_looked_at_are_columns_of_records():
    names = {name for kind in records.names() for name in records.model(kind).model_fields}
    assert {"invoice_id", "customer_id", "product", "category", "person", "amount"} <= names
