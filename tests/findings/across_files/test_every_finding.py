"""What holds for every rule."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from retention_cli.findings import across_files
from retention_cli.findings.across_files import Together, findings, in_order
from together import together


def test_every_rule_has_a_test_of_its_name():
    tested = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    assert set(across_files.names()) == tested - {"every_finding"}


@pytest.mark.parametrize("name", across_files.names())
def test_a_rule_says_nothing_of_nothing(name):
    find = import_module(f"retention_cli.findings.across_files.{name}").find
    empty = together(customers=[], invoices=[])
    assert list(find(Together({}))) == []
    assert list(find(empty)) == []


def test_findings_come_in_the_order_of_kind_and_code():
    given = together(
        customers=["ann,1900-01-01,", "ANN,2025-01-01,", "bob,2025-01-01,"],
        invoices=["2025-06-01,1,zoe", "2025-06-01,1,Ann"],
    )
    always, others = findings(given, always=True), findings(given, always=False)
    found = [(one.kind, one.code) for one in in_order([*others, *always])]
    assert found == sorted(found)
    assert {code for _, code in found} >= {"ids-alike", "unknown-customer", "placeholder-date"}
