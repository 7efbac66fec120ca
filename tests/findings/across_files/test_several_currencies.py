from __future__ import annotations

from retention_cli.findings.across_files.several_currencies import find
from together import only, together

HEADERS = {"invoices": "invoice_date,amount,customer_id,currency"}


def money(*codes):
    return together(headers=HEADERS, invoices=[f"2025-06-01,1,ann,{code}" for code in codes])


def test_one_currency_or_no_column_is_left_alone():
    assert not list(find(money("EUR", "EUR")))
    assert not list(find(together(invoices=["2025-06-01,1,ann"])))


def test_currencies_are_told_by_their_rows():
    found = only(find, money("USD", "EUR", "EUR"))
    assert (found.code, found.kind, found.count) == ("several-currencies", "invoices", 2)
    assert found.message == (
        "amounts are in 2 currencies (EUR in 2 rows, USD in 1 row): figures that add"
        " up money are undefined"
    )
    assert [one.value for one in found.examples] == ["EUR", "USD"]
    assert (
        found.hint
        == "set report_currency and rates in retention.toml, or run retention compute --by currency"
    )


def test_rows_that_name_none_are_told_how_to_name_one():
    found = only(find, money("EUR", ""))
    assert "(EUR in 1 row, none named in 1 row)" in found.message
    assert "--currency EUR" in found.hint
