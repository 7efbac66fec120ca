from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading import read_bytes
from retention_cli.reading.tables.find_header import Known

NAMES = {"id", "name", "start", "end"}
KNOWN = Known(lambda text: text.casefold() in NAMES)


def read(*lines):
    data = "\n".join((*lines, "")).encode()
    return read_bytes(data, name="a.csv", delimiter=",", known=KNOWN)


def test_a_table_on_its_side_is_refused_with_its_names():
    with pytest.raises(
        DataRefusedError, match="'ID', 'Start', 'Name' are below each other"
    ) as turned:
        read("ID,C1,C2,C3", "Start,2024-01-02,2024-02-03,2025-03-04", "Name,Ann,Bob,Coy")
    assert "Transpose" in turned.value.hint


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("ID,Name,C2,C3", "Start,8,9,7", "End,8,9,7"), id="a name in its header"),
        pytest.param(("ID,C1,C2,C3", "Name,Ann,Bob,Coy", "7,8,9,10", "8,9,1,2"), id="few names"),
        pytest.param(("Key,C1,C2,C3", "name,1,2,3", "name,4,5,6", "end,7,8,9"), id="names again"),
    ],
)
def test_other_tables_stand_upright(lines):
    (sheet,) = read(*lines)
    assert sheet.rows == len(lines) - 1
