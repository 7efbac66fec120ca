"""Real public exports, with the figures their SOURCE.md states, where they are beside us."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from fractions import Fraction

import pytest

from retention_cli.cli import run

pytestmark = [pytest.mark.shared, pytest.mark.sweep]

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
def test_online_retail_revenue_and_rows_without_customer(  # one row of the source
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
    """One market is taken by the words of the settings: other markets are not answers of its own."""

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


@pytest.mark.parametrize("folder", ["", "danieldemoz/", "arnicici/"])
def test_ecommerce_churn_and_satisfaction_from_one_workbook(computed, folder):
    settings = """
        [[export]]
        file = "E Commerce Dataset.xlsx"
        kind = "customers"
        [[export]]
        file = "E Commerce Dataset.xlsx"
        kind = "surveys"
        [export.columns]
        score = "SatisfactionScore"
        [export.constants]
        kind = "csat"
        scale_max = "5"
    """
    name = f"ecommerce-churn/{folder}E Commerce Dataset.xlsx"
    figures, data = computed(name, settings=settings)
    assert figures["churn_rate"]["parts"] == {"CS": 5630, "lost": 948}
    assert figures["churn_rate"]["value"] == pytest.approx(0.16838366, abs=1e-8)
    assert figures["retention_rate"]["value"] == pytest.approx(0.83161634, abs=1e-8)
    assert figures["csat"]["value"] == pytest.approx(0.38756661, abs=1e-8)
    assert (figures["csat"]["n"], figures["csat"]["period"]) == (5630, "as-exported")
    sheet = "E Commerce Dataset" if "daniel" in folder else "E Comm"
    assert {(file["sheet"], file["accepted"]) for file in data["files"]} == {(sheet, 5630)}
    passed_over = [one["message"] for one in data["warnings"] if one["code"] == "sheet-not-read"]
    named = "sheets 'Data Dict' and 'Sheet2' are not read"
    assert [message.startswith(named) for message in passed_over] == [True] * (folder[:1] == "a")


def test_call_centre_tickets_and_answers_from_one_workbook(computed):
    """The flag is known of unanswered calls too, so first-call resolution is over all 5,000."""
    settings = """
        [[export]]
        file = "*Call-Center-Dataset.xlsx"
        kind = "tickets"
        [export.columns]
        first_contact_resolved = "Resolved"
        [[export]]
        file = "*Call-Center-Dataset.xlsx"
        kind = "surveys"
        [export.columns]
        response_id = "Call Id"
        responded_at = "Date"
        score = "Satisfaction rating"
        [export.constants]
        kind = "csat"
        scale_max = "5"
    """
    name = "tickets-pwc-callcentre/01 Call-Center-Dataset.xlsx"
    figures, data = computed(name, settings=settings, period="2021-Q1")
    assert [(file["kind"], file["accepted"]) for file in data["files"]] == [
        ("tickets", 5_000),
        ("surveys", 5_000),
    ]
    resolved = figures["first_contact_resolution"]
    assert (resolved["parts"], resolved["n"]) == ({"known": 5_000, "first_contact": 3_646}, 5_000)
    assert resolved["value"] == pytest.approx(0.7292, abs=1e-12)
    answered = figures["first_response_time"]
    assert (answered["value"], answered["n"]) == (pytest.approx(67.520720, abs=5e-7), 4_054)
    assert figures["first_response_median"]["value"] == 68
    assert figures["unanswered_tickets"]["value"] == 946
    csat = figures["csat"]
    assert (csat["value"], csat["n"]) == (pytest.approx(0.49901332, abs=5e-9), 4_054)
    assert csat["parts"]["satisfied"] == 2_023


@pytest.mark.parametrize(
    ("period", "numbers", "revenue"),
    [
        ("2010-12", 2_025, "748957.02"),
        pytest.param("2011-01", 1_031, "447433.70", marks=pytest.mark.slow),
    ],
)
def test_online_retail_as_a_workbook(computed, period, numbers, revenue):
    settings = """
        [[export]]
        file = "Online Retail.xlsx"
        kind = "invoices"
        [export.columns]
        amount = { multiply = ["Quantity", "UnitPrice"] }
    """
    figures, data = computed(
        "online-retail-uci/Online Retail.xlsx", settings=settings, period=period
    )
    (file,) = data["files"]
    assert (file["rows"], file["accepted"], file["sheet"]) == (70_051, 70_051, "Online Retail")
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == (revenue, numbers)
    warned = {one["code"]: one["count"] for one in data["warnings"]}
    assert (warned["no-customer"], warned["equal-rows"]) == (27_275, 666)


def test_superstore_margins_by_a_recipe(computed):
    name = "superstore/Sample - Superstore.csv"
    figures, _ = computed(name, settings=SUPERSTORE, period="2016-01-01..2019-12-31")
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


# Northwind: the order has the customer and the day, its lines the amounts, so they are joined here.


def northwind_lines(source, folder):
    with (source / "orders.csv").open(encoding="utf-8", newline="") as file:
        orders = {row["orderID"]: row for row in csv.DictReader(file)}
    with (source / "order_details.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    with (folder / "lines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["orderID", "customerID", "orderDate", "unitPrice", "quantity", "share"])
        for line in lines:
            order, share = orders[line["orderID"]], 1 - Decimal(line["discount"])
            head = (line["orderID"], order["customerID"], order["orderDate"])
            writer.writerow([*head, line["unitPrice"], line["quantity"], share])


NORTHWIND_LINES = """
    [[export]]
    file = "lines.csv"
    kind = "invoices"
    [export.columns]
    invoice_id = "orderID"
    invoice_date = "orderDate"
    amount = { multiply = ["unitPrice", "quantity", "share"] }
"""
FREIGHT = """
    [[export]]
    file = "orders.csv"
    kind = "costs"
    [export.columns]
    amount = "freight"
    cost_date = "orderDate"
"""
ALL_OF_NORTHWIND = "1996-07-04..1998-05-06"


def test_northwind_net_revenue_of_its_89_buyers(computed):
    figures, data = computed(
        "northwind", settings=NORTHWIND_LINES, period=ALL_OF_NORTHWIND, convert=northwind_lines
    )
    (file,) = data["files"]
    assert (file["rows"], file["accepted"]) == (2_155, 2_155)
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == ("1265793.0395", 830)
    assert figures["average_purchase_value"]["value"] == "1525.0519"
    assert figures["repeat_purchase_rate"]["n"] == 89


@pytest.mark.parametrize(("year", "orders"), [("1996", 152), ("1997", 408), ("1998", 270)])
def test_northwind_orders_of_a_year(computed, year, orders):
    figures, _ = computed(
        "northwind", settings=NORTHWIND_LINES, period=year, convert=northwind_lines
    )
    assert figures["revenue"]["n"] == orders


def test_northwind_customers_kept(computed):
    figures, _ = computed(
        "northwind", settings=NORTHWIND_LINES, period="1998", convert=northwind_lines
    )
    kept = figures["retention_rate"]
    assert (kept["parts"]["CS"], kept["parts"]["CE"], kept["basis"]) == (86, 81, "activity")
    assert kept["value"] == pytest.approx(79 / 86, abs=1e-12)


def test_northwind_margin_with_freight_as_the_only_cost(computed):
    def both(source, folder):
        northwind_lines(source, folder)
        shutil.copy(source / "orders.csv", folder)

    figures, _ = computed(
        "northwind", settings=NORTHWIND_LINES + FREIGHT, period=ALL_OF_NORTHWIND, convert=both
    )
    margin = figures["account_margin"]
    assert (margin["parts"]["accounts"], margin["parts"]["cost"]) == (89, "64942.69")
    assert margin["value"] == pytest.approx(0.94869407, abs=1e-8)


@pytest.mark.parametrize(
    ("name", "settings", "rows", "ragged"),
    [("orders.csv", FREIGHT, 830, 176), ("customers.csv", "", 91, 24)],
)
def test_northwind_ragged_lines_are_named_one_by_one(  # noqa: PLR0917  # fixtures and a case
    shared_data, tmp_path, monkeypatch, capsys, name, settings, rows, ragged
):
    source = shared_data / "northwind" / "ragged" / name
    shutil.copy(source, tmp_path)
    (tmp_path / "retention.toml").write_text(settings, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["check", ".", "--format", "json", "--rejects", "rejects.csv"]) == 3
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["rows"], file["accepted"], file["rejected"]) == (rows, rows - ragged, ragged)
    fields = [line.count(",") for line in source.read_text("utf-8").splitlines()]
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as rejected:
        named = [int(row["row"]) for row in csv.DictReader(rejected)]
    commas = [number for number, count in enumerate(fields, 1) if count > fields[0]]
    assert named == commas


def test_ravenstack_satisfaction_from_the_ticket_export(computed):
    settings = """
        [[export]]
        file = "ravenstack_support_tickets.csv"
        kind = "tickets"
        [[export]]
        file = "ravenstack_support_tickets.csv"
        kind = "surveys"
        [export.columns]
        score = "satisfaction_score"
        responded_at = "closed_at"
        [export.constants]
        kind = "csat"
        scale_max = "5"
    """
    figures, data = computed(
        "ravenstack/ravenstack_support_tickets.csv",
        settings=settings,
        period="2023-01-01..2025-12-31",
    )
    csat = figures["csat"]
    assert (csat["n"], csat["parts"]["satisfied"]) == (1_175, 405 + 374)
    assert csat["value"] == pytest.approx(0.66297872, abs=1e-8)
    assert figures["csat_mean"]["value"] == pytest.approx((3.981277 - 1) / 4, abs=1e-6)
    assert figures["first_response_time"]["n"] == 2_000
    assert [file["accepted"] for file in data["files"]] == [2_000, 2_000]


@pytest.mark.parametrize(
    ("period", "starters", "kept"),
    [("2024", 648, 581), ("2024-07-01..2024-12-31", 1_742, 1_636), ("2024-12", 3_754, 3_664)],
)
def test_ravenstack_subscriptions_kept(computed, period, starters, kept):
    settings = """
        [[export]]
        file = "ravenstack_subscriptions.csv"
        kind = "customers"
        [export.columns]
        customer_id = "subscription_id"
    """
    name = "ravenstack/ravenstack_subscriptions.csv"
    figures, _ = computed(name, settings=settings, period=period)
    rate = figures["retention_rate"]
    assert (rate["n"], rate["basis"]) == (starters, "dates")
    assert rate["value"] == pytest.approx(kept / starters, abs=1e-12)


SUPERSTORE = """
    [[export]]
    file = "Sample - Superstore.csv"
    kind = "invoices"
    [export.columns]
    amount = "Sales"
    cost = { subtract = ["Sales", "Profit"] }
"""


@pytest.mark.parametrize(
    ("year", "sales", "profit"),
    [
        ("2016", "484247.4981", "49543.9741"),
        ("2017", "470532.5090", "61618.6037"),
        ("2018", "609205.5980", "81795.1743"),
        ("2019", "733215.2552", "93439.2696"),
    ],
)
def test_superstore_sales_and_margin_of_a_year(computed, year, sales, profit):
    name = "superstore/Sample - Superstore.csv"
    figures, _ = computed(name, settings=SUPERSTORE, period=year)
    assert Decimal(figures["revenue"]["value"]) == Decimal(sales)
    share = Fraction(profit) / Fraction(sales)
    assert figures["account_margin"]["value"] == pytest.approx(float(share), abs=1e-12)
    assert figures["gross_margin"]["value"] == pytest.approx(float(share), abs=1e-12)


@pytest.mark.parametrize(("year", "starters", "kept"), [("2018", 573, 452), ("2019", 638, 558)])
def test_superstore_customers_kept(computed, year, starters, kept):
    name = "superstore/Sample - Superstore.csv"
    figures, _ = computed(name, settings=SUPERSTORE, period=year)
    assert figures["retention_rate"]["n"] == starters
    assert figures["retention_rate"]["value"] == pytest.approx(kept / starters, abs=1e-12)


def test_superstore_accounts_by_profit(shared_data, tmp_path, monkeypatch, capsys):
    shutil.copy(shared_data / "superstore" / "Sample - Superstore.csv", tmp_path)
    (tmp_path / "retention.toml").write_text(SUPERSTORE, "utf-8")
    monkeypatch.chdir(tmp_path)
    period = ("--period", "2016-01-01..2019-12-31")
    assert run(["accounts", ".", *period, "--format", "json", "--quiet"]) == 0
    result = json.loads(capsys.readouterr().out)
    ranked = [
        (one["customer_id"], one["revenue"], one["profit"], round(one["margin"] * 100, 4))
        for one in result["accounts"]
    ]
    assert ranked[0] == ("TC-20980", "19052.218", "8981.3239", 47.1406)
    assert ranked[1] == ("RB-19360", "15117.339", "6976.0959", 46.1463)
    assert ranked[-2] == ("GT-14635", "9351.212", "-4108.6589", -43.9372)
    assert ranked[-1] == ("CS-12505", "5690.055", "-6626.3895", -116.4556)
    assert ("CG-12520", "1148.78", "169.9344", 14.7926) in ranked
    assert result["totals"]["profit"] == "286397.0217"


def test_superstore_sales_per_order(computed):
    name = "superstore/Sample - Superstore.csv"
    figures, _ = computed(name, settings=SUPERSTORE, period="2016-01-01..2019-12-31")
    assert figures["average_purchase_value"]["value"] == "458.6147"


def test_chinook_value_of_an_invoice(computed):
    figures, _ = computed(
        "chinook/Customer.csv", "chinook/Invoice.csv", period="2009-01-01..2013-12-31"
    )
    assert figures["average_purchase_value"]["value"] == "5.6519"


def test_chinook_lines_add_up_to_the_invoices(computed):
    settings = """
        [[export]]
        file = "InvoiceLine.csv"
        kind = "invoices"
        [export.columns]
        amount = { multiply = ["UnitPrice", "Quantity"] }
        [export.constants]
        invoice_date = "2013-12-22"
    """
    figures, _ = computed("chinook/InvoiceLine.csv", settings=settings, period="2013-12")
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == ("2328.60", 412)


@pytest.mark.parametrize(
    ("column", "total", "rows"),
    [("MonthlyCharges", "456116.60", 7_043), ("TotalCharges", "16056168.70", 7_032)],
)
def test_telco_charges_and_the_blank_ones(computed, column, total, rows):
    settings = f"""
        [[export]]
        file = "Telco-Customer-Churn.csv"
        kind = "invoices"
        [export.columns]
        amount = "{column}"
        [export.constants]
        invoice_date = "2025-06-30"
    """
    name = "telco-ibm/Telco-Customer-Churn.csv"
    figures, data = computed(name, settings=settings, period="2025-06")
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == (total, rows)
    assert data["files"][0]["rejected"] == 7_043 - rows


def test_telco_without_customer_ids_has_no_figure_per_customer_and_keeps_equal_rows(computed):
    settings = """
        [[export]]
        file = "*.csv"
        kind = "invoices"
        [export.columns]
        amount = "MonthlyCharges"
        [export.constants]
        invoice_date = "2025-06-30"
    """
    name = "telco-ibm/no-customer-id/WA_Fn-UseC_-Telco-Customer-Churn.csv"
    figures, data = computed(name, settings=settings, period="2025-06")
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == ("456116.60", 7_043)
    for kpi in ("account_margin", "purchase_frequency", "retention_rate", "churn_rate"):
        assert figures[kpi]["value"] is None, kpi
    assert data["files"][0]["accepted"] == 7_043


def test_foodie_fi_payments(computed):
    settings = """
        [[export]]
        file = "payments.csv"
        kind = "invoices"
        [export.columns]
        invoice_date = "payment_date"
    """
    figures, data = computed("foodie-fi/archis0605/payments.csv", settings=settings, period="2020")
    assert (figures["revenue"]["value"], figures["revenue"]["n"]) == ("23493.50", 1_000)
    assert figures["repeat_purchase_rate"]["n"] == 183
    assert data["files"][0]["accepted"] == 1_000


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ("2020-07-01..2020-12-31", (395, 745, 406)),
        ("2020-Q4", (585, 745, 203)),
        ("2020-12", (689, 745, 74)),
    ],
)
def test_foodie_fi_paying_customers_kept(computed, period, counts):
    """Plan changes are not spells: a customer pays from the first paid plan to plan 4, the end."""

    def to_spells(source, folder):
        with source.open(encoding="ascii", newline="") as file:
            rows = sorted(csv.reader(file, delimiter=";"), key=lambda row: (row[0], row[2]))
        starts, ends = {}, {}
        for customer, plan, day in rows:
            if plan in {"1", "2", "3"}:
                starts.setdefault(customer, day)
            elif plan == "4":
                ends[customer] = day
        lines = [f"{one},{day},{ends.get(one, '')}" for one, day in starts.items()]
        text = "\n".join(["customer_id,start_date,end_date", *lines])
        (folder / "spells.csv").write_text(text, "ascii")

    figures, _ = computed("foodie-fi/subscriptions.csv", period=period, convert=to_spells)
    rate = figures["retention_rate"]
    assert tuple(rate["parts"][name] for name in ("CS", "CE", "CN")) == counts
    starters, at_end, new = counts
    assert rate["value"] == pytest.approx((at_end - new) / starters, abs=1e-12)


@pytest.mark.parametrize(
    ("period", "starters", "at_end", "kept"),
    [
        *(("2019-01", 12, 13, 12), ("2019-02", 13, 13, 12), ("2019-03", 13, 14, 12)),
        *(("2019-04", 14, 17, 14), ("2019-08", 26, 26, 23), ("2019-12", 42, 28, 25)),
        *(("2020-01", 28, 4, 0), ("2019", 12, 28, 7), ("2019-07-01..2019-12-31", 22, 28, 12)),
    ],
)
def test_mrr_playbook_customers_kept(computed, period, starters, at_end, kept):
    name = "dbt-mrr-playbook/subscription_periods.csv"
    figures, _ = computed(name, period=period)
    rate = figures["retention_rate"]
    assert (rate["parts"]["CS"], rate["parts"]["CE"]) == (starters, at_end)
    assert rate["value"] == pytest.approx(kept / starters, abs=1e-12)


@pytest.mark.parametrize(
    ("files", "settings", "period", "totals"),
    [
        pytest.param(
            ("superstore/Sample - Superstore.csv",),
            SUPERSTORE,
            "2016-01-01..2019-12-31",
            {"revenue": "2297200.8603", "profit": "286397.0217"},
            id="superstore",
        ),
        pytest.param(
            ("chinook/Customer.csv", "chinook/Invoice.csv"),
            "",
            "2009-01-01..2013-12-31",
            {"revenue": "2328.60", "profit": None},
            id="chinook",
        ),
        pytest.param(
            ("northwind",),
            NORTHWIND_LINES,
            ALL_OF_NORTHWIND,
            {"revenue": "1265793.0395", "profit": None},
            id="northwind",
        ),
    ],
)
def test_accounts_add_up_to_the_sums_of_the_source(  # noqa: PLR0917  # fixtures and a case
    shared_data, tmp_path, monkeypatch, capsys, files, settings, period, totals
):
    for file in files:
        if file == "northwind":
            northwind_lines(shared_data / file, tmp_path)
        else:
            shutil.copy(shared_data / file, tmp_path)
    (tmp_path / "retention.toml").write_text(settings, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["accounts", ".", "--period", period, "--format", "json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {name: told["totals"][name] for name in totals} == totals
    accounts = sum(Decimal(one["revenue"]) for one in told["accounts"])
    assert accounts + Decimal(told["unallocated"]["revenue"]) == Decimal(totals["revenue"])
