"""Figures by group beside their benchmarks: which target counts for whom."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from retention_cli.benchmarks.benchmarks import Benchmark
from retention_cli.benchmarks.verdicts import Verdict
from retention_cli.dataset import dataset as datasets
from retention_cli.dataset.groups import group_by
from retention_cli.runs.options import Request
from retention_cli.runs.score import score
from retention_cli.scoring.figures import Occasion, score_lines
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located
from retention_cli.values.periods import Period
from worlds import dataset, table

JUNE = Period.parse("2025-06")
ROWS = [
    *((f"a{n}", "Ada", None) for n in range(9)),
    ("a9", "Ada", date(2025, 6, 9)),
    *((f"b{n}", "Bo", date(2025, 6, 9)) for n in range(2)),
    *((f"b{n}", "Bo", None) for n in range(2, 4)),
    ("c0", None, None),
]


def lines_of(*benchmarks, unfinished=None, by="Account Manager", days=()):
    people = [
        {"customer_id": key, "start_date": date(2024, 1, 1), "end_date": end}
        for key, _, end in ROWS
    ]
    customers = table("customers", people, without=("status",))
    customers = customers.append_column("customer_name", [[who for _, who, _ in ROWS]])
    loaded = dataset({"customers": customers})
    grouping = group_by(loaded, (), "customer_name")
    grouping = type(grouping)(
        by, frozenset({"accountmanager"}), grouping.values, loaded, grouping.rows
    )
    occasion = Occasion(JUNE, date(2025, 8, 1), days, unfinished, Settings(), benchmarks)
    return score_lines(loaded, occasion, grouping)


def found(lines, kpi):
    return {
        line.group[1] if line.group else "total": line for line in lines if line.kpi.name == kpi
    }


def target(kpi, value, segment=None, **more):
    return Benchmark(kpi=kpi, target=Fraction(value), segment=segment, **more)


def test_each_group_has_a_line_below_the_total():
    lines = found(lines_of(), "retention_rate")
    assert {group: line.measure.value for group, line in lines.items()} == {
        "total": Fraction(12, 15),
        "Ada": Fraction(9, 10),
        "Bo": Fraction(1, 2),
        None: 1,
    }
    assert list(lines) == ["total", "Ada", "Bo", None]


def test_a_figure_without_its_export_has_no_groups():
    assert list(found(lines_of(), "nps")) == ["total"]


def test_a_rate_of_a_group_is_held_against_the_target_of_all():
    lines = found(lines_of(target("retention_rate", "0.85")), "retention_rate")
    assert {group: line.verdict for group, line in lines.items()} == {
        "total": Verdict.MISSES,
        "Ada": Verdict.MEETS,
        "Bo": Verdict.MISSES,
        None: Verdict.MEETS,
    }


def test_the_target_of_a_group_goes_before_that_of_all_however_its_column_is_written():
    plan = (
        target("retention_rate", "0.85"),
        target("retention_rate", "0.5", {"account_manager": "Bo"}),
    )
    lines = found(lines_of(*plan), "retention_rate")
    assert (lines["Bo"].verdict, lines["Bo"].benchmark.target) == (Verdict.MEETS, Fraction(1, 2))
    assert lines["total"].benchmark.target == Fraction(85, 100)


def test_a_count_of_a_group_is_not_held_against_the_target_of_all():
    lines = found(lines_of(target("customers_lost", 3)), "customers_lost")
    assert lines["total"].verdict is Verdict.MEETS
    assert lines["Bo"].verdict is Verdict.NOT_COMPARABLE
    assert lines["Bo"].because == "the benchmark is for the total, the figure for one group"
    own = found(lines_of(target("customers_lost", 1, {"account manager": "Bo"})), "customers_lost")
    assert (own["Bo"].verdict, own["total"].verdict) == (Verdict.MISSES, Verdict.NO_BENCHMARK)


@pytest.mark.parametrize(
    ("plan", "missed"),
    [
        pytest.param(target("retention_rate", "0.85"), ["total", "Bo"], id="a rate"),
        pytest.param(target("customers_lost", 2), ["total"], id="a count"),
        pytest.param(
            target("clv", 5, {"account manager": "Bo"}), ["Bo"], id="undefined for its own target"
        ),
        pytest.param(target("clv", 5), ["total"], id="undefined for the target of all"),
    ],
)
def test_what_fail_on_miss_counts(plan, missed):
    lines = lines_of(plan)
    assert [line.group[1] if line.group else "total" for line in lines if line.missed] == missed


def test_an_unfinished_period_is_the_totals_to_answer_for():
    lines = lines_of(target("retention_rate", "0.1"), unfinished="the data end on 2025-06-20")
    assert [line.group for line in lines if line.missed] == [None]


def test_a_figure_that_cannot_be_split_says_why(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("invoices.csv").write_text(
        "invoice_id,customer_id,invoice_date,amount,product\n"
        "A,ann,2025-06-01,9,Chair\nA,ann,2025-06-01,7,Table\n",
        "utf-8",
    )
    card = score(
        Request(
            [Located(Path("invoices.csv"))],
            benchmarks=(target("revenue", 5, {"product": "Sofa"}),),
            as_of=date(2025, 8, 1),
            period=JUNE,
            by="Product",
        )
    )
    revenue = found(card.lines, "revenue")
    assert {group: line.measure.value for group, line in revenue.items()} == {
        "total": 160_000,
        "Chair": 90_000,
        "Table": 70_000,
    }
    value = found(card.lines, "average_purchase_value")
    assert list(value) == ["total"]
    assert value["total"].measure.notes[-1] == "not by Product: what it counts is in several groups"
    assert [issue.message for issue in card.problems.notices if issue.code == "unknown-group"] == [
        "the benchmark of revenue for product 'Sofa' judges nothing: no row has that value"
    ]


def test_a_group_without_an_invoice_has_a_revenue_of_0():
    people = [{"customer_id": key, "start_date": date(2024, 1, 1)} for key in ("a", "b")]
    customers = table("customers", people, without=("status",))
    customers = customers.append_column("customer_name", [["Ada", "Bo"]])
    billed = [{"customer_id": "a", "invoice_date": date(2025, 6, 2), "amount": 1_000_000}]
    loaded = dataset({"customers": customers, "invoices": table("invoices", billed)})
    occasion = Occasion(JUNE, date(2025, 8, 1), (), None, Settings(), ())
    lines = found(score_lines(loaded, occasion, group_by(loaded, (), "customer_name")), "revenue")
    assert {group: line.measure.value for group, line in lines.items()} == {
        "total": 1_000_000,
        "Ada": 1_000_000,
        "Bo": 0,
    }


@pytest.mark.parametrize("backend", ["arrow", "polars"])
def test_periods_of_many_rows_have_the_figures_of_one_after_another(monkeypatch, backend):
    people = [
        {"customer_id": f"c{n}", "start_date": date(2024, 1 + n % 12, 1), "end_date": None}
        for n in range(40)
    ]
    billed = [
        {
            "customer_id": f"c{n % 44}" if n % 9 else None,
            "invoice_id": f"i{n // 2}" if n % 5 else None,
            "invoice_date": date(2025, 1 + n % 6, 1 + n % 28),
            "amount": n * 10_000 - 900_000,
            "currency": "EUR" if n % 7 else None,
        }
        for n in range(300)
    ]
    tables = {"customers": table("customers", people), "invoices": table("invoices", billed)}
    occasion = Occasion(
        JUNE, date(2025, 8, 1), [date(2025, 1, 1), date(2025, 7, 1)], None, Settings(), []
    )

    def figures():
        lines = score_lines(dataset(tables, backend=backend), occasion)
        return [(line.kpi.name, line.measure, line.previous) for line in lines]

    one_after_another = figures()
    monkeypatch.setattr(datasets, "_LARGE", 0)
    assert figures() == one_after_another
