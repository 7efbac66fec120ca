from __future__ import annotations

import json

import pytest

from retention_cli.cli import run

HEADERS = {
    "customers": "customer_id,start_date,end_date",
    "invoices": "invoice_date,customer_id,amount",
}


def figures(folder, capsys, customers, invoices, *, settings=""):
    rows = {
        "customers": [f'"{one}",2024-01-10,' for one in customers],
        "invoices": [f'2025-06-03,"{one}",100.00' for one in invoices],
    }
    for kind, lines in rows.items():
        (folder / f"{kind}.csv").write_text("\n".join([HEADERS[kind], *lines, ""]), "utf-8")
    (folder / "retention.toml").write_text(settings, "utf-8")
    options = ["--period", "2025-06", "--format", "json"]
    assert run(["compute", folder.as_posix(), *options]) == 0
    found = json.loads(capsys.readouterr().out)
    (count,) = (one["n"] for one in found["figures"] if one["kpi"] == "purchase_frequency")
    return count, found["data"]["assumed"]


@pytest.mark.parametrize("mark", [",", "'", "\u2019", "\u00a0", "\u202f", "."])
def test_ids_with_marks_between_thousands_are_those_without(tmp_path, capsys, mark):
    plain = ["1234", "1235", "1234567", "77"]
    grouped = [f"1{mark}234", f"1{mark}235", f"1{mark}234{mark}567", "77"]
    count, assumed = figures(tmp_path, capsys, plain, grouped)
    assert count == 4
    assert any(f"'1{mark}234' as '1234'" in one for one in assumed)


def test_settings_keep_ids_as_they_are_written(tmp_path, capsys):
    settings = "ids_as_written = true\n"
    count, assumed = figures(tmp_path, capsys, ["1234"], ["1,234"], settings=settings)
    assert (count, assumed) == (2, [])


@pytest.mark.parametrize(
    ("customers", "invoices"),
    [
        pytest.param(["1,234", "1,23"], ["1234"], id="an id with another group"),
        pytest.param(["A,1", "1,234"], ["1234"], id="an id of letters"),
        pytest.param(["1,234"], ["1,235"], id="none without"),
        pytest.param(["0,123"], ["0123"], id="a zero first"),
        pytest.param(["1.100", "1.200", "2.100"], ["1100", "5000", "6000", "7000"], id="accounts"),
    ],
)
def test_ids_that_may_mean_something_else_stay(tmp_path, capsys, customers, invoices):
    count, assumed = figures(tmp_path, capsys, customers, invoices)
    assert (count, assumed) == (len({*customers, *invoices}), [])
