"""`retention check`: what was recognised, what is wrong, and how to fix it."""

from __future__ import annotations

import json

import pytest


def test_a_good_file_is_ready(retention, customers):
    ran = retention("check", ".", "--format", "json")
    result = json.loads(ran.out)
    (file,) = result["files"]
    assert (ran.code, result["schema"]) == (0, "retention-check/1")
    assert (file["kind"], file["verdict"], file["rows"]) == ("customers", "ready", 4)
    named = {column["source"]: column["column"] for column in file["columns"]}
    assert named["start_date"] == "start_date"


def test_a_bad_file_does_not_hide_a_good_one(retention, customers, folder):
    (folder / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    ran = retention("check", "customers.csv", "other.csv", "--format", "json")
    verdicts = {file["file"]: file["verdict"] for file in json.loads(ran.out)["files"]}
    assert verdicts == {"customers.csv": "ready", "other.csv": "not-usable"}
    assert ran.code == 3


def test_rejected_rows_are_named_and_nothing_is_written(retention, customers, folder):
    customers.write_text(customers.read_text("utf-8") + "011,x,2025-02-31,,Small\n", "utf-8")
    ran = retention("check", ".", "--max-rejects", "50%")
    assert ran.code == 0
    assert "row 6" in ran.out
    assert "2025-02-31" in ran.out
    assert not (folder / "rejects").exists()


def test_it_says_which_figures_can_be_computed(retention, customers):
    kpis = json.loads(retention("check", ".", "--format", "json").out)["kpis"]
    found = {kpi["kpi"]: kpi for kpi in kpis}
    assert found["retention_rate"] == {
        "kpi": "retention_rate",
        "computable": True,
        "missing": [],
        "reason": None,
    }
    assert found["nps"]["missing"] == ["surveys"]
    assert found["nps"]["computable"] is False


def test_all_ambiguous_columns_of_a_file_are_told_each_with_its_option(retention, folder):
    lines = "Invoice Date,Amount,customer_id\n03/04/2024,1.234,7\n"
    (folder / "invoices.csv").write_text(lines, "utf-8")
    ran = retention("check", "invoices.csv")
    assert ran.code == 3
    verdict = ran.out.split("\nVerdict\n")[1]
    assert "--date-order dmy" in verdict
    assert "--decimal ." in verdict
    assert "'03/04/2024' may be 2024-04-03 or 2024-03-04" in ran.out
    assert "'1.234' may be 1.234 or 1234" in ran.out


def test_a_contradiction_names_a_cell_for_each_side_and_counts_them(retention, folder):
    days = ["25/12/2024", "26/12/2024", "12/27/2024"]
    lines = "".join(f"{day},1.50,7\n" for day in days)
    (folder / "invoices.csv").write_text(f"Invoice Date,Amount,customer_id\n{lines}", "utf-8")
    ran = retention("check", "invoices.csv")
    assert ran.code == 3
    assert "'25/12/2024' has its day first, '12/27/2024' its month (2 cells against 1)" in " ".join(
        ran.out.split()
    )


def test_cells_against_what_was_told_are_counted(retention, folder):
    lines = "25/12/2024,1.50,7\n12/27/2024,1.50,7\n12/28/2024,1.50,7\n01/02/2024,1.50,7\n"
    (folder / "invoices.csv").write_text(f"Invoice Date,Amount,customer_id\n{lines}", "utf-8")
    asked = ("--date-order", "dmy", "--max-rejects", "90%", "--format", "json")
    (file,) = json.loads(retention("check", ".", *asked).out)["files"]
    day = next(one for one in file["columns"] if one["column"] == "invoice_date")
    assert (day["for"], day["against"], file["rejected"]) == (1, 2, 2)


def test_two_headers_for_each_of_two_columns_are_both_told(retention, folder):
    lines = (
        "Invoice Date,Invoice_Date,Net Amount,Amount Net,customer_id\n2024-01-02,2024-01-02,1,1,7\n"
    )
    (folder / "invoices.csv").write_text(lines, "utf-8")
    ran = retention("check", "--invoices", "invoices.csv")
    assert ran.code == 3
    assert ran.out.count("could each be it") == 2


def test_columns_for_groups_are_told_with_their_values(retention, customers):
    (file,) = json.loads(retention("check", ".", "--format", "json").out)["files"]
    values = {one["column"]: one["values"] for one in file["columns"]}
    assert values == {
        **dict.fromkeys(("customer_id", "customer_name", "start_date", "end_date")),
        "segment": 2,
    }


def test_files_are_held_against_each_other(retention, customers, folder):
    (folder / "invoices.csv").write_text(
        "invoice_date,amount,customer_id\n2025-06-11,10,8\n2025-06-11,10,008\n2025-06-12,5,zoe\n",
        "utf-8",
    )
    ran = retention("check", ".", "--format", "json", "--as-of", "2025-06-30")
    checks = {one["code"]: one for one in json.loads(ran.out)["checks"]}
    assert ran.code == 0
    assert checks["ids-alike"]["hint"].endswith('[export.values.customer_id] "8" = "008"')
    assert checks["invoiced-after-end"]["examples"] == [
        {"value": "008", "file": "invoices.csv", "sheet": None, "row": 3}
    ]
    assert checks["unknown-customer"]["count"] == 2
    assert checks["customer-without-invoice"]["count"] == 3
    assert "future-date" not in checks
    earlier = retention("check", ".", "--format", "json", "--as-of", "2025-06-11")
    assert "future-date" in {one["code"] for one in json.loads(earlier.out)["checks"]}


def test_what_a_hint_says_mends_it(retention, customers, folder):
    (folder / "invoices.csv").write_text(
        "invoice_date,amount,customer_id\n2025-06-11,10,7\n2025-06-11,10,9\n", "utf-8"
    )
    hint = json.loads(retention("check", ".", "--format", "json").out)["checks"]
    (alike,) = [one["hint"] for one in hint if one["code"] == "ids-alike"]
    line = alike.split("[export.values.customer_id] ")[1]
    (folder / "retention.toml").write_text(
        '[[export]]\nfile = "invoices.csv"\nkind = "invoices"\n[export.values.customer_id]\n'
        f'{line}\n"9" = "009"\n',
        "utf-8",
    )
    left = json.loads(retention("check", ".", "--format", "json").out)["checks"]
    assert not {"ids-alike", "unknown-customer"} & {one["code"] for one in left}


@pytest.mark.parametrize(
    ("name", "begins"),
    [("check.html", "<!doctype html>"), ("check.json", "{\n"), ("check.md", "# Check\n")],
)
def test_the_name_of_the_output_says_the_format(retention, customers, folder, name, begins):
    ran = retention("check", ".", "--output", name)
    assert (ran.code, ran.out) == (0, "")
    assert (folder / name).read_text("utf-8").startswith(begins)


def test_a_mistake_in_the_settings_ends_it(retention, customers, folder):
    (folder / "retention.toml").write_text("currencies = 1\n", "utf-8")
    assert retention("check", ".").code == 2
