"""Scorecards and checks made by hand, with everything in them that is hard to show."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from retention_cli.benchmarks.benchmarks import Benchmark, Role, Source
from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.findings.file_report import ColumnPlan, Export
from retention_cli.findings.problems import (
    Example,
    Notice,
    Outcome,
    Problem,
    Problems,
    Tally,
)
from retention_cli.kpis.registry import Group, Kpi
from retention_cli.results.check import Check, CheckedFile, Computable, Readiness
from retention_cli.results.scorecard import Line, Scorecard
from retention_cli.values.measures import Better, Measure, Part, Undefined, Unit
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
HOSTILE = "\x1b[31m[red]Acme[/red]\x1b[0m\u202e=cmd|' /C calc'!A0"
FORMULA = "=cmd|' /C calc'!A0"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH"
EUR = 10_000

BOARD = Source(name="Brambeck board plan", year=2025)


def kpi(name, title, unit, group, better=Better.HIGHER):
    return Kpi(
        name=name,
        title=title,
        unit=unit,
        better=better,
        group=group,
        place=10,
        compute=lambda: None,
        inputs=(),
        doc="",
    )


RETENTION = kpi("retention_rate", "Customer retention rate", Unit.RATIO, Group.RETENTION)
CHURN = kpi("churn_rate", "Customer churn rate", Unit.RATIO, Group.RETENTION, Better.LOWER)
ACQUIRED = kpi("customers_acquired", "Customers acquired", Unit.COUNT, Group.RETENTION)
NRR = kpi("net_revenue_retention", "Net revenue retention (NRR)", Unit.RATIO, Group.RETENTION)
WEIGHTED = kpi(
    "revenue_weighted_retention",
    "Revenue-weighted customer retention",
    Unit.RATIO,
    Group.RETENTION,
)
AVERAGE = kpi("average_purchase_value", "Average purchase value", Unit.MONEY, Group.VALUE)
FREQUENCY = kpi("purchase_frequency", "Purchase frequency", Unit.PER_YEAR, Group.VALUE)
LIFESPAN = kpi("customer_lifespan", "Customer lifespan", Unit.YEARS, Group.VALUE)
CLV = kpi("clv", "Customer lifetime value", Unit.MONEY, Group.VALUE)
CSAT = kpi("csat", "Customer satisfaction (CSAT)", Unit.RATIO, Group.VOICE)
CSAT_MEAN = kpi("csat_mean", "Mean customer satisfaction", Unit.RATIO, Group.VOICE)
NPS = kpi("nps", "Net Promoter Score", Unit.POINTS, Group.VOICE)
RESPONSE = kpi(
    "first_response_time", "First response time", Unit.SECONDS, Group.VOICE, Better.LOWER
)
FCR = kpi("first_contact_resolution", "First-contact resolution", Unit.RATIO, Group.VOICE)
REVENUE = kpi("revenue", "Revenue", Unit.MONEY, Group.PROFIT)
MARGIN = kpi("gross_margin", "Gross margin", Unit.RATIO, Group.PROFIT)


def line(kpi, measure, verdict=Verdict.NO_BENCHMARK, **more):
    return Line(kpi=kpi, measure=measure, period=JUNE, verdict=verdict, **more)


def target(kpi, target, **more):
    more = {"owner": "Head of accounts", "source": BOARD, "period": "month", **more}
    return Benchmark(kpi=kpi.name, target=target, **more)


def _retention():
    parts = {"CS": Part(363), "CE": Part(365), "CN": Part(8)}
    yield line(
        RETENTION,
        Measure.of(
            Fraction(357, 363), parts, sample_size=363, interval=(0.9644, 0.9924), basis="dates"
        ),
        Verdict.NEAR,
        previous=Measure.of(Fraction(360, 363), sample_size=363, basis="dates"),
        benchmark=target(RETENTION, Fraction(985, 1000), warn=Fraction(98, 100), min_n=100),
        gap=Fraction(357, 363) - Fraction(985, 1000),
    )
    for value, hits, n in ((HOSTILE, 99, 100), (FORMULA, 58, 60), (LONG, 1, 3)):
        yield line(
            RETENTION,
            Measure.of(Fraction(hits, n), sample_size=n, basis="dates"),
            Verdict.TOO_FEW if n < 30 else Verdict.MEETS,
            because="n is 3, below 30" if n < 30 else None,
            group=("segment", value),
            benchmark=target(RETENTION, Fraction(32, 100), min_n=30),
            gap=Fraction(hits, n) - Fraction(32, 100),
        )
    yield line(
        CHURN,
        Measure.of(Fraction(6, 363), sample_size=363, interval=(0.0076, 0.0356), basis="dates"),
        Verdict.NOT_COMPARABLE,
        because="the benchmark is for a year, the figure for a month",
        previous=Measure.of(Fraction(3, 363), sample_size=363, basis="dates"),
        benchmark=target(CHURN, Fraction(12, 100), warn=Fraction(15, 100), period="year"),
        gap=Fraction(6, 363) - Fraction(12, 100),
    )
    yield line(
        ACQUIRED,
        Measure.of(8, sample_size=8, basis="dates"),
        Verdict.MISSES,
        previous=Measure.of(11, sample_size=11, basis="dates"),
        benchmark=target(
            ACQUIRED, Fraction(12), warn=Fraction(9), expires_on=date(2025, 6, 30), owner="Sales"
        ),
        gap=Fraction(8) - 12,
        expired=True,
    )
    yield line(
        NRR,
        Measure.of(Fraction(100_960, 100_000), sample_size=349, notes=("including tax",)),
        Verdict.MISSES,
        previous=Measure.undefined("no-history", "no invoices in the period before"),
        benchmark=target(NRR, Fraction(101, 100), warn=Fraction(101, 100)),
        gap=Fraction(-4, 10_000),
    )
    yield line(
        WEIGHTED,
        Measure.undefined(
            "billed-less-often",
            "customers are billed less often than monthly",
            hint="take a quarter or a year",
            basis="dates",
        ),
        Verdict.UNDEFINED,
        benchmark=target(WEIGHTED, Fraction(95, 100)),
    )


def _value():
    yield line(
        AVERAGE,
        Measure.of(Fraction(3_456_789_012, 7), sample_size=481, currency="EUR"),
        previous=Measure.of(Fraction(3_456_789_012, 8), sample_size=480, currency="EUR"),
    )
    yield line(
        FREQUENCY,
        Measure.of(Fraction(1234, 100), sample_size=371),
        previous=Measure.of(Fraction(1190, 100), sample_size=371),
    )
    yield line(LIFESPAN, Measure.of(Fraction(5, 3), sample_size=363, basis="dates"))
    yield line(
        CLV,
        Measure.undefined(
            "no-churn",
            "no customer was lost in the period, so the lifespan has no bound",
            hint="set lifespan_years in retention.toml, or use a longer period",
            currency="EUR",
        ),
        Verdict.UNDEFINED,
        benchmark=target(CLV, Fraction(15_000 * EUR), currency="EUR"),
    )


def _voice():
    yield line(
        CSAT,
        Measure.of(Fraction(9, 10), sample_size=1234, as_exported=True),
        Verdict.MEETS,
        benchmark=target(CSAT, Fraction(9, 10), period="any"),
        gap=Fraction(0),
    )
    yield line(
        NPS,
        Measure.of(
            Fraction(30),
            {"promoters": Part(50), "passives": Part(30), "detractors": Part(20)},
            sample_size=100,
            interval=(14.05, 44.2),
        ),
        Verdict.REFERENCE,
        previous=Measure.of(Fraction(85, 2), sample_size=98),
        benchmark=Benchmark(
            kpi="nps",
            target=Fraction(36),
            role=Role.REFERENCE,
            reason="business services, 112 companies",
            source=Source(name="XM Institute", year=2024),
        ),
        gap=Fraction(-6),
    )
    yield line(
        RESPONSE,
        Measure.of(Fraction(15_020), sample_size=2104),
        Verdict.MISSES,
        previous=Measure.of(Fraction(14_100), sample_size=2000),
        benchmark=target(RESPONSE, Fraction(4 * 3600), owner=HOSTILE),
        gap=Fraction(620),
    )
    yield line(FCR, Measure.undefined("not-loaded", "no tickets in the exports"), Verdict.UNDEFINED)


def _profit():
    yield line(
        REVENUE,
        Measure.of(
            3_456_789_050,
            {"invoices": Part(481), "credited": Part(-15_000_001, unit=Unit.MONEY)},
            sample_size=484,
            currency="EUR",
            notes=("3 drafts and 2 voided rows are left out",),
        ),
        Verdict.MEETS,
        previous=Measure.of(3_333_000_000, sample_size=470, currency="EUR"),
        benchmark=target(
            REVENUE, Fraction(3_456_789_001), warn=Fraction(3_300_000_000), currency="EUR"
        ),
        gap=Fraction(49),
    )
    yield line(
        MARGIN,
        Measure.of(Fraction(-1, 2500), sample_size=484, notes=("including tax",)),
        Verdict.NO_BENCHMARK,
        previous=Measure.of(Fraction(-1, 2500), sample_size=470),
    )


def _invoice_files():
    for year in (2024, 2025):
        for month in range(1, 13):
            rejected = 1 if (year, month) in {(2024, 3), (2025, 6)} else 0
            yield Export(
                f"invoices-{year}-{month:02}.csv",
                "invoices",
                rows=420 + month,
                accepted=418 + month - rejected,
                rejected=rejected,
                skipped=2,
                encoding="utf-8",
                delimiter=";",
                sha256="0" * 64,
                assumed=("currencies are taken from 'Net amount'",),
                plans=(
                    ColumnPlan(
                        "Invoice Date",
                        "invoice_date",
                        "dmy",
                        "'17.05.2024' is day first",
                        proofs=210,
                        against=1,
                        example="17.05.2024",
                    ),
                    ColumnPlan("Net amount", "amount", "decimal ,", "'1.234,50' has a comma"),
                ),
            )


CUSTOMERS = Export(
    "customers.csv",
    "customers",
    rows=471,
    accepted=465,
    rejected=5,
    skipped=1,
    encoding="utf-8-sig",
    delimiter=",",
    header_row=3,
    sha256="ab" * 32,
    plans=(
        ColumnPlan("Customer ID", "customer_id", None, "by its header"),
        ColumnPlan("Start Date", "start_date", "dmy", "'31/01/2017' has its day first"),
        ColumnPlan(HOSTILE, HOSTILE, None, "kept as it is", kept=True),
    ),
    notes=("read as UTF-8, with a byte order mark",),
)
SURVEYS = Export(
    "export.xlsx",
    "surveys",
    rows=1300,
    accepted=1300,
    rejected=0,
    skipped=0,
    sheet="Survey (1)",
    sha256="cd" * 32,
    assumed=("a CSAT scale to 5 is taken from scores of 1 to 5",),
)


def problems():
    found = Tally()
    for row, day in ((91, "31/06/2024"), (112, "30/02/2025"), (204, "x" + HOSTILE)):
        found.add(
            Problem(
                row,
                "bad-date",
                f"customers.csv row {row}: end_date ('End Date') '{day}' is not a day of the"
                " calendar",
                kind="customers",
                file="customers.csv",
                column="end_date",
                cell=day,
            )
        )
    found.add(
        Problem(
            210,
            "repeated-spell",
            "customers.csv row 210: is equal to row 209",
            kind="customers",
            file="customers.csv",
            outcome=Outcome.SKIPPED,
        )
    )
    for name in ("invoices-2024-03.csv", "invoices-2025-06.csv"):
        found.add(
            Problem(
                423,
                "bad-number",
                f"{name} row 423: amount 'n/a' is not an amount that can be read",
                kind="invoices",
                file=name,
                column="amount",
                cell="n/a",
            )
        )
    found.say(
        Notice(
            "unknown-customer",
            "1 row names a customer that the customer export does not have (00917)",
            1,
            kind="invoices",
            file="invoices",
            column="customer_id",
        )
    )
    found.say(
        Notice(
            "equal-rows",
            "4 rows are equal to an earlier row of the file, and are kept",
            4,
            kind="invoices",
            file="invoices-2024-03.csv",
            hint='duplicates = "drop" in retention.toml leaves them out',
        )
    )
    return found.problems()


def card(**more):
    return Scorecard(
        **{
            "period": JUNE,
            "lines": (*_retention(), *_value(), *_voice(), *_profit()),
            "exports": (CUSTOMERS, *_invoice_files(), SURVEYS),
            "problems": problems(),
            "as_of": date(2025, 7, 14),
            "assumed": ("the period is the last full month of the exports",),
            "rejects_file": "rejects/rejects.csv",
            **more,
        }
    )


def plain_card():
    """Give a small card without benchmarks, changes, problems or dates."""
    return Scorecard(
        period=None,
        lines=(
            Line(
                kpi=CSAT_MEAN,
                measure=Measure.of(Fraction(3, 4), sample_size=12, as_exported=True),
                period=None,
                verdict=Verdict.NO_BENCHMARK,
            ),
            Line(
                kpi=REVENUE,
                measure=Measure.undefined("not-loaded", "no invoices in the exports"),
                period=None,
                verdict=Verdict.UNDEFINED,
            ),
        ),
        exports=(SURVEYS,),
        problems=Problems(),
        as_of=date(2025, 7, 14),
    )


def unfinished_card():
    unfinished = "the data end on 2025-06-20, before the period does"
    lines = (
        line(
            RETENTION,
            Measure.of(Fraction(9, 10), sample_size=200, interval=(0.8506, 0.9343)),
            Verdict.NOT_COMPARABLE,
            because="the period reaches past the end of the data",
            benchmark=target(RETENTION, Fraction(92, 100)),
            gap=Fraction(-2, 100),
            unfinished=unfinished,
        ),
        line(NPS, Measure.of(Fraction(30), sample_size=100)),
    )
    return card(lines=lines, unfinished=unfinished)


def check():
    return Check(
        files=(
            CheckedFile(
                "customers.csv",
                Readiness.READY_WITH_REJECTS,
                "5 of 471 rows are rejected",
                CUSTOMERS,
            ),
            *(
                CheckedFile(
                    export.file,
                    Readiness.READY_WITH_REJECTS if export.rejected else Readiness.READY,
                    "1 row is rejected" if export.rejected else "ready",
                    export,
                )
                for export in _invoice_files()
            ),
            CheckedFile("export.xlsx", Readiness.READY, "ready", SURVEYS),
            CheckedFile(
                f"{HOSTILE}.csv",
                Readiness.NOT_USABLE,
                "no kind of export has its columns: 'a', 'b'",
                hint="is it the right file, or the right delimiter?",
            ),
        ),
        kpis=(
            Computable(RETENTION),
            Computable(
                REVENUE, reason=Undefined("several-currencies", "amounts are in EUR and USD")
            ),
            Computable(FCR, ("tickets",)),
            Computable(RESPONSE, ("tickets",)),
            Computable(MARGIN, ("invoices.cost or costs",)),
        ),
        problems=problems(),
        exports=(CUSTOMERS, *_invoice_files(), SURVEYS),
        assumed=("the currency is EUR, by the settings",),
        findings=findings(),
        period=JUNE,
        groups={"customers": {HOSTILE: 1_204}},
    )


def findings():
    return (
        Notice(
            "placeholder-date",
            "1 row has start_date more than 50 years from the rest, most often 1900-01-01",
            1,
            kind="customers",
            hint="export the real day",
            examples=(Example("1900-01-01", "customers.csv", 17),),
        ),
        Notice(
            "unknown-customer",
            f"1 row names 1 customer that the customer export does not have ({HOSTILE})",
            1,
            kind="invoices",
            hint="correct the ids",
            examples=tuple(
                Example(f"{HOSTILE}{n}", "invoices-2024-01.csv", n) for n in range(2, 7)
            ),
        ),
        Notice(
            "unfinished-month", "2025-07 is unfinished", 1, kind="all", hint="take --period 2025-06"
        ),
    )
