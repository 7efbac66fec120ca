"""A known table in the forms that programs write their own way: it comes back, or is refused."""

from __future__ import annotations

import csv
import io
from html import escape

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading import read_bytes

pytestmark = pytest.mark.sweep

NAMES = ("Invoice ID", "Invoice Date", "Customer", "Amount", "Note")
WORDS = st.text("abÉ '&.-", min_size=1, max_size=9).map(lambda text: f"N{text}n")
QUOTED = st.text('ab,;"|\t &', max_size=9).map(lambda text: f"N{text}n")
ROWS = st.tuples(
    st.integers(1, 99_999).map(lambda number: f"{number:05}"),
    st.dates().map(lambda day: day.strftime("%Y-%m-%d")),
    WORDS,
    st.decimals(0, 9999, places=2).map(str),
    st.just("") | WORDS,
)
TABLES = st.lists(ROWS, min_size=2, max_size=7)


def joined(rows, mark):
    return "".join(mark.join(row) + "\n" for row in rows)


def quoted(rows, mark, quoting=csv.QUOTE_ALL):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark, lineterminator="\n", quoting=quoting).writerows(rows)
    return file.getvalue()


def wrapped(rows, mark=",", *, all_lines=True, more=""):
    lines = quoted(rows, mark, csv.QUOTE_MINIMAL).split("\n")[:-1]
    return "".join(
        f'"{line.replace(chr(34), chr(34) * 2)}"{more}\n'
        if all_lines or '"' in line
        else line + "\n"
        for line in lines
    )


def padded(rows):
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return widths, [[f"{c:<{w}}" for c, w in zip(row, widths, strict=True)] for row in rows]


def psql(rows):
    widths, cells = padded(rows)
    rule = "+".join("-" * (width + 2) for width in widths)
    head, *body = (" " + " | ".join(row).rstrip() for row in cells)
    return "\n".join([head, rule, *body, f"({len(body)} rows)", "", ""])


def boxed(rows, signs="-|+++++", *, between=False):
    dash, bar, *corners = signs
    widths, cells = padded(rows)
    rule = corners[0] + corners[1].join(dash * (width + 2) for width in widths) + corners[2]
    head, *body = (f"{bar} " + f" {bar} ".join(row) + f" {bar}" for row in cells)
    lines = [line for row in body for line in ([row, rule] if between else [row])]
    return "\n".join([rule, head, rule, *lines, rule, ""])


def markdown(rows, *, bare=False):
    edge = "" if bare else "|"
    lines = [
        edge + "|".join(f" {cell.replace('|', chr(92) + '|')} " for cell in row) + edge
        for row in rows
    ]
    return "\n".join(
        ["# Invoices", "", lines[0], edge + "|".join([":--"] * len(rows[0])) + edge, *lines[1:], ""]
    )


def sap(rows):
    _, cells = padded(rows)
    lines = ["|" + "|".join(row) + "|" for row in cells]
    rule = "-" * len(lines[0])
    return "\n".join(["Dynamic List Display", "", rule, lines[0], rule, *lines[1:], rule, ""])


def below_dashes(rows):
    widths, cells = padded(rows)
    lines = [" ".join(row).rstrip() for row in cells]
    rule = " ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:], "", f"{len(rows) - 1} rows selected.", ""])


def equals(rows, mark=","):
    head, *body = rows
    lines = [
        [cell if place in {1, 3} else f'="{cell}"' for place, cell in enumerate(row)]
        for row in body
    ]
    return joined([head, *lines], mark)


FORMS = {
    "tabs, all quoted": lambda rows: quoted(rows, "\t"),
    "lines in quotes": wrapped,
    "lines in quotes, semicolons": lambda rows: wrapped(rows, ";"),
    "lines in quotes, padded": lambda rows: wrapped(rows, more=";;;"),
    "psql": psql,
    "mysql": boxed,
    "grid": lambda rows: boxed(rows, between=True),
    "box of lines": lambda rows: boxed(rows, "─│┌┼┐"),
    "markdown": markdown,
    "markdown without edges": lambda rows: markdown(rows, bare=True),
    "sap": sap,
    "below dashes": below_dashes,
    "dashes between commas": lambda rows: joined([rows[0], ["-" * 9] * len(NAMES), *rows[1:]], ","),
    "equals": equals,
    "equals, semicolons": lambda rows: equals(rows, ";"),
    "blanks before quotes": lambda rows: quoted(rows, ",").replace(',"', ', "'),
    "blanks around quotes": lambda rows: quoted(rows, ";").replace('";"', '" ; "'),
    "a delimiter more": lambda rows: joined([rows[0], *((*row, "") for row in rows[1:])], ";"),
    "three delimiters more": lambda rows: joined([rows[0], *((*row, "", "", "") for row in rows[1:])], ","),
    "a preamble": lambda rows: "".join(f"Setting {i}: {i}\n" for i in range(90)) + joined(rows, ";"),
    "a preamble of pairs": lambda rows: "".join(f"Setting {i},{i}\n" for i in range(150)) + joined(rows, ","),
    "filters": lambda rows: joined(rows, ",") + "\nApplied filters:\nYear is 2025, 2024\nRegion is all\n",
    "filters in a cell": lambda rows: joined(rows, ";") + '"Applied filters:\nYear is 2025"\n',
    "entities": lambda rows: escape(joined(rows, ",")),
    "entities, semicolons": lambda rows: escape(joined(rows, ";")).replace("&#x27;", "&#039;"),
}  # fmt: skip


def read_back(text):
    (sheet,) = read_bytes(text.encode(), name="a.csv", known=KNOWN)
    whole = [batch.raw(place) for batch in sheet.batches for place in range(len(batch.rows))]
    told = len(whole) + len(sheet.torn) + len(sheet.aside) + sheet.blank
    assert sheet.rows == told
    return sheet, [tuple(cell.strip() for cell in row[: len(NAMES)]) for row in whole]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=TABLES)
def test_a_table_comes_back_from_each_form(form, table):
    rows = [tuple(cell.strip() for cell in row) for row in table]
    sheet, found = read_back(FORMS[form]([NAMES, *rows]))
    assert sheet.headers[: len(NAMES)] == NAMES
    assert found == rows
    assert sheet.torn == ()


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=TABLES, notes=st.lists(QUOTED, min_size=7, max_size=7))
def test_no_cell_comes_back_as_another(form, table, notes):
    """Cells may hold what the form has no way to write: rows are torn then, and never others."""
    assume(not any(entity in note for note in notes for entity in ("&amp", "&lt")))
    rows = [(*row[:4], note) for row, note in zip(table, notes, strict=False)]
    try:
        sheet, found = read_back(FORMS[form]([NAMES, *rows]))
    except DataRefusedError:
        return
    # Without their names, no kind of export has the columns: the file is refused.
    for row in found if sheet.headers[: len(NAMES)] == NAMES else ():
        assert row[:4] in [one[:4] for one in rows]
