"""Real public exports, with the figures their SOURCE.md states, where they stand beside us."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from retention_cli.cli import run

pytestmark = pytest.mark.shared

KEPT_IN_A_YEAR = [("2010", 46, 33), ("2011", 46, 34), ("2012", 47, 35), ("2013", 47, 34)]
KEPT_IN_A_QUARTER = [
    *(("1997-Q2", 23570, 5376), ("1997-Q3", 5376, 2289), ("1997-Q4", 4263, 2063)),
    *(("1998-Q1", 4221, 1954), ("1998-Q2", 3817, 1760)),
]


@pytest.fixture
def computed(shared_data, tmp_path, monkeypatch, capsys):
    """Compute over copies of some public files, with a settings file, and give the result."""

    def compute(*files, settings="", period=None, convert=None):
        for file in files:
            source = shared_data / file
            if convert:
                convert(source, tmp_path)
            else:
                shutil.copy(source, tmp_path / source.name)
        (tmp_path / "retention.toml").write_text(settings, "utf-8")
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        options = ["--period", period] if period else []
        assert run(["compute", ".", *options, "--format", "json", "--quiet"]) == 0
        result = json.loads(capsys.readouterr().out)
        return {line["kpi"]: line for line in result["figures"]}, result["data"]

    return compute


def test_telco_churn_by_flag(computed):
    figures, data = computed("telco-ibm/Telco-Customer-Churn.csv")
    churn, kept = figures["churn_rate"], figures["retention_rate"]
    assert (churn["n"], churn["parts"]["lost"], churn["basis"]) == (7043, 1869, "flag")
    assert churn["value"] == pytest.approx(0.26536987, abs=1e-8)
    assert kept["value"] == pytest.approx(0.73463013, abs=1e-8)
    assert (kept["period"], data["files"][0]["accepted"]) == ("as-exported", 7043)


@pytest.mark.parametrize(("year", "starters", "kept"), KEPT_IN_A_YEAR)
def test_chinook_customers_kept(computed, year, starters, kept):
    figures, _ = computed("chinook/Customer.csv", "chinook/Invoice.csv", period=year)
    rate = figures["retention_rate"]
    assert (rate["n"], rate["basis"]) == (starters, "activity")
    assert rate["value"] == pytest.approx(kept / starters, abs=1e-12)


@pytest.mark.parametrize(
    ("period", "invoices", "revenue"),
    [
        *(("2009", 83, "449.46"), ("2010", 83, "481.45"), ("2011", 83, "469.58")),
        *(
            ("2012", 83, "477.53"),
            ("2013", 80, "450.58"),
            ("2009-01-01..2013-12-31", 412, "2328.60"),
        ),
    ],
)
def test_chinook_revenue(computed, period, invoices, revenue):
    figures, _ = computed("chinook/Customer.csv", "chinook/Invoice.csv", period=period)
    assert (figures["revenue"]["n"], figures["revenue"]["value"]) == (invoices, revenue)


@pytest.mark.parametrize(
    ("period", "rows", "numbers", "revenue", "nobody"),
    [
        ("2011-10", 60_742, 2_637, "1070704.67", 10_047),
        ("2011-11", 84_711, 3_462, "1461756.25", 19_113),
    ],
)
def test_online_retail_revenue_and_rows_without_customer(  # noqa: PLR0917  # one row of the source
    computed, period, rows, numbers, revenue, nobody
):
    settings = """
        [[export]]
        file = "online_retail_*.csv"
        kind = "invoices"
        [export.columns]
        amount = { multiply = ["Quantity", "UnitPrice"] }
        [export.constants]
        currency = "GBP"
    """
    name = f"online-retail-uci/online_retail_{period}.csv"
    figures, data = computed(name, settings=settings, period=period)
    (file,) = data["files"]
    assert (file["rows"], file["accepted"]) == (rows, rows)
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == (revenue, numbers)
    assert figures["revenue"]["currency"] == "GBP"
    assert {w["code"]: w["count"] for w in data["warnings"]}["no-customer"] == nobody


def test_cdnow_totals_and_equal_rows_kept(computed):
    figures, data = computed("cdnow/CDNOW_master.txt", period="1997-01-01..1998-06-30")
    (file,) = data["files"]
    assert (file["rows"], file["accepted"], file["skipped"]) == (69_659, 69_659, 0)
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == ("2500315.63", 69_659)
    assert figures["repeat_purchase_rate"]["n"] == 23_570
    assert {w["code"]: w["count"] for w in data["warnings"]}["equal-rows"] == 255


def test_cdnow_equal_rows_can_be_left_out(computed):
    settings = 'duplicates = "drop"\n'
    _, data = computed("cdnow/CDNOW_master.txt", settings=settings, period="1998-Q2")
    (file,) = data["files"]
    assert (file["accepted"], file["skipped"]) == (69_659 - 255, 255)


@pytest.mark.parametrize(("quarter", "starters", "kept"), KEPT_IN_A_QUARTER)
def test_cdnow_customers_kept(computed, quarter, starters, kept):
    settings = 'activity_window = "3 months"\n'
    figures, _ = computed("cdnow/CDNOW_master.txt", settings=settings, period=quarter)
    assert figures["retention_rate"]["n"] == starters
    assert figures["retention_rate"]["value"] == pytest.approx(kept / starters, abs=1e-12)


@pytest.mark.parametrize(
    ("market", "nps", "answers"),
    [(None, 11.8, 5_000), ("UK", 8.4884, 1_720), ("US", 9.9326, 1_631), ("MEX", 17.1013, 1_649)],
)
def test_nps_of_a_bank_overall_and_by_market(computed, market, nps, answers):
    """One market is taken by the words of the settings: other markets are no answers of its own."""

    def of_market(source, folder):
        head, *rows = source.read_text("ascii").splitlines()
        kept = [row for row in rows if market is None or row.split(",")[1] == market]
        (folder / source.name).write_text("\n".join([head, *kept]), "ascii")

    settings = """
        [[export]]
        file = "NPS_timeseries_data.csv"
        kind = "surveys"
        [export.columns]
        response_id = "ID"
        responded_at = "Survey date"
        score = "NPS"
        [export.constants]
        kind = "nps"
    """
    name = "nps-retail-bank/NPS_timeseries_data.csv"
    figures, _ = computed(name, settings=settings, period="2021", convert=of_market)
    assert figures["nps"]["value"] == pytest.approx(nps, abs=5e-5)
    assert figures["nps"]["n"] == answers
    if market is None:
        assert figures["nps"]["parts"] == {"promoters": 2309, "passives": 972, "detractors": 1719}


@pytest.mark.parametrize(
    ("workbook", "sheet"),
    [("E Commerce Dataset.xlsx", "E Comm"), ("danieldemoz/E Commerce Dataset.xlsx", None)],
)
def test_ecommerce_churn_and_satisfaction_from_one_file(computed, workbook, sheet):
    def to_csv(source, folder):
        book = openpyxl.load_workbook(source, read_only=True)
        rows = (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True)
        lines = (",".join("" if c is None else str(c) for c in row) for row in rows)
        (folder / "shop.csv").write_text("\n".join(lines), "utf-8")

    settings = """
        [[export]]
        file = "shop.csv"
        kind = "customers"
        [[export]]
        file = "shop.csv"
        kind = "surveys"
        [export.columns]
        score = "SatisfactionScore"
        [export.constants]
        kind = "csat"
        scale_max = "5"
    """
    figures, _ = computed(f"ecommerce-churn/{workbook}", settings=settings, convert=to_csv)
    assert figures["churn_rate"]["parts"] == {"CS": 5630, "lost": 948}
    assert figures["churn_rate"]["value"] == pytest.approx(0.16838366, abs=1e-8)
    assert figures["retention_rate"]["value"] == pytest.approx(0.83161634, abs=1e-8)
    assert figures["csat"]["value"] == pytest.approx(0.38756661, abs=1e-8)
    assert (figures["csat"]["n"], figures["csat"]["period"]) == (5630, "as-exported")


def test_superstore_margins_by_a_recipe(computed):
    settings = """
        [[export]]
        file = "Sample - Superstore.csv"
        kind = "invoices"
        [export.columns]
        amount = "Sales"
        cost = { subtract = ["Sales", "Profit"] }
    """
    name = "superstore/Sample - Superstore.csv"
    figures, _ = computed(name, settings=settings, period="2016-01-01..2019-12-31")
    margin = figures["account_margin"]
    assert margin["parts"] == {
        "accounts": 793,
        "revenue": "2297200.8603",
        "cost": "2010803.8386",
    }
    assert margin["value"] == pytest.approx(0.12467217, abs=1e-8)
    assert figures["unprofitable_accounts"]["value"] == 155
    assert figures["revenue"]["n"] == 5_009


def test_ravenstack_response_and_resolution_times(computed):
    figures, _ = computed(
        "ravenstack/ravenstack_support_tickets.csv", period="2023-01-01..2024-12-31"
    )
    response = figures["first_response_time"]
    assert (response["value"], response["n"]) == (pytest.approx(88.48 * 60), 2_000)
    assert figures["first_response_median"]["value"] == 88 * 60
    assert figures["resolution_time"]["value"] == pytest.approx(35.861 * 3600, abs=2)


def test_suraj520_satisfaction_and_a_response_that_cannot_be_told(computed):
    settings = """
        [[export]]
        file = "customer_support_tickets.csv"
        kind = "surveys"
        [export.columns]
        score = "Customer Satisfaction Rating"
        [export.constants]
        kind = "csat"
        scale_max = "5"
        [[export]]
        file = "customer_support_tickets.csv"
        kind = "tickets"
        [export.columns]
        ticket_id = "Ticket ID"
        first_response_at = "First Response Time"
        resolved_at = "Time to Resolution"
    """
    name = "tickets-suraj520/customer_support_tickets.csv"
    figures, data = computed(name, settings=settings, period="2023")
    csat = figures["csat"]
    assert (csat["n"], csat["parts"]["satisfied"]) == (2_769, 1_087)
    assert csat["value"] == pytest.approx(0.39256049, abs=1e-8)
    assert figures["first_response_time"]["value"] is None
    assert "created_at" in figures["first_response_time"]["reason"]
    assert [file["accepted"] for file in data["files"]] == [8_469, 8_469]
