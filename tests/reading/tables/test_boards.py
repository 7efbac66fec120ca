"""Groups of rows one below the other, as boards of tasks and lists of accounts are exported."""

from __future__ import annotations

import pytest

from retention_cli.reading import read_bytes

HEADER = "Name,Owner,Start,Fee"
ACME, BETA, COY = "Acme,Ann,2025-06-03,10.50", "Beta,Bob,2025-06-04,20", "Coy,,2025-06-05,7"


def read(*lines):
    (sheet,) = read_bytes("\n".join((HEADER, *lines, "")).encode(), name="a.csv", delimiter=",")
    names = sheet.column(0).to_pylist() if sheet.batches else []
    return names, [(row.row, row.code) for row in sheet.aside]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param(
            (ACME, BETA, ",,,30.50", "", "Churned,,,", HEADER, COY, ",,,7"),
            [(4, "totals-row"), (6, "group-row"), (7, "repeated-header"), (9, "totals-row")],
            id="titles and sums",
        ),
        pytest.param(
            (ACME, BETA, "", "Churned", "Those who left", HEADER, COY),
            [(5, "group-row"), (6, "group-row"), (7, "repeated-header")],
            id="torn titles, no sums",
        ),
        pytest.param(
            (ACME, ",,,10.50", HEADER, BETA, COY, ",,,27"),
            [(3, "totals-row"), (4, "repeated-header"), (7, "totals-row")],
            id="sums without titles",
        ),
    ],
)
def test_titles_and_sums_between_groups_are_no_rows(lines, found):
    assert read(*lines) == (["Acme", "Beta", "Coy"], found)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param((ACME, ",,2025-06-04,20"), ["Acme", None], id="no header again"),
        pytest.param((ACME, "Coy,,,7", HEADER, BETA), ["Acme", "Coy", "Beta"], id="it has a name"),
        pytest.param(
            (ACME, ",,2025-06-04,20", HEADER, BETA), ["Acme", None, "Beta"], id="it sums nothing"
        ),
        pytest.param(
            (ACME, ",Bob,2025-06-04,20", HEADER, BETA), ["Acme", None, "Beta"], id="it has an owner"
        ),
        pytest.param(
            (ACME, "C-17,,,", HEADER, BETA), ["Acme", "C-17", "Beta"], id="an id without the rest"
        ),
    ],
)
def test_a_row_of_a_group_stays(lines, names):
    assert read(*lines)[0] == names
