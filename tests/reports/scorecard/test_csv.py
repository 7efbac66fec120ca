from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import sample
from reports.golden import agrees
from retention_cli.reports.scorecard.csv import render
from retention_cli.reports.scorecard.json import render as render_json
from retention_cli.text.safe_text import safe_cell
from retention_cli.values.measures import Measure

HEADER = (
    "period,period_start,period_end,kpi,group_by,group,value,unit,currency,n,low,high,previous,"
    "change,target,warn,gap,verdict,basis,reason,source,owner"
)


def read(card):
    return list(csv.DictReader(StringIO(render(card), newline="")))


def row(name):
    return next(one for one in read(sample.card()) if one["kpi"] == name and not one["group"])


def test_golden():
    assert agrees("card.csv", render(sample.card()))


def test_the_reason_says_of_a_figure_that_its_period_is_unfinished():
    card = sample.unfinished_card()
    said = "the period is unfinished: the data end on 2025-06-20, before the period does"
    unfinished = [line.unfinished is not None for line in card.lines]
    assert any(unfinished)
    assert [one["reason"].endswith(said) for one in read(card)] == unfinished
    assert {one["reason"] for one in read(sample.card()) if one["value"]} == {""}


def test_the_columns_are_the_promised_ones_and_lines_end_as_in_rfc_4180():
    text = render(sample.card())
    assert text.startswith(HEADER + "\r\n")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == len(sample.card().lines) + 1


@pytest.mark.parametrize(
    ("kpi", "cells"),
    [
        pytest.param(
            "retention_rate",
            {"period": "2025-06", "period_end": "2025-07-01", "n": "363", "low": "0.9644"},
            id="a ratio",
        ),
        pytest.param(
            "csat",
            {"period": "as-exported", "period_start": "", "value": "0.9", "gap": "0.0"},
            id="as exported",
        ),
        pytest.param(
            "revenue",
            {
                "value": "345678.905",
                "currency": "EUR",
                "previous": "333300.00",
                "change": "12378.905",
                "target": "345678.9001",
                "gap": "0.0049",
            },
            id="money",
        ),
        pytest.param(
            "clv", {"value": "", "verdict": "undefined", "target": "15000.00"}, id="undefined"
        ),
        pytest.param("customers_acquired", {"value": "8", "change": "-3"}, id="a count"),
        pytest.param(
            "net_revenue_retention", {"previous": "", "change": ""}, id="nothing to compare with"
        ),
        pytest.param("nps", {"change": "-12.5", "source": "XM Institute, 2024"}, id="points"),
    ],
)
def test_cells(kpi, cells):
    found = row(kpi)
    assert {name: found[name] for name in cells} == cells


def test_cells_that_would_run_as_a_formula_are_neutralised_and_numbers_are_not():
    groups = [one["group"] for one in read(sample.card()) if one["group"]]
    assert groups == [safe_cell(sample.HOSTILE), f"'{sample.FORMULA}", sample.LONG]
    assert row("gross_margin")["value"] == "-0.0004"


def test_a_change_between_two_currencies_is_none():
    line = replace(sample.card().lines[-2], previous=Measure.of(1, sample_size=1, currency="USD"))
    assert read(sample.card(lines=(line,)))[0]["change"] == ""


def test_values_are_those_of_the_json():
    figures = json.loads(render_json(sample.card()))["figures"]
    for cells, figure in zip(read(sample.card()), figures, strict=True):
        if figure["value"] is None:
            assert cells["value"] == ""
        else:
            assert Decimal(cells["value"]) == Decimal(str(figure["value"]))


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_text_reads_back_as_the_same_cells(by, value):
    line = replace(sample.card().lines[0], group=(by, value))
    found = read(sample.card(lines=(line,)))
    assert len(found) == 1
    assert (found[0]["group_by"], found[0]["group"]) == (safe_cell(by), safe_cell(value))


def test_half_a_character_and_an_escape_can_be_written_and_do_nothing():
    line = replace(sample.card().lines[0], group=("segment", "\udc80\x1b"))
    text = render(sample.card(lines=(line,)))
    assert "\\udc80\\x1b" in text.encode("utf-8").decode("utf-8")


@settings(deadline=None)
@given(st.fractions(), st.fractions())
def test_a_change_is_exact_before_it_is_written(value, before):
    line = replace(
        sample.card().lines[0],
        measure=Measure.of(value, sample_size=1),
        previous=Measure.of(before, sample_size=1),
    )
    assert float(read(sample.card(lines=(line,)))[0]["change"]) == float(Fraction(value - before))
