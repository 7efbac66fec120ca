"""Of each kind of input that ever broke a run, five more: what becomes of each stands beside it."""

from __future__ import annotations

import errno
import mmap
import os
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from bombs import BOMBS, MAIN, ROWS, archive, one_cell, with_parts, workbook
from workbooks import book, rows, sheet, zipped
from workbooks import parts as parts_of

pytestmark = pytest.mark.sweep

MORE = 1 << 60
"""More bytes than any machine has."""
HEAD = ["customer_id", "start_date"]
ONE, TWO = (1, 0, 0), (2, 0, 0)
"""Rows that are accepted, rejected and skipped."""


def uncalculated(*formula):
    return "c.xlsx", book(HEAD, ["K1", formula], ["K2", "2025-01-01"]), (1, 1, 0)


def placed(*lines):
    """A workbook of these rows below its header, as they are written."""
    found = parts_of({"S": sheet(rows(HEAD) + "".join(lines))})
    return "c.xlsx", zipped(found), "row"


def row(number, *cells):
    written = "".join(f'<c r="{place}" t="inlineStr"><is><t>x</t></is></c>' for place in cells)
    return f'<row r="{number}">{written}</row>' if number else f"<row>{written}</row>"


def quoted(mark, *, encoding="utf-8", end="\n"):
    lines = (HEAD, ["K1", "2025-01-01"], ["K2", "2025-01-02"])
    text = end.join(mark.join(f'"{cell}"' for cell in line) for line in lines) + end
    return "c.csv", text.encode(encoding), TWO


def headed(header):
    return "c.csv", f"customer_id,start_date,{header}\nK1,2025-01-01,1\n".encode(), ONE


def lines(*text, wanted):
    return "c.csv", "\n".join(text).encode(), wanted


def settings(text, said):
    return "retention.toml", text.encode(), said


FIRST = ("customer_id,start_date", "K1,2025-01-01", "K2,2025-01-02")

KINDS = {
    "a formula without a value": [
        uncalculated("", "<f>A1</f><!-- none --><v/>"),
        uncalculated("n", "<f>A1</f><v></v>"),
        uncalculated("b", "<f>TRUE()</f>"),
        uncalculated("", '<f ca="1">NOW()</f>'),
        uncalculated("", '<f t="dataTable" ref="B2" r1="A1"/>'),
    ],
    "places that repeat": [
        placed(row(2, "A2", "B2"), row(2, "A2", "B2")),
        placed(row(3, "A3", "B3"), row(2, "A2", "B2")),
        placed(row(2, "A2", "B2"), row(3, "A3", "B2")),
        placed(row(2, "A2", "A2", "B2")),
        placed(row(2, "B2", "A2")),
        placed(row(1, "A1", "B1")),
    ],
    "one text of many cells": [
        *("named often.xlsx", "repeated.ods", "repeated text.ods", "spaces.ods", "spans.xls"),
    ],
    "counts that are declared": [
        *("texts declared.xlsx", "texts beyond numbers.xlsx", "texts below none.xlsx"),
        *("styles declared.xlsx", "far cell.xlsx", "beyond any cell.xlsx"),
    ],
    "every cell in quotes": [
        quoted(";"),
        quoted("|"),
        quoted("\t", end="\r\n"),
        quoted("\t", encoding="utf-16"),
        quoted(",", encoding="utf-8-sig"),
    ],
    "a header without an end": [
        headed("x" * 200_000),
        headed("9" * 200_000),
        headed('"' + " a" * 100_000 + '"'),
        headed("(" * 200_000),
        headed("invoice_date_" * 20_000),
    ],
    "a row that looks like a header": [
        lines(*FIRST, "Total,", wanted=(2, 0, 1)),
        lines(FIRST[0], *FIRST, wanted=(2, 0, 1)),
        lines(*FIRST, FIRST[0], wanted=(2, 0, 1)),
        lines("Customers of May,", *FIRST, wanted=TWO),
        lines("", *FIRST, wanted=TWO),
    ],
    "a place that takes no output": [
        ("--output", ".", 4),
        ("--output", "nowhere/card.csv", 4),
        ("--output", "card.parquet", 2),
        ("--output", "card.docx", 2),
        ("--rejects", "c.csv", 2),
        ("--rejects", "-", 2),
    ],
    "no memory": [
        lambda: bytearray(MORE),
        lambda: "a" * MORE,
        lambda: np.empty(MORE, np.int8),
        lambda: pa.allocate_buffer(MORE),
        lambda: mmap.mmap(-1, MORE),
    ],
    "parts of an archive": [
        ("c.xlsx", with_parts("../../evil", "x"), "holds a part with the path"),
        ("c.xlsx", with_parts("xl/sheet.xml"), "holds two parts named"),
        ("c.xlsx", with_parts("XL/Sheet.xml"), "holds two parts named"),
        ("c.csv.zip", with_parts("c.csv", base=archive(ROWS, 8, "c.csv")), "holds 2 files"),
        ("c.csv.zip", with_parts("\x1b[2J", base=archive(ROWS, 8)), r"\x1b[2J"),
        ("c.csv.zip", archive(ROWS, 8, "../../evil.csv"), (30, 0, 0)),
        ("c.xlsx", one_cell("XFD1"), "reaches to XFD1"),
        ("c.xlsx", one_cell("XFE1"), "reaches to XFE1"),
        ("c.xlsx", workbook(sheet=f"<!DOCTYPE a><worksheet {MAIN}/>"), "holds a DTD"),
    ],
    "settings without an end": [
        settings("a." * 20_000 + "b = 1", "deep"),
        settings("".join(f"k{number} = 1\n" for number in range(2_000)), "key"),
        settings("a = " + "[" * 20_000, "nested too deep"),
        settings("a = " + "{b = " * 5_000, "nested too deep"),
        settings('a = "' + "x" * 200_000, "not TOML"),
        settings('a = "' + '\\"' * 100_000, "not TOML"),
        settings("a = 1" + " " * 200_000 + "x", "not TOML"),
    ],
    "groups of each kind of export": [
        ("customers", "customer_id,start_date,team", "K{n},2025-01-01,T{n}"),
        ("invoices", "customer_id,invoice_date,amount,team", "K{n},2025-06-02,5,T{n}"),
        ("tickets", "ticket_id,created_at,team", "{n},2025-06-02T09:00:00,T{n}"),
        ("surveys", "responded_at,score,kind,team", "2025-06-02,9,nps,T{n}"),
        ("costs", "customer_id,cost_date,amount,team", "K{n},2025-06-02,5,T{n}"),
    ],
}


def test_there_are_five_more_of_each_kind():
    assert {kind: len(makers) for kind, makers in KINDS.items() if len(makers) < 5} == {}
    named = {one for makers in KINDS.values() for one in makers if isinstance(one, str)}
    assert named < {*BOMBS}


def files(*kinds):
    return [
        pytest.param(*one, id=f"{kind} {n}") for kind in kinds for n, one in enumerate(KINDS[kind])
    ]


READ = (
    *("a formula without a value", "places that repeat", "every cell in quotes"),
    *("a header without an end", "a row that looks like a header", "parts of an archive"),
)


@pytest.mark.parametrize(("name", "data", "wanted"), files(*READ))
def test_a_file_is_read_to_the_row_or_refused_by_name(read, name, data, wanted):
    found = read({name: data}, "--max-rejects", "50%")
    if isinstance(wanted, str):
        assert (found.code, wanted in found.err.splitlines()[0]) == (3, True)
    else:
        assert (found.code, found.counts(name)) == (0, wanted)


@pytest.mark.parametrize(("name", "data", "said"), files("settings without an end"))
def test_settings_are_refused_at_once(read, name, data, said):
    found = read({name: data, "c.csv": "\n".join(FIRST)})
    assert (found.code, said in found.err, len(found.err) < 2_000) == (2, True, True)


@pytest.mark.parametrize(("option", "place", "code"), files("a place that takes no output"))
def test_a_place_is_refused_and_nothing_is_made(retention, folder, option, place, code):
    (folder / "c.csv").write_text("\n".join(FIRST), "utf-8")
    assert retention("compute", "c.csv", option, place).code == code
    assert [path.name for path in folder.iterdir()] == ["c.csv"]


@pytest.mark.parametrize("failing", KINDS["no memory"])
def test_what_finds_no_memory_says_so(read, monkeypatch, failing):
    monkeypatch.setattr("retention_cli.runs.score.reading", lambda *_, **__: failing())
    found = read({"c.csv": "\n".join(FIRST)})
    assert (found.code, "memory" in found.err, "defect" in found.err) == (3, True, False)


@pytest.mark.parametrize(("kind", "header", "line"), files("groups of each kind of export"))
def test_groups_of_any_kind_add_up(read, kind, header, line):
    text = "\n".join([header, *(line.format(n=number) for number in range(30))])
    found = read({f"{kind}.csv": text}, "--by", "team")
    assert (found.code, found.counts(f"{kind}.csv")) == (0, (30, 0, 0))


def test_a_file_that_goes_away_or_is_locked_at_any_moment_is_named(read, folder, monkeypatch):
    looked_at, stat = [], Path.stat

    def failing(path, **how):
        looked_at.append(path.name == "b.csv")
        if looked_at[-1] and sum(looked_at) > most:
            raise OSError(error, os.strerror(error), str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", failing)
    (folder / "a.csv").write_text("\n".join(FIRST), "utf-8")
    for error, most in product((errno.ENOENT, errno.EACCES), range(10)):  # noqa: B007
        (folder / "b.csv").write_text("\n".join(FIRST).replace("K", "L"), "utf-8")
        looked_at.clear()
        found = read({})
        assert found.code in {0, 2, 3}, found.err
        assert found.code == 0 or found.err.startswith("error: b.csv: "), found.err


def test_no_folder_of_files_that_are_refused_fills_a_screen(read):
    found = read({f"{number}.csv": b"" for number in range(60)})
    assert (found.code, found.err.count("error: ")) == (3, 51)
    assert "hint: fix these first; 9 more are in the way" in found.err
