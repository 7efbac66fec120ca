"""`retention compute`, as its users type it."""

from __future__ import annotations

import csv
import io
import json

import pytest


def figures(out):
    return {line["kpi"]: line for line in json.loads(out)["figures"]}


@pytest.fixture
def two_months(folder, customers):
    (folder / "invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount,currency\n"
        "1,007,2025-05-05,100.00,EUR\n2,008,2025-05-06,50.00,EUR\n3,009,2025-05-07,25.00,EUR\n"
        "4,007,2025-06-05,110.00,EUR\n5,009,2025-06-07,20.00,EUR\n6,,2025-06-30,1.10,EUR\n",
        "utf-8",
    )
    (folder / "surveys.csv").write_text(
        "response_id,responded_at,kind,score,scale_max\n1,2025-06-01,csat,5,5\n2,2025-06-02,nps,9,10\n",
        "utf-8",
    )
    return folder


def test_a_folder_gives_its_last_full_month(retention, two_months):
    ran = retention("compute", ".", "--format", "json")
    found = figures(ran.out)
    assert json.loads(ran.out)["period"]["label"] == "2025-06"
    assert found["retention_rate"]["parts"] == {"CS": 3, "CE": 3, "CN": 1}
    assert found["revenue"]["value"] == "131.10"
    assert found["revenue"]["previous"] == {"period": "2025-05", "value": "175.00"}
    assert found["gross_revenue_retention"]["value"] == pytest.approx(120 / 175)
    assert (found["csat"]["value"], found["nps"]["value"]) == (1.0, 100.0)
    assert "the period is 2025-06" in ran.err


def test_the_files_of_a_folder_by_their_names_are_the_same_run(retention, two_months):
    whole = figures(retention("compute", ".", "--period", "2025-06", "--format", "json").out)
    named = ("--customers", "customers.csv", "--invoices", "invoices.csv", "surveys.csv")
    assert (
        figures(retention("compute", *named, "--period", "2025-06", "--format", "json").out)
        == whole
    )


def test_the_same_input_gives_the_same_bytes(retention, two_months, answers):
    first = retention("compute", ".", "--format", "csv")
    answers.clear()
    assert retention("compute", ".", "--format", "csv").out == first.out


def test_without_a_path_the_settings_above_are_followed(retention, two_months, monkeypatch):
    (two_months / "retention.toml").write_text('activity_window = "6 months"\n', "utf-8")
    below = two_months / "rejects"
    below.mkdir()
    monkeypatch.chdir(below)
    ran = retention("compute", "--period", "2025-06", "--format", "json")
    assert ran.code == 0
    assert len(json.loads(ran.out)["data"]["files"]) == 3


def test_a_settings_file_stands_for_its_folder(retention, two_months):
    (two_months / "retention.toml").write_text("", "utf-8")
    ran = retention("compute", "retention.toml", "--period", "2025-06", "--format", "json")
    assert len(json.loads(ran.out)["data"]["files"]) == 3


def test_benchmarks_beside_the_exports_are_found(retention, two_months):
    (two_months / "benchmarks.toml").write_text(
        '[[benchmark]]\nkpi = "revenue"\ntarget = "131.10 EUR"\n', "utf-8"
    )
    found = figures(retention("compute", ".", "--period", "2025-06", "--format", "json").out)
    assert (found["revenue"]["verdict"], found["revenue"]["gap"]) == ("meets", "0.00")


def test_last_month_counts_from_as_of(retention, two_months):
    options = ("--period", "last-month", "--as-of", "2025-06-11", "--format", "json")
    assert json.loads(retention("compute", ".", *options).out)["period"]["label"] == "2025-05"


def test_the_output_file_names_its_format(retention, two_months):
    ran = retention("compute", ".", "--output", "june.csv")
    with (two_months / "june.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["kpi"]: row for row in csv.DictReader(file)}
    assert ran.out == ""
    assert rows["revenue"]["value"] == "131.10"
    assert (two_months / "june.csv").stat().st_mode & 0o777 == 0o644


def test_what_was_read_goes_to_stderr_beside_machine_formats(retention, two_months):
    ran = retention("compute", ".", "--format", "csv")
    assert "6 rows = 6 accepted" in ran.err
    assert retention("compute", ".", "--format", "csv", "--quiet").err == ""


def test_rejected_rows_are_kept_verbatim(retention, two_months):
    file = two_months / "customers.csv"
    file.write_text(file.read_text("utf-8") + '011,"=cmd, x",2025-02-31,,Small\n', "utf-8")
    ran = retention("compute", ".", "--max-rejects", "1", "--period", "2025-06")
    with (two_months / "rejects" / "rejects.csv").open(newline="", encoding="utf-8") as kept:
        (row,) = csv.DictReader(kept)
    assert ran.code == 0
    assert (row["file"], row["row"], row["column"], row["code"], row["value"]) == (
        *("customers.csv", "6", "start_date", "bad-date", "2025-02-31"),
    )
    assert json.loads(row["raw"]) == ["011", "=cmd, x", "2025-02-31", "", "Small"]


def test_too_many_rejects_still_leave_their_file(retention, two_months):
    file = two_months / "customers.csv"
    file.write_text(file.read_text("utf-8") + "011,x,2025-02-31,,Small\n", "utf-8")
    ran = retention("compute", ".", "--period", "2025-06")
    assert ran.code == 3
    assert (two_months / "rejects" / "rejects.csv").exists()


def test_the_rejects_of_the_run_before_are_no_export(retention, two_months):
    file = two_months / "customers.csv"
    file.write_text(file.read_text("utf-8") + "011,x,2025-02-31,,Small\n", "utf-8")
    codes = [retention("compute", ".", "--max-rejects", "1").code for _ in range(2)]
    assert codes == [0, 0]


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_date_order_settles_open_dates(retention, folder, order):
    (folder / "customers.csv").write_text("customer_id,start_date\n1,03/04/2025\n", "utf-8")
    options = ("--date-order", order, "--period", "2025-03", "--format", "json")
    found = figures(retention("compute", ".", *options).out)
    assert found["customers_acquired"]["value"] == (1 if order == "mdy" else None)


def test_decimal_settles_open_amounts(retention, folder):
    (folder / "invoices.csv").write_text("invoice_date;amount\n2025-06-03;1.234\n", "utf-8")
    assert retention("compute", ".").code == 3
    options = ("--decimal", ",", "--currency", "EUR", "--period", "2025-06", "--format", "json")
    revenue = figures(retention("compute", ".", *options).out)["revenue"]
    assert (revenue["value"], revenue["currency"]) == ("1234.00", "EUR")


def test_encoding_and_delimiter_can_be_told(retention, folder):
    text = "customer_id|start_date|segment\n1|2024-01-01|Köln\n"
    (folder / "customers.csv").write_bytes(text.encode("cp1250"))
    ran = retention("check", ".", "--encoding", "cp1250", "--delimiter", "|", "--format", "json")
    (file,) = json.loads(ran.out)["files"]
    assert (file["encoding"], file["delimiter"], file["accepted"]) == ("cp1250", "|", 1)


class TestTheTable:
    def test_piped_it_has_no_colour_and_no_padding(self, retention, two_months):
        out = retention("compute", ".").out
        assert "\x1b" not in out
        assert not any(line.endswith(" ") for line in out.splitlines())

    @pytest.mark.parametrize("width", [80, 120, 200])
    def test_columns_sets_its_width(self, retention, two_months, monkeypatch, width):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = retention("compute", ".").out.splitlines()
        assert max(map(len, lines)) <= width

    def test_no_color_goes_before_force_color(self, retention, two_months, monkeypatch):
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" in retention("compute", ".").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in retention("compute", ".").out
        monkeypatch.delenv("NO_COLOR")
        assert "\x1b" not in retention("compute", ".", "--no-color").out

    def test_names_of_a_file_cannot_speak_to_the_terminal(self, retention, folder):
        (folder / "customers.csv").write_text(
            "customer_id,start_date\n\x1b]0;x\x07[red]1,2025-02-31\n2,2024-01-01\n", "utf-8"
        )
        ran = retention("compute", ".", "--max-rejects", "1")
        assert "\x1b" not in ran.out + ran.err


def test_csv_on_stdout_is_rfc_4180(retention, two_months):
    rows = list(csv.reader(io.StringIO(retention("compute", ".", "--format", "csv").out)))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][:4] == ["period", "period_start", "period_end", "kpi"]


def test_by_a_column_there_is_a_line_for_each_value(retention, customers):
    ran = retention(
        "compute", customers, "--period", "2025-06", "--by", "SEGMENT", "--format", "json"
    )
    rates = [one for one in json.loads(ran.out)["figures"] if one["kpi"] == "retention_rate"]
    assert [(one["group"], one["value"], one["n"]) for one in rates] == [
        (None, 2 / 3, 3),
        ({"by": "SEGMENT", "value": "Large"}, 1, 1),
        ({"by": "SEGMENT", "value": "Small"}, 0.5, 2),
    ]


def test_groups_that_differ_in_case_or_spaces_alone_are_said(retention, folder):
    rows = ["1,2025-01-01,Gold", "2,2025-01-01,gold", "3,2025-05-02,Sil ver", "4,2025-07-02,Tin"]
    (folder / "a.csv").write_text("\n".join(["customer_id,start_date,plan", *rows]), "utf-8")
    said = " ".join(retention("compute", "a.csv", "--by", "plan").out.split())
    assert "--by plan: 'Gold', 'gold' are groups of their own; if they are one, write" in said
    assert "Tin'" not in said


def test_by_a_column_csv_names_it_and_the_value(retention, customers):
    ran = retention(
        "compute", customers, "--period", "2025-06", "--by", "segment", "--format", "csv"
    )
    rates = [row for row in csv.DictReader(io.StringIO(ran.out)) if row["kpi"] == "retention_rate"]
    assert [(row["group_by"], row["group"], row["n"]) for row in rates] == [
        *(("", "", "3"), ("segment", "Large", "1"), ("segment", "Small", "2")),
    ]


def test_a_column_that_no_export_has_is_answered_with_the_nearest(retention, customers):
    ran = retention("compute", customers, "--by", "segmnt")
    assert (ran.code, ran.err.splitlines()[-2:]) == (
        2,
        ["error: --by: unknown column 'segmnt'", "hint: did you mean 'segment'?"],
    )


def test_a_missed_target_of_a_group_is_named_with_it(retention, customers):
    plan = '[[benchmark]]\nkpi = "retention_rate"\ntarget = 0.9\nsegment = { Segment = "Small" }\n'
    (customers.parent / "benchmarks.toml").write_text(plan, "utf-8")
    ran = retention("compute", ".", "--period", "2025-06", "--by", "segment", "--fail-on-miss")
    assert ran.code == 1
    assert "missed: retention_rate (Small): misses" in ran.err


def test_customers_without_a_value_have_a_name_in_the_table(retention, customers):
    text = customers.read_text("utf-8").replace("Ann,2024-05-01,,Small", "Ann,2024-05-01,,")
    customers.write_text(text, "utf-8")
    table = retention("compute", customers, "--period", "2025-06", "--by", "segment").out
    assert "  no segment " in table
    markdown = retention(
        *("compute", customers, "--period", "2025-06", "--by", "segment", "--format", "markdown")
    ).out
    assert "| Customer retention rate (segment: no segment) | 100.0 % |" in markdown


def test_every_column_that_needs_a_decision_is_told_at_once(retention, folder):
    (folder / "invoices.csv").write_text(
        "invoice_date,amount,cost\n03/04/2025,1.234,\n04/05/2025,2.345,\n", "utf-8"
    )
    ran = retention("compute", "invoices.csv")
    assert ran.code == 3
    assert [line for line in ran.err.splitlines() if line.startswith(("error", "hint"))] == [
        "error: invoices.csv: invoice_date: '03/04/2025' may be 2025-04-03 or 2025-03-04",
        "hint: the day or the month may come first: choose with --date-order dmy or --date-order mdy",
        "error: invoices.csv: amount: '1.234' may be 1.234 or 1234",
        "hint: choose the decimal mark: --decimal . or --decimal ,",
    ]
