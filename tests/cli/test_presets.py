"""Presets on the command line: what `check` says of them, and `--preset`."""

from __future__ import annotations

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from preset_samples import EXPORTS
from retention_cli import reports
from retention_cli.cli import run
from retention_cli.loading.one_file import read_parts
from retention_cli.mapping.presets import names, preset
from retention_cli.runs.draft import draft
from retention_cli.runs.options import Request
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

STRIPE = "stripe-payments.csv"


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Run a command over samples in a folder of their own; give its code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments, files=(), settings=""):
        for name in files:
            shutil.copy(EXPORTS / name, tmp_path / name)
        (tmp_path / "retention.toml").write_text(settings, "utf-8")
        code = run(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def rows(name, settings):
    parts = list(read_parts(Located(EXPORTS / name), settings))
    return [(part.kind, part.table.to_pylist()) for part in parts]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if place % 3 else [])
        for place, name in enumerate(names())
        if not preset(name).only_by_hand
    ],
)
def test_settings_that_init_writes_read_an_export_as_its_preset_does(name, tmp_path):
    drafted = draft(Request([Located(EXPORTS / f"{name}.csv")]))
    place = tmp_path / "retention.toml"
    text = reports.renderer("retention", of="drafts")(drafted)
    place.write_text(text, "utf-8")
    assert f'preset = "{name}"' in text
    assert rows(f"{name}.csv", Settings.load(place)) == rows(f"{name}.csv", Settings())


def figure(out, kpi):
    return next(one for one in json.loads(out)["figures"] if one["kpi"] == kpi)


def test_check_names_the_preset_and_why_each_column_is_taken(told):
    code, out, _ = told("check", STRIPE, "--format", "json", files=[STRIPE])
    (file,) = json.loads(out)["files"]
    assert (code, file["preset"], file["kind"], file["verdict"]) == (
        *(0, "stripe-payments", "invoices", "ready"),
    )
    because = {one["column"]: one["because"] for one in file["columns"]}
    assert because["customer_id"] == "preset stripe-payments"
    assert because["amount"].startswith("preset stripe-payments; ")
    assert because["Customer Email"] == "kept as it is"
    assert (file["rows"], file["accepted"], file["skipped"]) == (5, 4, 1)


def test_check_says_in_words_what_the_preset_takes_for_granted(told):
    _, out, _ = told("check", STRIPE, files=[STRIPE])
    text = " ".join(out.split())
    assert "invoices · preset stripe-payments, 100.0 % sure · utf-8" in text
    assert "an amount is what was paid less what was refunded" in text
    assert "left out: it is a payment in test mode (skipped)" in text
    assert "amounts include sales tax, which the export does not separate" in text


def test_a_folder_of_exports_as_they_came_gives_the_figures(told):
    files = [STRIPE, "stripe-customers.csv", "zendesk-tickets.csv", "typeform-responses.csv"]
    settings = 'time_zone = "Europe/Berlin"\n'
    code, out, _ = told(
        *("compute", ".", "--period", "2026-06", "--format", "json", "--quiet"),
        files=files,
        settings=settings,
    )
    assert code == 0
    # The payment of the last half hour of June, UTC, is one of July in Berlin.
    revenue = figure(out, "revenue")
    assert (revenue["value"], revenue["currency"]) == ("37.50", "EUR")
    assert revenue["notes"] == ["including tax"]
    csat = figure(out, "csat")
    assert (csat["value"], csat["n"]) == (0.5, 2)
    assert figure(out, "survey_response_rate")["n"] >= 3
    assert figure(out, "first_response_time")["value"] == (2520 + 61800 + 900) / 3
    for file in json.loads(out)["data"]["files"]:
        assert file["accepted"] + file["rejected"] + file["skipped"] == file["rows"]


@pytest.mark.parametrize(
    ("tax", "value", "notes"),
    [
        ("included 25%", "30.00", ["tax of 25 % taken out"]),
        ("none", "37.50", []),
    ],
)
def test_tax_that_the_settings_speak_of_is_no_longer_in_the_amounts(told, tax, value, notes):
    settings = f'time_zone = "Europe/Berlin"\ntax = "{tax}"\n'
    _, out, _ = told(
        *("compute", STRIPE, "--period", "2026-06", "--format", "json", "--quiet"),
        files=[STRIPE],
        settings=settings,
    )
    revenue = figure(out, "revenue")
    assert (revenue["value"], revenue["notes"]) == (value, notes)


def test_rows_that_are_left_out_are_in_the_rejects_file_as_they_stood(told, tmp_path):
    told(
        *("compute", "xero-sales-invoices.csv", "--period", "2026-06", "--rejects", "r.csv"),
        files=["xero-sales-invoices.csv"],
    )
    text = (tmp_path / "r.csv").read_text("utf-8")
    assert text.count("not-an-invoice") == 2
    assert "Paper Mill" in text
    assert "text-line" in text


def test_exports_that_hold_the_same_money_are_not_added_up(told):
    files = [STRIPE, "stripe-invoices.csv"]
    code, _, err = told("compute", ".", files=files)
    assert code == 3
    assert "stripe-payments.csv: holds the same money as stripe-invoices.csv" in err
    assert "hint: give one of the two" in err


def test_deals_are_no_invoices_unless_somebody_says_so(told):
    code, _, err = told("compute", "hubspot-deals.csv", files=["hubspot-deals.csv"])
    assert code == 3
    assert "looks like deals of HubSpot" in err
    assert "--preset hubspot-deals" in err
    code, out, _ = told(
        *("compute", "hubspot-deals.csv", "--preset", "hubspot-deals", "--period", "2026-06"),
        *("--format", "json", "--quiet"),
    )
    assert code == 0
    assert figure(out, "revenue")["value"] == "15250.50"


@pytest.mark.parametrize("option", ["--sheet", "--delimiter", "--encoding"])
def test_how_to_read_files_that_there_are_not_is_refused(retention, folder, option):
    content = b"customer_id,start_date\n1,2025-01-01\n"
    if option == "--sheet":
        (folder / "a.csv").write_bytes(content)
    else:
        table = pa.table({"customer_id": ["1"], "start_date": ["2025-01-01"]})
        pq.write_table(table, folder / "a.parquet")
    ran = retention("compute", ".", option, "utf-8")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {option} utf-8: has no effect: no file is ")


@pytest.mark.parametrize("command", ["compute", "accounts", "check"])
def test_a_preset_that_fits_no_file_says_what_is_missing(told, command):
    code, _, err = told(command, STRIPE, "--preset", "xero-sales-invoices", files=[STRIPE])
    assert code == 2
    assert (
        "error: --preset xero-sales-invoices: fits none of the files: stripe-payments.csv has no"
        " column 'LineAmount'" in err
    )


def test_a_file_that_is_of_no_kind_says_why_the_preset_does_not_fit(told, tmp_path):
    (tmp_path / "a.csv").write_text("A,B\n1,2\n", "utf-8")
    code, _, err = told("compute", "a.csv", "--preset", "xero-sales-invoices")
    assert code == 3
    assert "xero-sales-invoices does not fit: it has no column 'LineAmount'" in err


def test_an_unknown_preset_is_a_mistake_of_usage(told):
    code, _, err = told("compute", STRIPE, "--preset", "stripe-payment", files=[STRIPE])
    assert code == 2
    assert "unknown preset 'stripe-payment'" in err
    assert "did you mean 'stripe-payments'?" in err


def test_a_rule_of_the_settings_goes_before_the_preset(told):
    settings = (
        f'[[export]]\nfile = "{STRIPE}"\nkind = "invoices"\n'
        '[export.columns]\namount = "Amount"\n'
        '[export.values.status]\nRefunded = "billed"\n'
    )
    _, out, _ = told(
        *("compute", ".", "--period", "2026-06", "--format", "json", "--quiet"),
        files=[STRIPE],
        settings=settings,
    )
    reason = figure(out, "revenue")["reason"]
    assert reason is not None
    assert "EUR and USD" in reason
