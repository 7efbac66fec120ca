from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from reports import sample
from reports.golden import agrees
from retention_cli.reports.kpis import json as as_json
from retention_cli.reports.kpis import table

KPIS = (sample.RETENTION, sample.WEIGHTED, sample.FREQUENCY, sample.NPS, sample.REVENUE)
NEEDS = {
    "retention_rate": ("customers",),
    "revenue_weighted_retention": ("customers", "invoices"),
    "purchase_frequency": ("customers", "invoices"),
    "nps": ("surveys",),
    "revenue": ("invoices",),
}


def test_golden():
    assert agrees("kpis.json", as_json.render(KPIS, NEEDS))
    assert agrees("kpis-80.txt", table.render(KPIS, NEEDS, width=80))
    assert agrees("kpis-piped.txt", table.render(KPIS, NEEDS))


def test_the_json_has_the_structure_that_is_promised():
    found = json.loads(as_json.render(KPIS, NEEDS))
    assert found["schema"] == "retention-kpis/1"
    assert found["kpis"][1] == {
        "kpi": "revenue_weighted_retention",
        "title": "Revenue-weighted customer retention",
        "unit": "ratio",
        "direction": "higher",
        "needs": ["customers", "invoices"],
        "group": "Retention and churn",
    }


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_name_is_cut_and_no_line_too_long(width):
    text = table.render(KPIS, NEEDS, width=width)
    assert all(kpi.name in text for kpi in KPIS)
    assert max(map(cell_len, text.split("\n"))) <= width
