"""`retention check`: what was recognised, what is wrong, and how to mend it."""

from __future__ import annotations

import json


def test_a_good_file_is_ready(retention, customers):
    ran = retention("check", ".", "--format", "json")
    result = json.loads(ran.out)
    (file,) = result["files"]
    assert (ran.code, result["schema"]) == (0, "retention-check/1")
    assert (file["kind"], file["verdict"], file["rows"]) == ("customers", "ready", 4)
    named = {column["source"]: column["column"] for column in file["columns"]}
    assert named["start_date"] == "start_date"


def test_a_bad_file_does_not_hide_a_good_one(retention, customers, folder):
    (folder / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    ran = retention("check", ".", "--format", "json")
    verdicts = {file["file"]: file["verdict"] for file in json.loads(ran.out)["files"]}
    assert verdicts == {"customers.csv": "ready", "other.csv": "not-usable"}
    assert ran.code == 3


def test_rejected_rows_are_named_and_nothing_is_written(retention, customers, folder):
    customers.write_text(customers.read_text("utf-8") + "011,x,2025-02-31,,Small\n", "utf-8")
    ran = retention("check", ".", "--max-rejects", "50%")
    assert ran.code == 0
    assert "row 6" in ran.out
    assert "2025-02-31" in ran.out
    assert not (folder / "rejects").exists()


def test_it_says_which_figures_can_be_computed(retention, customers):
    kpis = json.loads(retention("check", ".", "--format", "json").out)["kpis"]
    found = {kpi["kpi"]: kpi for kpi in kpis}
    assert found["retention_rate"] == {"kpi": "retention_rate", "computable": True, "missing": []}
    assert found["nps"]["missing"] == ["surveys"]
