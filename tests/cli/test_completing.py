"""What a shell offers on Tab."""

from __future__ import annotations

import pytest

from retention_cli import records
from retention_cli.kpis import names


@pytest.fixture
def offered(retention, monkeypatch):
    def call(line):
        monkeypatch.setenv("_RETENTION_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        ran = retention("--help")
        assert (ran.code, ran.err) == (0, "")
        return ran.out.split()

    return call


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("retention repo", ["report"]),
        ("retention explain chur", ["churn_rate"]),
        ("retention trend --kpi customers_a", ["customers_acquired"]),
        ("retention trend --every q", ["quarter"]),
        ("retention cohorts --every y", ["year"]),
        ("retention report --sections scorecard,t", ["scorecard,trend"]),
        ("retention clv --model bg", ["bg-nbd"]),
        ("retention check --date-order y", ["ymd"]),
        ("retention compute --invo", ["--invoices"]),
        ("retention compute --preset xero-sales", ["xero-sales-invoices"]),
        ("retention compute --format js", ["json"]),
        ("retention compute customers.csv --by s", ["segment"]),
        (
            "retention compute customers.csv --period 2025-0",
            [f"2025-0{n}" for n in range(6, 0, -1)],
        ),
        ("retention compute customers.csv --by z", []),
        ("retention explain churn_rate cust", []),
    ],
)
def test_names_that_are_known_or_that_the_exports_have(offered, customers, line, found):
    assert offered(line) == found


def test_every_figure_and_every_kind_is_offered(offered):
    assert offered("retention explain ") == list(names())
    assert {f"--{kind}" for kind in records.names()} <= set(offered("retention compute --"))
