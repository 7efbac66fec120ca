"""Exports of systems on the sheets of one workbook."""

from __future__ import annotations

import openpyxl
import pytest

from preset_rows import WANTED
from preset_samples import HEADERS, lines_of
from retention_cli.errors import UnrecognisedFileError
from retention_cli.loading.one_file import read_parts
from retention_cli.mapping.sheets import assign
from retention_cli.reading.text import TextSheet
from retention_cli.settings import ExportRule, Settings
from retention_cli.sources.locating import Located


def page(name, headers):
    return TextSheet(file="b.xlsx", sheet=name, headers=headers, header_row=1, batches=[], rows=1)


def assigned(*names, **told):
    found = assign([page(name, HEADERS[name]) for name in names], **told)
    return [
        (one.sheet.sheet, one.layout.kind, one.applied.preset.name if one.applied else None)
        for one in found
    ]


def test_each_sheet_is_read_by_its_own_preset_and_once_for_each_kind():
    assert assigned("zendesk-tickets", "toggl-time-entries") == [
        ("zendesk-tickets", "tickets", "zendesk-tickets"),
        ("zendesk-tickets", "surveys", "zendesk-tickets"),
        ("toggl-time-entries", "costs", "toggl-time-entries"),
    ]


def test_of_a_kind_that_was_asked_for_the_sheets_that_feed_it_are_read():
    found = assigned("zendesk-tickets", "stripe-customers", "typeform-responses", kind="surveys")
    assert found == [
        ("zendesk-tickets", "surveys", "zendesk-tickets"),
        ("typeform-responses", "surveys", "typeform-responses"),
    ]


def test_a_rule_of_a_sheet_is_joined_with_its_preset():
    rule = ExportRule(
        file="b.xlsx",
        kind="invoices",
        sheet="xero-sales-invoices",
        columns={"amount": "Total"},
    )
    (found, *_) = assign(
        [page(n, HEADERS[n]) for n in ("xero-sales-invoices", "xero-contacts")], rules=[rule]
    )
    assert found.applied.preset.name == "xero-sales-invoices"
    assert found.rule.columns["amount"] == "Total"
    assert found.rule.columns["customer_id"] == "ContactName"


def test_a_sheet_of_deals_is_named_with_its_workbook():
    with pytest.raises(UnrecognisedFileError, match=r"b\.xlsx sheet 'hubspot-deals': looks like"):
        assigned("hubspot-companies", "hubspot-deals")


def test_rows_of_a_sheet_mean_what_those_of_a_file_mean(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("stripe-invoices", "freshdesk-tickets"):
        tab = book.create_sheet(name)
        for row in lines_of(name):
            tab.append(row)
    book.save(tmp_path / "b.xlsx")
    parts = list(read_parts(Located(tmp_path / "b.xlsx"), Settings()))
    assert [(part.kind, part.applied.preset.name, len(part.table)) for part in parts] == [
        ("invoices", "stripe-invoices", len(WANTED["stripe-invoices"]["invoices"].rows)),
        ("tickets", "freshdesk-tickets", len(WANTED["freshdesk-tickets"]["tickets"].rows)),
    ]
