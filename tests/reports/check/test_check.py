from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.cells import cell_len

from hostile_names import NAMES
from page_parts import check_page
from reports import sample
from reports.golden import agrees
from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import ColumnPlan
from retention_cli.findings.problems import Problems
from retention_cli.reports.check import html, markdown, table
from retention_cli.reports.check import json as as_json
from retention_cli.results.check import Check

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


COLUMN = {
    *("source", "column", "format", "because", "looks_like"),
    *("for", "against", "example", "values"),
}


def test_golden_json():
    assert agrees("check.json", as_json.render(sample.check()))


def test_golden_markdown():
    assert agrees("check.md", markdown.render(sample.check()))


def test_golden_page():
    assert agrees("check.html", html.render(sample.check()))


def test_a_page_has_no_element_but_those_of_its_template():
    found = check_page(html.render(sample.check()))
    assert [tag for tag, _ in found.elements].count("h3") == 4
    assert "\\x1b[31m[red]Acme[/red]\\x1b[0m\\u202e=cmd|' /C calc'!A0.csv" in "".join(found.texts)


@pytest.mark.parametrize("name", NAMES, ids=[name.what for name in NAMES])
def test_no_name_adds_anything_to_a_page(name):
    first = sample.check().files[0]
    plan = replace(first.export.plans[0], source=name.text, because=name.text, example=name.text)
    export = replace(first.export, file=name.text, plans=(plan,))
    hostile = replace(
        sample.check(),
        files=(replace(first, file=name.text, message=name.text, hint=name.text, export=export),),
    )
    plain = replace(
        hostile,
        files=(
            replace(first, export=replace(export, file="a", plans=(replace(plan, source="a"),))),
        ),
    )
    found, without = (check_page(html.render(one)) for one in (hostile, plain))
    assert found.elements == without.elements


@pytest.mark.parametrize("render", [table.render, markdown.render, html.render])
def test_a_check_of_nothing_is_written_too(render):
    assert "0 of 0" in render(Check((), (), problems=Problems()))


def test_what_a_check_across_files_tells_is_not_told_twice():
    for text in (render(sample.check()) for render in (table.render, markdown.render)):
        assert text.count("that the customer export does not have") == 1


def test_the_report_ends_with_a_verdict_for_each_file():
    last = table.render(sample.check()).split("\nVerdict\n")[1].split("\n")
    assert last[0] == "  customers.csv: ready with 5 rejects"
    assert last[1] == "  22 files invoices-2024-01.csv … invoices-2025-12.csv: ready"
    assert last[2:4] == [
        f"  invoices-{month}.csv: ready with 1 reject" for month in ("2024-03", "2025-06")
    ]
    assert last[-2].startswith("  \\x1b[31m[red]Acme[/red]")
    assert last[-2].endswith(".csv: not usable: is it the right file, or the right delimiter?")


def test_a_file_of_two_kinds_has_one_verdict_where_it_is_ready_as_both():
    check = sample.check()
    ready = check.files[1]
    twice = replace(ready, export=replace(ready.export, kind="surveys"))
    both = replace(check, files=(ready, twice))
    assert table.render(both).rstrip("\n").split("\n")[-2:] == [
        "Verdict",
        f"  {ready.export.file}: ready",
    ]
    assert markdown.render(both).split("\n")[2].startswith("1 of 1 file can be used; ")


def test_every_reason_is_told_with_what_to_do():
    bad = replace(
        sample.check().files[-1],
        also=(DataRefusedError("amount may be 1.234 or 1234", "--decimal ."),),
    )
    only = replace(sample.check(), files=(bad,))
    for text in (render(only) for render in (table.render, html.render)):
        assert "amount may be 1.234 or 1234; --decimal ." in text
    assert json.loads(as_json.render(only))["files"][0]["message"].endswith(
        "; amount may be 1.234 or 1234; --decimal ."
    )


def test_cells_for_and_against_are_those_of_all_files():
    text = table.render(sample.check())
    assert "'17.05.2024' is day first (5,040 cells for it, 24 against)" in text
    assert "kept for --by: 1,204 values" in table.render(sample.check(), verbose=True)


@pytest.mark.parametrize("render", [table.render, markdown.render, html.render])
def test_columns_that_no_figure_needs_are_summed_up(render):
    check = sample.check()
    plans = tuple(
        ColumnPlan(name, name, None, "kept as it is", kept=True) for name in "abcdefghijklm"
    )
    file = replace(check.files[0], export=replace(check.files[0].export, plans=plans))
    groups = {"customers": {**dict.fromkeys("abcdefghijkl", 2), "a": 1, "d": 0, "m": 0}}
    text = render(replace(check, files=(file,), groups=groups))
    assert (
        "kept for --by: a (1 value), b (2 values), c (2 values), e (2 values), f (2 values),"
        " g (2 values), h (2 values), i (2 values), 3 more, 2 all blank"
    ) in text.replace("\\", "")
    assert text.count("all blank") == 1
    assert ("--verbose lists every column" in text) is (render is table.render)


def test_the_json_has_the_structure_that_is_promised():
    found = json.loads(as_json.render(sample.check()))
    assert found["schema"] == "retention-check/1"
    for one in found["files"]:
        assert set(one) == FILE
        assert one["verdict"] in {"ready", "ready-with-rejects", "not-usable"}
        assert all(set(c) == COLUMN for c in one["columns"])
    assert all(set(one) == {"kpi", "computable", "missing", "reason"} for one in found["kpis"])
    assert found["kpis"][2] == {
        "kpi": "first_contact_resolution",
        "computable": False,
        "missing": ["tickets"],
        "reason": None,
    }
    assert found["kpis"][1]["reason"] == "amounts are in EUR and USD"
    assert found["checks"][0] == {
        "code": "placeholder-date",
        "kind": "customers",
        "count": 1,
        "message": "1 row has start_date more than 50 years from the rest, most often 1900-01-01",
        "hint": "export the real day",
        "examples": [{"value": "1900-01-01", "file": "customers.csv", "sheet": None, "row": 17}],
    }
    assert found["files"][1]["columns"][0] == {
        "source": "Invoice Date",
        "column": "invoice_date",
        "format": "dmy",
        "because": "'17.05.2024' is day first",
        "looks_like": None,
        "for": 210,
        "against": 1,
        "example": "17.05.2024",
        "values": None,
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
    assert "  2 of 5 can be computed: Customer retention rate, Revenue\n" in text
    assert "  missing tickets: First-contact resolution, First response time\n" in text
    assert "  missing invoices.cost or costs: Gross margin\n" in text
    assert "  no value in 2025-06, since amounts are in EUR and USD: Revenue\n" in text


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
