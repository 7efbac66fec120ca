from __future__ import annotations

import pytest

from retention_cli.mapping.passed_over import passed_over
from retention_cli.mapping.plan import lay_out
from retention_cli.reading import read_bytes


def said(header, row):
    (sheet,) = read_bytes(f"{header}\n{row}\n".encode(), name="a.csv")
    layout = lay_out(sheet.headers, kind="customers", file="a.csv")
    return [(note.code, note.message) for note in passed_over(sheet, layout)]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param("customer_id,start_date,note", "1,2024-01-01,a", id="all named apart"),
        pytest.param("customer_id,start_date,,", "1,2024-01-01,,", id="nothing below no name"),
        pytest.param("customer_id,start_date,ü,ä", "1,2024-01-01,a,b", id="letters that fold away"),
    ],
)
def test_what_nobody_misses_is_not_said(header, row):
    assert said(header, row) == []


@pytest.mark.parametrize(
    ("header", "code", "message"),
    [
        ("customer_id,start_date,,x", "no-header", "column 3 has no name and is ignored"),
        ("customer_id,start_date,,", "no-header", "columns 3, 4 have no name and are ignored"),
        (
            "customer_id,start_date,note,note",
            "same-header",
            "columns 3 'note' and 4 'note' are named alike: only 3 is kept",
        ),
        (
            "customer_id,start_date,Note,note",
            "same-header",
            "columns 3 'Note' and 4 'note' are named alike: each is kept under its own name",
        ),
        (
            "customer_id,start_date,customer_name,Customer Name",
            "same-header",
            "columns 3 'customer_name' and 4 'Customer Name' are named alike: only 4 is kept",
        ),
    ],
)
def test_what_someone_may_miss_is_said(header, code, message):
    assert said(header, "1,2024-01-01,a,b") == [(code, message)]
