from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.cells import cell_len

from reports import sample
from reports.golden import agrees
from retention_cli.reports.check import json as as_json
from retention_cli.reports.check import table

FILE = {
    "file",
    "sheet",
    "kind",
    "preset",
    "encoding",
    "delimiter",
    "header_row",
    "columns",
    "rows",
    "accepted",
    "rejected",
    "skipped",
    "verdict",
    "message",
}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("check-80.txt", {"width": 80}),
        ("check-120-verbose.txt", {"width": 120, "verbose": True}),
        ("check-120-colour.txt", {"width": 120, "colour": True}),
        ("check-piped.txt", {"width": None}),
    ],
)
def test_golden_table(name, options):
    assert agrees(name, table.render(sample.check(), **options))


def test_golden_json():
    assert agrees("check.json", as_json.render(sample.check()))


def test_the_json_has_the_structure_that_is_promised():
    found = json.loads(as_json.render(sample.check()))
    assert found["schema"] == "retention-check/1"
    for one in found["files"]:
        assert set(one) == FILE
        assert one["verdict"] in {"ready", "ready-with-rejects", "not-usable"}
        assert all(set(c) == {"source", "column", "format", "because"} for c in one["columns"])
    assert all(set(one) == {"kpi", "computable", "missing"} for one in found["kpis"])
    assert found["kpis"][2] == {
        "kpi": "first_contact_resolution",
        "computable": False,
        "missing": ["tickets"],
    }
    assert {"files", "problems"} <= set(found["data"])


def test_a_file_that_cannot_be_used_says_why_and_what_to_do():
    last = json.loads(as_json.render(sample.check()))["files"][-1]
    assert (last["verdict"], last["kind"], last["rows"]) == ("not-usable", None, None)
    assert last["message"].endswith("; is it the right file, or the right delimiter?")


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_longer_than_the_terminal_is_wide(width):
    lines = table.render(sample.check(), width=width, verbose=True).split("\n")
    assert max(map(cell_len, lines)) <= width


def test_files_that_were_read_alike_stand_together_unless_asked_apart():
    brief, verbose = (table.render(sample.check(), verbose=one) for one in (False, True))
    assert brief.count("delimiter ;") == 1
    assert verbose.count("delimiter ;") == 24
    assert "24 files invoices-2024-01.csv … invoices-2025-12.csv: ready with rejects" in brief
    assert "10,236 rows = 10,186 accepted + 2 rejected + 48 skipped" in brief


def test_what_is_missing_is_said_for_each_figure():
    text = table.render(sample.check())
    assert "Figures: 2 of 5 can be computed: Customer retention rate, Revenue" in text
    assert "First-contact resolution, First response time: not without tickets" in text


def test_two_files_are_named_and_none_is_between_them():
    check = sample.check()
    pair = replace(check, files=check.files[1:3])
    text = table.render(pair)
    assert text.startswith("2 files invoices-2024-01.csv and invoices-2024-02.csv: ready\n")


def test_files_of_two_kinds_never_stand_together():
    check = sample.check()
    first, second = check.files[1:3]
    second = replace(second, export=replace(second.export, kind="costs"))
    text = table.render(replace(check, files=(first, second)))
    assert "  invoices · utf-8" in text
    assert "  costs · utf-8" in text
