"""`retention kpis`."""

from __future__ import annotations

import json

from retention_cli.kpis import names


def test_every_kpi_is_listed_with_what_it_needs(retention):
    result = json.loads(retention("kpis", "--format", "json").out)
    found = {kpi["kpi"]: kpi for kpi in result["kpis"]}
    assert result["schema"] == "retention-kpis/1"
    assert set(found) == set(names())
    assert found["nps"]["needs"] == ["surveys"]
    assert found["clv"]["needs"] == ["customers", "invoices"]
    assert (found["churn_rate"]["direction"], found["churn_rate"]["unit"]) == ("lower", "ratio")


def test_the_table_has_them_too(retention):
    out = retention("kpis").out
    assert all(name in out for name in names())


def test_the_version_is_one_line(retention):
    ran = retention("--version")
    assert (ran.code, ran.out.count("\n"), ran.out.startswith("retention ")) == (0, 1, True)


def test_no_arguments_give_the_help(retention):
    assert "compute" in retention().out + retention().err
