from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import sample
from reports.golden import agrees
from retention_cli.findings.problems import Notice
from retention_cli.reports.scorecard.json import render
from retention_cli.text.safe_text import unseen
from retention_cli.values.measures import Measure, Unit

# The structure that cli.md fixes, written down again by hand.
NUMBER, TEXT, MAYBE_TEXT = (int, float), str, (str, type(None))
VALUE = (int, float, str, type(None))
FIGURE = {
    "kpi": TEXT,
    "group": (dict, type(None)),
    "value": VALUE,
    "unit": TEXT,
    "currency": MAYBE_TEXT,
    "n": int,
    "interval": (list, type(None)),
    "parts": dict,
    "previous": (dict, type(None)),
    "basis": MAYBE_TEXT,
    "reason": MAYBE_TEXT,
    "notes": list,
    "benchmark": (dict, type(None)),
    "gap": VALUE,
    "verdict": TEXT,
}
BENCHMARK = {
    "target": (int, float, str),
    "warn": VALUE,
    "direction": TEXT,
    "source": MAYBE_TEXT,
    "owner": MAYBE_TEXT,
}
FILE = {
    "file": TEXT,
    "sheet": MAYBE_TEXT,
    "kind": TEXT,
    "rows": int,
    "accepted": int,
    "rejected": int,
    "skipped": int,
    "sha256": TEXT,
}
PROBLEM = {
    "file": TEXT,
    "sheet": MAYBE_TEXT,
    "row": int,
    "column": MAYBE_TEXT,
    "value": MAYBE_TEXT,
    "code": TEXT,
    "message": TEXT,
}
VERDICTS = {
    "meets",
    "near",
    "misses",
    "no-benchmark",
    "reference",
    "too-few",
    "not-comparable",
    "undefined",
}
UNITS = {"ratio", "count", "seconds", "years", "points", "money", "per_year"}


def holds(found, shape):
    return all(name in found and isinstance(found[name], kind) for name, kind in shape.items())


def read(card):
    return json.loads(render(card))


def figure(name, card=None):
    found = read(card or sample.card())["figures"]
    return next(one for one in found if one["kpi"] == name and one["group"] is None)


def test_golden():
    assert agrees("card.json", render(sample.card()))
    assert agrees("plain.json", render(sample.plain_card()))


@pytest.mark.parametrize("make", [sample.card, sample.plain_card, sample.unfinished_card])
def test_it_has_the_structure_that_is_promised(make):
    found = read(make())
    assert list(found)[:3] == ["schema", "period", "figures"]
    assert found["schema"] == "retention/1"
    assert set(found["period"]) == {"start", "end", "label"}
    for one in found["figures"]:
        assert holds(one, FIGURE)
        assert one["verdict"] in VERDICTS
        assert one["unit"] in UNITS
        assert (one["value"] is None) == (one["reason"] is not None)
        assert isinstance(one["value"], str) == (one["unit"] == "money" and one["reason"] is None)
        assert one["benchmark"] is None or holds(one["benchmark"], BENCHMARK)
        assert one["group"] is None or set(one["group"]) == {"by", "value"}
        assert one["previous"] is None or set(one["previous"]) == {"period", "value"}
    assert all(holds(one, FILE) for one in found["data"]["files"])
    assert all(holds(one, PROBLEM) for one in found["data"]["problems"])


def test_the_figures_of_the_example_in_the_docs():
    found = figure("retention_rate", sample.unfinished_card())
    assert (found["value"], found["unit"], found["n"]) == (0.9, "ratio", 200)
    assert found["interval"] == [0.8506, 0.9343]
    assert (found["benchmark"]["target"], found["gap"]) == (0.92, -0.02)
    assert read(sample.card())["period"] == {
        "start": "2025-06-01",
        "end": "2025-07-01",
        "label": "2025-06",
    }


def test_money_is_a_string_everywhere():
    found = figure("revenue")
    assert found["value"] == "345678.905"
    assert found["previous"] == {"period": "2025-05", "value": "333300.00"}
    assert found["parts"] == {"invoices": 481, "credited": "-1500.0001"}
    assert found["benchmark"]["target"] == "345678.9001"
    assert found["gap"] == "0.0049"


def test_a_figure_as_exported_has_no_period_and_no_previous_one():
    card = sample.card()
    lines = tuple(
        replace(one, previous=Measure.of(Fraction(1, 2), sample_size=2)) for one in card.lines
    )
    found = figure("csat", replace(card, lines=lines))
    assert (found["period"], found["previous"]) == ("as-exported", None)


def test_an_undefined_figure_says_why_and_what_to_do():
    reason = figure("clv")["reason"]
    assert reason.startswith("no customer was lost in the period")
    assert reason.endswith("; set lifespan_years in retention.toml, or use a longer period")


def test_a_previous_figure_without_a_value_is_null():
    assert figure("net_revenue_retention")["previous"] == {"period": "2025-05", "value": None}
    assert figure("customer_lifespan")["previous"] is None


def test_without_dates_the_period_is_as_exported():
    assert read(sample.plain_card())["period"] == {
        "start": None,
        "end": None,
        "label": "as-exported",
    }


def test_problems_are_rows_that_were_left_out_and_warnings_stand_apart():
    data = read(sample.card())["data"]
    assert [one["row"] for one in data["problems"]] == [91, 112, 204, 210, 423, 423]
    assert [one["code"] for one in data["warnings"]] == ["unknown-customer", "equal-rows"]
    assert data["assumed"][0] == "the period is the last full month of the exports"


def test_what_is_said_of_a_file_is_no_problem_of_a_row():
    problems = sample.problems().also([Notice("odd", "seven", 7, kind="customers")])
    data = read(sample.card(problems=problems))["data"]
    assert "odd" not in [one["code"] for one in data["problems"]]
    assert "odd" in [one["code"] for one in data["warnings"]]


def test_nothing_in_it_acts_on_a_terminal_and_it_reads_back():
    text = render(sample.card())
    assert text.endswith("}\n")
    assert text.replace("\n", "").isprintable()
    groups = [one["group"]["value"] for one in json.loads(text)["figures"] if one["group"]]
    assert groups == [sample.HOSTILE, sample.FORMULA, sample.LONG]
    assert "Donaudampfschifffahrtselektrizitätenhaupt" in text


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_any_name_reads_back(name):
    line = replace(sample.card().lines[0], group=("segment", name))
    text = render(replace(sample.plain_card(), lines=(line,)))
    text.encode("utf-8")
    assert not any(map(unseen, text.replace("\n", "")))
    # Two halves that happen to stand together are one character to every reader of JSON.
    whole = name.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(text)["figures"][0]["group"]["value"] in {name, whole}


@settings(deadline=None)
@given(st.fractions(0, 1))
def test_a_ratio_is_the_nearest_float(ratio):
    line = replace(sample.card().lines[0], measure=Measure.of(ratio, sample_size=1))
    assert read(replace(sample.plain_card(), lines=(line,)))["figures"][0]["value"] == float(ratio)


def test_every_unit_is_in_the_sample():
    assert {one["unit"] for one in read(sample.card())["figures"]} == {unit.value for unit in Unit}
    assert {one["verdict"] for one in read(sample.card())["figures"]} == VERDICTS
