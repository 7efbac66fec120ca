from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.reading import read_bytes

HEADER = "id,date,customer,amount"
FIRST, SECOND = "1,2025-06-03,C1,10.50", "2,2025-06-04,C2,20.50"


def aside(*lines, header=HEADER):
    (sheet,) = read_bytes("\n".join((header, *lines, "")).encode(), name="a.csv", delimiter=",")
    kept = [*sheet.numbers.to_pylist(), *(row.row for row in sheet.torn)]
    found = [(row.row, row.code) for row in sheet.aside]
    assert sorted([*kept, *(row for row, _ in found)]) == list(range(2, len(lines) + 2))
    return found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param((FIRST, "Page 1 of 2,,,", SECOND), [(3, "page-line")], id="a page"),
        pytest.param((FIRST, "Page 1 of 2", SECOND), [(3, "page-line")], id="a page, torn"),
        pytest.param((FIRST, "- Seite 2/5 -,,,", SECOND), [(3, "page-line")], id="in German"),
        pytest.param((FIRST, SECOND, "Página 2 de 2,,,"), [(4, "page-line")], id="the last row"),
        pytest.param(("Region: North,,,", FIRST, SECOND), [(2, "group-row")], id="a label"),
        pytest.param(("Key accounts,,,", FIRST, SECOND), [(2, "group-row")], id="several words"),
        pytest.param((",,Region: North,", FIRST, SECOND), [(2, "group-row")], id="another place"),
    ],
)  # fmt: skip
def test_a_lone_cell_of_another_shape_is_no_row_of_the_table(lines, found):
    assert aside(*lines) == found


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((FIRST, "3,,,", SECOND), id="an id without the rest"),
        pytest.param((FIRST, "3,,C3,", SECOND), id="two cells"),
        pytest.param((FIRST, "3 2025-06-05 C3 9.50,,,", SECOND), id="a row in one cell"),
        pytest.param((FIRST, "3 2025-06-05 C3 9.50", SECOND), id="a row in one cell, torn"),
        pytest.param(("North,,,", FIRST, SECOND), id="a word, which may be a key"),
        pytest.param(
            (",,Acme,", "1,2025-06-03,Beta,1", "2,2025-06-03,Coy,1"), id="a name of names"
        ),
        pytest.param(
            ("Co: Acme,,,", ",2025-06-03,C1,1", ",2025-06-04,C2,2"), id="said once for all"
        ),
        pytest.param((FIRST, "3,2025-06-05", "North", SECOND), id="pieces of a torn row"),
        pytest.param(("Page 1,,,", "Page 2,x,y,1", "Page 3,x,y,1"), id="pages that are ids"),
        pytest.param(("A: 1,,,", "B: 2,x,y,1", "C: 3,x,y,1"), id="ids with colons"),
        pytest.param(("North,,,", FIRST), id="too few rows"),
    ],
)
def test_a_lone_cell_that_may_be_data_stays(lines):
    assert aside(*lines) == []


def test_two_columns_have_no_lone_rows():
    assert aside("1,5", "Page 1,", "2,6", header="id,amount") == []


@given(ids=st.lists(st.from_regex(r"[A-C]{0,2}[0-9]{1,3}", fullmatch=True), min_size=3, max_size=9))
def test_codes_without_the_rest_of_their_rows_are_never_taken_out(ids):
    lines = [f"{one},,," if place % 3 == 1 else f"{one},2025-06-03,C1,10.50"
             for place, one in enumerate(ids)]  # fmt: skip
    assert aside(*lines) == []
