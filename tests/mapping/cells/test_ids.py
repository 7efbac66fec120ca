from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.mapping.cells.ids import float_notes, rounded_notes, without_decimals

IDS = st.one_of(
    st.none(),
    st.text(alphabet="01.9-aé \n", max_size=8),
    st.integers(0, 10**25).map(lambda number: f"{number}.0"),
)


@given(ids=st.lists(IDS, max_size=9))
def test_only_a_whole_number_loses_its_decimal_and_the_note_counts_it(ids):
    cells = pa.chunked_array([pa.array(ids, pa.string())])
    wanted = [cell[:-2] if is_float(cell) else cell for cell in ids]
    assert without_decimals(cells).to_pylist() == wanted
    notes = list(float_notes(cells, "Account"))
    assert [note.count for note in notes] == [n for n in [sum(map(is_float, ids))] if n]


def is_float(cell):
    return cell is not None and re.fullmatch(r"(0|[1-9][0-9]*)\.0", cell) is not None


def test_the_note_names_the_header_and_an_example():
    (note,) = float_notes(pa.array(["7", "1002.0", "1001.0"]), "Account")
    assert note.message == (
        "2 of the ids in 'Account' end in .0, and are taken without it: 1001.0 as 1001"
    )


def test_ids_that_a_spreadsheet_rounded_are_counted_and_kept():
    ids = pa.array(
        ["1.2E+11", "1.23457e+12", "1,2E+11", "4E+05", "E+11", "12E+1", "1.2E-11", "a+b", None]
    )
    (note,) = rounded_notes(ids, "Account")
    assert (note.code, note.count) == ("rounded-ids", 4)
    assert (
        "4 of the ids in 'Account' were rounded by a spreadsheet, such as 1,2E+11" in note.message
    )
    assert without_decimals(ids).to_pylist() == ids.to_pylist()
    assert list(rounded_notes(ids[4:], "Account")) == []
