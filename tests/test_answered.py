"""Figures that are not computed again are those that would be."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pyarrow as pa

from answered import contents, remembering
from retention_cli.dataset.dataset import Dataset, Together
from retention_cli.dataset.snapshots import Snapshots
from retention_cli.frames.by_group import Groups
from retention_cli.settings import Window
from retention_cli.values.rates import Rate

LIST = pa.table({"customer_id": ["a"]})
DATASET = Dataset({"customers": pa.table({"customer_id": ["a", None]})}, Window(months=3))
OTHERS = {
    "tables": {"customers": pa.table({"customer_id": ["a", ""]})},
    "window": Window(months=4),
    "backend": "polars",
    "whole": DATASET,
    "money_parts": 119,
    "tax": Fraction(19, 100),
    "leaves_out_undated": True,
    "customer_notes": ("said",),
    "spells": pa.table({"customer_id": ["a"]}),
    "snapshots": Snapshots(LIST, LIST, ("a.csv", "b.csv")),
    "told": "activity",
    "together": Together(DATASET, Groups(1)),
    "place": 1,
    "new_after": Window(months=6),
    "rates": (Rate(date(2025, 6, 1), "USD", "EUR", Fraction(9, 10)),),
    "report_currency": "EUR",
}


def test_whatever_differs_in_a_dataset_is_told_apart():
    assert {field.name for field in fields(Dataset)} == {*OTHERS, "_made", "_making"}
    found = [contents(replace(DATASET, **{name: other})) for name, other in OTHERS.items()]
    kinds = contents(replace(DATASET, tables={"tickets": DATASET.tables["customers"]}))
    assert len({contents(DATASET), kinds, *found}) == len(OTHERS) + 2


def test_the_same_is_computed_once_and_anything_else_anew():
    asked = []

    def compute(*given, **named):
        asked.append((given, named))
        return len(asked)

    computed = remembering({}, compute)
    one = {"dataset": DATASET, "period": "2025-06", "settings": {"top": None}}
    assert computed(("nps",), **one) == computed(("nps",), **one) == 1
    again = replace(DATASET, tables={"customers": pa.table({"customer_id": ["a", None]})})
    assert computed(("nps",), **one | {"dataset": again}) == 1
    (group,) = DATASET.split({"customers": pa.array([0, 0])}, 1)
    beside = computed(("nps",), **one | {"dataset": group})
    assert group.frame("customers") is not None
    assert computed(("nps",), **one | {"dataset": group}) == beside == 2
    assert computed(("csat",), **one) == 3
    assert computed(("nps",), **one | {"period": "2025-05"}) == 4
    assert computed(("nps",), **one | {"settings": {"top": 4}}) == 5
    assert computed(("nps",), **one | {"dataset": replace(DATASET, backend="polars")}) == 6
