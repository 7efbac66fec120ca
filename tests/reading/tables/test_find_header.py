from __future__ import annotations

import pytest

from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading.tables.find_header import find_header


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["a", "b"], ["1", "2"]], id="names nobody knows"),
        pytest.param(
            [["customer_id", "start_date"], ["Date", "Amount"]], id="known names in a row"
        ),
        pytest.param([["a"], ["1", "2"], ["3", "4"]], id="numbers below one name"),
        pytest.param([["a"], ["x", "x"], ["3", "4"]], id="a row that repeats a word"),
        pytest.param([["a"], ["x", ""], ["3", "4"]], id="a row with one cell filled"),
        pytest.param([["a"], ["x", "y"]], id="nothing below"),
        pytest.param([["E", "7"], ["Date", "k", "l"], ["1", "2", "3"]], id="not twice as wide"),
        pytest.param(
            [["E", "7"], ["i", "k", "l", "m"], ["1", "", "", ""]], id="twice as wide, unknown"
        ),
        pytest.param([["a"], ["x", "y"], ["3", "4", "5"]], id="another width below"),
        pytest.param([["a", "b", "c"], ["Date", "Amount"]], id="wider than what is known"),
        pytest.param([["a", "b"], ["Date", "Amount"]], id="as wide as what is known"),
        pytest.param([["# a", "b"], ["#", "c"], ["Date", "Amount"]], id="not of comments alone"),
        pytest.param([["# a", "b"], ["C1", "Ann"], ["C2", "Bob"]], id="data below a comment"),
        pytest.param([["a"], ["Region:", "Ost"], ["Art:", "alle"]], id="keys with their marks"),
        pytest.param([["a"], ["Date", "foo"], ["1", "2", "3"]], id="one known name"),
    ],
)
def test_the_first_row_stays_the_header(rows):
    assert find_header(rows, known=KNOWN).place == 0


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        pytest.param([["Acme"], ["2025"], ["Date", "Amount"]], 2, id="below two lone cells"),
        pytest.param([["Acme", "2025"], ["Date", "Amount", "x"]], 1, id="below a pair"),
        pytest.param([["Acme", "", ""], ["Date", "Amount", ""]], 1, id="padded to one width"),
        pytest.param([["Acme"], ["foo", "bar"], ["1", "2"]], 1, id="names nobody knows"),
        pytest.param(
            [["E", "7"], ["Date", "k", "l", "m"], ["1", "", "", ""]], 1, id="twice as wide"
        ),
        pytest.param([["# from a", "b", "c"], ["Date", "Amount"]], 1, id="below a comment"),
        pytest.param([["# a", "b"], ["#c", "d"], ["Date", "Amount"]], 2, id="below two"),
        pytest.param(
            [["Acme"], ["Land", "Ost"], ["Art", "alle"], ["Date", "Customer", "Amount"]],
            3,
            id="below pairs",
        ),
        pytest.param([["x"]] * 19 + [["Date", "Amount"]], 19, id="in row 20"),
        pytest.param([["x"]] * 20 + [["Date", "Amount"]], 20, id="in row 21"),
        pytest.param([["x", "y"]] * 900 + [["Date", "Amount", "a"]], 900, id="far down"),
        pytest.param([["x", "y"]] * 20 + [["Date", "Amount"]], 0, id="not wider"),
        pytest.param([["x"]] * 20 + [["Heute", "Morgen"], ["1", "2"]], 0, id="unknown, too far"),
    ],
)
def test_a_header_is_found_below_a_title(rows, place):
    assert find_header(rows, known=KNOWN).place == place


def test_it_is_said_what_made_a_row_the_header():
    assert find_header([["Acme"], ["Date", "Amount"]], known=KNOWN).because == (
        "columns are known by its names"
    )
    assert find_header([["Acme"], ["Date", "Amount"], ["1", "2"]]).because == (
        "lone cells are above it"
    )


NAMES = ["Nr", "Name", "Nr", "Betrag"]
ROWS = [["1", "Ann", "R1", "5.00"], ["2", "Bob", "R2", "7.00"]]


@pytest.mark.parametrize(
    ("above", "names", "place", "count"),
    [
        pytest.param(["Alpha", "", "Beta", ""], NAMES, 0, 2, id="it tells the two apart"),
        pytest.param(
            ["Alpha", "", "Beta", ""], ["Nr", "Name", "Datum", "Betrag"], 1, 1, id="none repeats"
        ),
        pytest.param(["Alpha", "", "2025", ""], NAMES, 1, 1, id="it has a digit"),
        pytest.param(["Alpha", "Beta"], NAMES, 1, 1, id="it is narrower"),
        pytest.param(["Alpha", "", "", ""], NAMES, 1, 1, id="it is a title"),
        pytest.param(["Alpha", "", "Alpha", ""], NAMES, 1, 1, id="it tells nothing apart"),
    ],
)
def test_a_row_above_is_of_the_header_where_it_tells_names_apart(above, names, place, count):
    found = find_header([above, names, *ROWS], known=KNOWN)
    assert (found.place, found.count) == (place, count)
