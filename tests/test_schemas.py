"""The published JSON schemas are those of what the commands write: a field more or less fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import json_schemas

ROOT = Path(__file__).parents[1]
KEPT = [*ROOT.glob("tests/reports/golden/*.json"), *ROOT.glob("tests/frozen-runs/*/run/*.json")]

CUSTOMERS = """customer_id,customer_name,start_date,end_date,segment,manager,churn_reason
ann,Ann,2023-01-01,,Small,Mo,
bob,Bob,2024-01-01,2025-06-10,Small,Mo,price
cy,Cy,2024-01-01,,Large,,
dee,Dee,2024-03-01,2025-05-20,Large,Lu,
eve,Eve,2025-06-05,,,Lu,
bad,Bad,31st of May,,Small,,
"""
INVOICES = "invoice_id,customer_id,invoice_date,amount,cost\n" + "".join(
    f"{who}{month},{who},2025-0{month}-0{day},{amount + 10 * month}.50,{amount // 2}\n"
    for month in range(1, 7)
    for day, (who, amount) in enumerate({"ann": 900, "bob": 20, "cy": 300, "": 7}.items(), 1)
)
COSTS = "customer_id,month,amount,hours,hourly_rate\nann,2025-06,50,2,10\ncy,2025-06,900,,\n"
SURVEYS = "response_id,customer_id,responded_at,score,scale_max,kind\n" + "".join(
    f"r{at},{who},2025-06-0{at + 1},{at % 5 + 1},5,csat\n"
    for at, who in enumerate(["ann", "bob", "cy", "eve"])
)
TICKETS = "ticket_id,customer_id,created_at,first_response_at,resolved_at,agent\n" + "".join(
    f"t{at},{who},2025-06-0{at}T09:00:00,2025-06-0{at}T1{at}:00:00,2025-06-0{at + 1}T09:00:00,Al\n"
    for at, who in enumerate(["ann", "bob", "cy", "eve", "ann", "ann"], 1)
)
BENCHMARKS = """[[benchmark]]
kpi = "retention_rate"
target = 0.92
warn = 0.88
owner = "Mo"
source = { name = "Board", year = 2025 }
"""
JUNE = ("--period", "2025-06", "--as-of", "2025-07-14", "--max-rejects", "50%")
HALF = ("--period", "2025-01-01..2025-06-30", *JUNE[2:])
RUNS = {
    "retention": ("compute", "exports", *JUNE, "--by", "segment"),
    "retention-accounts": ("accounts", "exports", *JUNE, "--by", "segment", "--members"),
    "retention-bridge": ("bridge", "exports", *JUNE, "--by", "segment", "--members"),
    "retention-check": ("check", "exports", *JUNE[2:]),
    "retention-clv": ("clv", "exports", *HALF, "--by", "segment", "--backtest", "2m"),
    "retention-cohorts": ("cohorts", "exports", *JUNE[2:]),
    "retention-diff": ("diff", "saved", "exports", *JUNE[2:]),
    "retention-explain": ("explain", "nrr", "exports", *JUNE, "--by", "segment"),
    "retention-impact": ("impact", "exports", *JUNE),
    "retention-kpis": ("kpis",),
    "retention-review": ("review", "exports", *JUNE),
    "retention-signals": ("signals", "exports", *JUNE, "--backtest"),
    "retention-trend": (
        "trend",
        "exports",
        *JUNE,
        "--last",
        "3",
        "--event",
        "Move",
        "--event-periods",
        "1",
        "--by",
        "segment",
    ),
}


def faults(told):
    """List what the schema that is published for an output says against it."""
    file = ROOT / "docs" / "schemas" / f"{told['schema'].replace('/', '-')}.json"
    validator = Draft202012Validator(json.loads(file.read_text("utf-8")))
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(told)]


@pytest.fixture
def exports(folder):
    files = {"customers": CUSTOMERS, "invoices": INVOICES, "costs": COSTS}
    (folder / "exports").mkdir()
    for name, text in (files | {"surveys": SURVEYS, "tickets": TICKETS}).items():
        (folder / "exports" / f"{name}.csv").write_text(text, "utf-8")
    (folder / "exports" / "benchmarks.toml").write_text(BENCHMARKS, "utf-8")
    (folder / "exports" / "events.csv").write_text("date,name\n2025-05-01,Move\n", "utf-8")
    return folder / "exports"


@pytest.mark.parametrize("name", RUNS)
def test_what_a_command_writes_is_what_its_schema_says(retention, exports, name):
    if name == "retention-diff":
        retention("compute", "exports", *JUNE, "--save", "saved", "-q")
        kept = [
            json.loads(one.read_text("utf-8")) for one in (exports.parent / "saved").glob("*.json")
        ]
        assert {one["schema"]: faults(one) for one in kept} == {
            "retention-manifest/1": [],
            "retention-run/1": [],
        }
        (exports / "customers.csv").write_text(CUSTOMERS.replace("bob,Bob,2024", "bob,Bob,2023"))
        (exports / "benchmarks.toml").write_text(BENCHMARKS.replace("0.92", "0.95"))
    ran = retention(*RUNS[name], "--format", "json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert (told["schema"], faults(told)) == (f"{name}/1", [])


def test_every_output_has_its_schema_and_make_docs_writes_it():
    written = {file: file.read_text("utf-8") for file in json_schemas.FOLDER.iterdir()}
    assert written == {
        json_schemas.file(one): json_schemas.written(one) for one in json_schemas.OUTPUTS
    }, "run: make docs"
    assert set(json_schemas.OUTPUTS) == {*RUNS, "retention-manifest", "retention-run"}


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_outputs_that_are_kept_are_what_their_schema_says(file):
    assert faults(json.loads(file.read_text("utf-8"))) == []


def test_a_field_more_or_less_is_a_fault():
    card = json.loads((ROOT / "tests/reports/golden/card.json").read_text("utf-8"))
    assert faults(card | {"weather": "fine"})
    card["figures"][0].pop("verdict")
    assert faults(card)
