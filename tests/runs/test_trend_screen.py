"""What a terminal shows of a trend: blocks, the columns there is room for, and signs."""

from __future__ import annotations

import json

import pytest

from retention_cli.text.safe_text import for_encoding

BILLED = [10, 20, 30, 40, 50, 60, 70, 80, 10]


@pytest.fixture
def billed(folder):
    rows = [f"i{n},a,2025-0{n}-03,{amount}\n" for n, amount in enumerate(BILLED, 1)]
    header = "invoice_id,customer_id,invoice_date,amount\n"
    (folder / "invoices.csv").write_text(header + "".join(rows), "utf-8")
    (folder / "events.csv").write_text("date,name\n2025-03-01,Move\n2025-05-31,Sale\n", "utf-8")
    return ("trend", ".", "--to", "2025-09", "--as-of", "2025-10-01", "--last", "10", "-q")


def test_the_lowest_value_is_the_lowest_block_and_events_are_above_theirs(retention, billed):
    shown = retention(*billed, "--kpi", "revenue").out.splitlines()
    events, revenue = (
        next(line for line in shown if line.startswith(name)) for name in ("Events", "Revenue")
    )
    at = revenue.index("∙▁▂▃▄▅▆▇█▁")
    assert events[at : at + 10] == "   a b    "
    assert for_encoding(revenue, "ascii")[at : at + 10] == "?_.,-~=+#_"


@pytest.mark.parametrize("width", [80, 120, 200])
def test_no_line_is_wider_than_the_terminal(retention, billed, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    shown = retention(*billed).out.splitlines()
    assert max(map(len, shown)) <= width
    (head,) = [line for line in shown if line.startswith("Figure")]
    assert ("2025-01" in head) is (width == 200)
    assert "Change" in head


def test_colour_is_only_there_where_it_is_wanted(retention, billed, monkeypatch):
    assert "\x1b[" not in retention(*billed).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[36m" in retention(*billed).out
    assert "\x1b[" not in retention(*billed, "--no-color").out


def test_an_event_file_is_no_export(retention, billed):
    ran = retention("check", ".", "--format", "json")
    assert "events" not in ran.out
    said = retention("compute", ".", "--verbose", "--as-of", "2025-10-01").err
    assert "events, for retention trend" in said


def test_periods_past_the_data_are_on_no_side_of_an_event(retention, billed, folder):
    (folder / "events.csv").write_text("date,name\n2025-08-15,Late\n", "utf-8")
    ran = retention("trend", ".", "--as-of", "2026-06-01", "--event", "late", "--format", "json")
    compared = json.loads(ran.out)["compared"]
    assert (compared["before"], compared["after"]) == (["2025-07"], ["2025-09"])


def test_what_has_no_dates_has_no_line_over_time(retention, folder):
    (folder / "customers.csv").write_text("customer_id,status\na,active\nb,ended\n", "utf-8")
    shown = retention("trend", ".", "--period", "2025-06", "--kpi", "churn", "-q").out
    assert "no dates say of which period these are: Customer churn rate" in shown
    assert "▄" not in shown
