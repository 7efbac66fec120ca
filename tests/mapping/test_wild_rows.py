"""Header rows as people write them are read, asked about with a right proposal, or left alone."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from tests.mapping.wild_rows import ROWS, cells

from retention_cli.errors import Ask, RetentionError
from retention_cli.mapping.layout import Layout
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv

_MINOR = {
    *("customer_name", "subject", "comment", "category", "person", "agent", "product", "priority"),
    *("status", "due_date", "paid_date", "renewal_date", "quantity", "document_type", "kind"),
}
"""Columns that no figure of these rows rests on."""


class Row(NamedTuple):
    """A row with what its headers are: `known` by themselves, `owner` as only their owner knows."""

    file: str
    kind: str
    headers: list[str]
    letters: list[str]
    known: dict[str, str]
    owner: dict[str, set[str]]


def row_of(line: str) -> Row:
    file, kind, *columns = line.split(" | ")
    row = Row(file, kind, [], [], {}, {})
    for text in columns:
        header, letter, mark, column = re.fullmatch(r"(.*):(\w)(?:([>?])(\w+))?", text).groups()
        row.headers.append(header)
        row.letters.append(letter)
        if mark == ">":
            row.known[column] = header
        elif mark == "?":
            row.owner.setdefault(column, set()).add(header)
    return row


def read(row: Row) -> Layout | tuple[Ask, ...]:
    """Read a row with its cells: how it is laid out, or what is asked."""
    table = [row.headers, *zip(*(cells(letter, 24) for letter in row.letters), strict=True)]
    text = "".join("\t".join(line) + "\n" for line in table)
    try:
        return assign([read_csv(text.encode(), file=row.file)])[0].layout
    except RetentionError as refusal:
        return getattr(refusal, "asks", ())


LINES = ROWS.strip().splitlines()


@pytest.mark.parametrize("line", [one for one in LINES if " | none | " not in one])
def test_a_row_is_read_or_asked_about_as_its_owner_would_say(line):
    row = row_of(line)
    found = read(row)
    if not isinstance(found, Layout):
        assert {ask.kind for ask in found} == {row.kind}
        assert {ask.column for ask in found} & {*row.owner}, "asked about though it is plain"
        assert all(
            ask.proposed in row.owner.get(ask.column, {row.known.get(ask.column)})
            for ask in found
            if not ask.optional
        )
        return
    taken = {c: row.headers[at] for c, at in found.sources.items() if isinstance(at, int)}
    figures = {column: header for column, header in taken.items() if column not in _MINOR}
    assert found.kind == row.kind
    assert figures == {c: header for c, header in row.known.items() if c not in _MINOR}
    said = " ".join(found.proven)
    assert all(any(header in said for header in headers) for headers in row.owner.values())


@pytest.mark.parametrize("line", [one for one in LINES if " | none | " in one])
def test_a_list_of_something_else_is_not_taken(line):
    assert not isinstance(read(row_of(line)), Layout)


def test_a_state_in_an_address_is_no_status():
    row = "clientes.csv | customers | Código:i>customer_id | Alta:d>start_date | Ciudad:t | Estado:"
    assert "status" not in read(row_of(f"{row}t | CP:w")).sources
    assert "status" in read(row_of(f"{row}c | CP:w")).sources


def test_among_few_rows_a_plan_is_no_id(retention, folder):
    rows = (
        "Name,Email,Membership,Joined",
        "Ada,a@x.de,Gold,2024-01-01",
        "Bo,b@x.de,Gold,2024-02-01",
    )
    more = ("Cy,c@x.de,Silver,2024-03-01", "Di,d@x.de,Gold,2024-03-02")
    (folder / "members.csv").write_text("\n".join((*rows, *more)) + "\n", "utf-8")
    ran = retention("compute", ".")
    assert ran.code == 3
    assert "--map customer_id='Email'" in ran.err
