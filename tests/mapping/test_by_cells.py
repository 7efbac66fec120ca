"""A header is not a column of times where its cells are something else."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.by_cells import Shape, shape_of
from retention_cli.mapping.plan import lay_out
from retention_cli.reading import read_bytes
from retention_cli.settings import ExportRule

SHAPES = [
    *(
        (Shape.MOMENTS, cell)
        for cell in ("2025-06-03", "3.6.25 10:00", "Jun 3, 2025", "3 juin 2025")
    ),
    *((Shape.MOMENTS, cell) for cell in ("20250603", "1748934000", "1748934000000", "45811")),
    *(
        (Shape.MOMENTS, cell)
        for cell in ("Tue Jun 03 2025 09:00:00", "20250603T101500Z", "06/03/2025")
    ),
    *(
        (Shape.SPANS, cell)
        for cell in ("1h 30m", "0:45", "01:30:00", "PT5M", "0 days 01:30:00", "5 min")
    ),
    *((Shape.SPANS, cell) for cell in ("1.02:30:00", "2 Tage 3 Std.", "18:25 min")),
    *((Shape.NUMBERS, cell) for cell in ("45", "0.5", "1,25", "100000", "2019")),
    *((Shape.FLAGS, cell) for cell in ("Y", "no", "JA", "Non", "true", "x")),
    *((None, cell) for cell in ("pending", "a note", "Ann", "10 Downing Street")),
]


@pytest.mark.parametrize(("shape", "cell"), SHAPES)
def test_one_cell_beside_blanks_has_a_shape(shape, cell):
    assert shape_of(pa.array([cell, None, "N/A", "?"])) is shape


@pytest.mark.parametrize(
    ("cells", "shape"),
    [
        (["1", "0"], Shape.FLAGS),
        (["0", "0"], None),
        ([], None),
        ([None, "-"], None),
        (["Y", "2025-06-03"], None),
        (["45", "1h 30m"], Shape.SPANS),
        (["45811", "90"], Shape.NUMBERS),
        (["2025-06-03", "1h 30m"], None),
        (["2025-06-03", "0"], Shape.MOMENTS),
    ],
)
def test_a_column_has_a_shape_where_all_its_cells_have(cells, shape):
    column = pa.array(cells, pa.string())
    assert shape_of(column) is shape
    assert shape_of(column.dictionary_encode()) is shape


def laid_out(text, *, kind="tickets", **columns):
    (sheet,) = read_bytes(text.encode(), name="a.csv")
    rule = ExportRule(file="a.csv", kind=kind, columns=columns) if columns else None
    layout = lay_out(sheet.headers, kind=kind, file="a.csv", rule=rule, cells=sheet.held)
    return {column: sheet.headers[at] for column, at in layout.sources.items()}, layout.proven


HEAD = "Ticket ID,Created At,"


@pytest.mark.parametrize(
    ("header", "cell", "column"),
    [
        ("First response time", "2025-06-03 10:00", "first_response_at"),
        ("First response time", "01:30:00", "first_response_duration"),
        ("First reply", "45 min", "first_response_duration"),
        ("First reply", "2025-06-03", "first_response_at"),
        ("Resolution time", "3 Jun 2025 10:00", "resolved_at"),
        ("Resolved", "PT5H", "resolution_duration"),
        ("Resolved", "3", "resolution_duration"),
        ("Resolved", "03/06/2025", "resolved_at"),
        ("Was reopened", "2025-06-03 10:00", "reopened_at"),
        ("Reopened", "Y", "reopened"),
        ("Reopens", "2", "reopened"),
        ("Reopened on", "no", "reopened"),
    ],
)
def test_times_and_durations_change_places_by_their_cells(header, cell, column):
    found, said = laid_out(f"{HEAD}{header}\n1,2025-06-03,{cell}\n2,2025-06-03,\n")
    assert found[column] == header
    assert all(f"'{header}' is read as {column}" in one for one in said)


@pytest.mark.parametrize("cells", ["YN", "01", ("ja", "Nein"), ("TRUE", "FALSE"), ("oui", "")])
def test_yes_and_no_are_no_time(cells):
    rows = "".join(f"{n},2025-06-03,{cell},5\n" for n, cell in enumerate(cells))
    found, said = laid_out(f"{HEAD}Resolved,Contacts\n{rows}")
    assert "resolved_at" not in found
    assert said == ("'Resolved' is not read as resolved_at: its cells are yes and no",)


def test_a_flag_leaves_its_column_to_the_header_that_has_times():
    found, _ = laid_out(f"{HEAD}Resolved,Closed\n1,2025-06-03,Y,2025-06-04\n")
    assert found["resolved_at"] == "Closed"


def test_two_that_become_the_same_column_are_asked_about():
    with pytest.raises(AmbiguousColumnError, match="'First reply' and 'First response time'"):
        laid_out(f"{HEAD}First reply,First response time\n1,2025-06-03,2025-06-04,2025-06-05\n")


def test_what_the_settings_say_stands():
    text = f"{HEAD}First response time\n1,2025-06-03,2025-06-03 10:00\n"
    found, said = laid_out(text, first_response_duration="First response time")
    assert (found["first_response_duration"], said) == ("First response time", ())


def test_a_column_without_a_twin_stays_what_its_name_says():
    found, said = laid_out("customer_id,start_date\nann,2019\n", kind="customers")
    assert (found["start_date"], said) == ("start_date", ())


@pytest.mark.parametrize("header", ["Not active", "Noch Kunde", "Cliente perdido"])
def test_yes_and_no_of_who_is_a_customer_are_a_status(header):
    found, _ = laid_out(f"Customer ID,{header}\nA,yes\nB,no\n", kind="customers")
    assert found["status"] == header


@pytest.mark.parametrize("cells", ["00", "11", "01", ("0", "")])
def test_a_flag_is_one_whatever_its_rows_say(cells):
    found, _ = laid_out("Customer ID,Retained\nA,{}\nB,{}\n".format(*cells), kind="customers")
    assert found["status"] == "Retained"


def test_a_flag_is_no_status_beside_one_and_by_other_cells():
    for text in (
        "Customer ID,Status,Inactive\nA,active,no\n",
        "Customer ID,Inactive\nA,3 days\nB,no\n",
        "Customer ID,Newsletter\nA,yes\nB,no\n",
    ):
        found, _ = laid_out(text, kind="customers")
        assert found.get("status") == ("Status" if "Status" in text else None)


def test_two_flags_are_asked_about():
    with pytest.raises(AmbiguousColumnError, match="'Inactive' and 'Lost' could each be it"):
        laid_out("Customer ID,Inactive,Lost\nA,yes,no\nB,no,no\n", kind="customers")
