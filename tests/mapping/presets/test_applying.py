"""What goes before what: the settings, a preset named by hand, a recognised one, headers."""

from __future__ import annotations

import pytest

from retention_cli.errors import AmbiguousColumnError, UnknownNameError, UnrecognisedFileError
from retention_cli.mapping.place import Place
from retention_cli.mapping.plan import lay_out
from retention_cli.mapping.presets.applying import applied_presets
from retention_cli.settings import ExportRule, Recipe

XERO = ["ContactName", "InvoiceNumber", "InvoiceDate", "LineAmount", "Total", "Type", "Status"]
ZENDESK = ["Id", "Requester", "Status", "Created at", "Group stations", "Satisfaction Score"]
DEALS = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date"]


def rule(kind="invoices", **given):
    return ExportRule.model_validate({"file": "a.csv", "kind": kind} | given)


def applied(headers, *, kind=None, told=None, named=()):
    return applied_presets(headers, place=Place("a.csv"), kind=kind, rule=told, named=named)


def only(headers, **given):
    (one,) = applied(headers, **given)
    return one


def test_a_recognised_preset_names_the_columns():
    one = only(XERO)
    assert (one.preset.name, one.kind) == ("xero-sales-invoices", "invoices")
    assert one.rule.columns["amount"] == "LineAmount"
    assert one.reasons["amount"] == "preset xero-sales-invoices"
    assert "currency" not in one.rule.columns


def test_a_column_of_the_settings_goes_before_that_of_the_preset():
    one = only(XERO, kind="invoices", told=rule(columns={"amount": "Total", "product": "Type"}))
    assert one.rule.columns["amount"] == "Total"
    assert one.rule.columns["customer_id"] == "ContactName"
    assert {"amount", "product"} & set(one.reasons) == set()


def test_a_constant_of_the_settings_takes_the_place_of_a_column_of_the_preset():
    told = rule(constants={"status": "open", "currency": "NZD"})
    one = only([*XERO, "Currency"], kind="invoices", told=told)
    assert {"status", "currency"} & set(one.rule.columns) == set()
    assert one.rule.constants == {"status": "open", "currency": "NZD"}


def test_a_column_of_the_settings_takes_the_place_of_a_constant_of_the_preset():
    told = rule("surveys", columns={"kind": "Status"})
    one = only(ZENDESK, kind="surveys", told=told)
    assert "kind" not in one.rule.constants
    assert one.rule.columns["kind"] == "Status"


def test_words_of_the_settings_go_before_those_of_the_preset_and_leave_the_others():
    one = only(XERO, kind="invoices", told=rule(values={"status": {"Draft": "open"}}))
    assert one.rule.values["status"]["Draft"] == "open"
    assert one.rule.values["status"]["Voided"] == "void"


def test_a_file_of_two_kinds_is_read_as_both_and_as_one_where_the_other_was_not_exported():
    assert [one.kind for one in applied(ZENDESK)] == ["tickets", "surveys"]
    assert [one.kind for one in applied(ZENDESK[:-1])] == ["tickets"]
    assert [one.kind for one in applied(ZENDESK, kind="surveys")] == ["surveys"]


def test_a_kind_that_was_told_and_that_the_preset_does_not_feed_is_read_without_it():
    assert applied(XERO, kind="customers") == []


def test_no_other_column_is_taken_for_its_header_beside_a_preset():
    headers = [*XERO, "Net amount", "Product"]
    layout = lay_out(
        headers, kind="invoices", file="a.csv", rule=only(headers).rule, preset=only(headers)
    )
    assert layout.sources["amount"] == 3
    assert layout.others == {"Total": 4, "Type": 5, "Net amount": 7, "Product": 8}


def test_what_is_no_export_by_itself_says_why_and_how_to_read_it():
    with pytest.raises(UnrecognisedFileError) as refused:
        applied(DEALS)
    assert "looks like deals of HubSpot: they are what is hoped for" in refused.value.message
    assert refused.value.hint.endswith("--preset hubspot-deals")


def test_what_is_no_export_by_itself_is_read_where_it_was_named():
    one = only(DEALS, named=("hubspot-deals",))
    assert one.rule.columns["invoice_date"] == "Close Date"
    assert one.assumed == (
        "deals that were won are counted as invoices of the day they were closed",
    )


def test_where_the_kind_was_told_a_preset_only_for_the_hand_is_left_alone():
    assert applied(DEALS, kind="invoices") == []


def test_a_named_preset_is_taken_however_unsure_it_is():
    headers = ["Record ID", "Company name", *(f"Own {n}" for n in range(50))]
    assert applied(headers) == []
    assert only(headers, named=("hubspot-companies",)).preset.name == "hubspot-companies"


def test_a_named_preset_leaves_files_alone_that_it_does_not_fit():
    assert only(XERO, named=("hubspot-companies",)).preset.name == "xero-sales-invoices"
    assert applied(["a", "b"], named=("hubspot-companies",)) == []


def test_two_named_presets_that_both_fit_are_refused():
    headers = ["Record ID", "Company name", *XERO]
    with pytest.raises(UnrecognisedFileError, match="xero-sales-invoices and hubspot-companies"):
        applied(headers, named=("hubspot-companies", "xero-sales-invoices"))


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="--preset: unknown preset 'hubspot-company'"):
        applied(XERO, named=("hubspot-company",))


def test_the_first_recipe_whose_headers_are_there_is_taken():
    headers = ["id", "Created date (UTC)", "Amount", "Currency", "Status", "Captured"]
    assert only(headers).rule.columns["amount"] == "Amount"
    made = only([*headers, "amount refunded"]).rule.columns["amount"]
    assert made == Recipe(subtract=("Amount", "amount refunded"), blank_is_zero=True)


def test_what_an_amount_is_read_from_without_one_of_its_parts_is_said():
    headers = ["id", "Created date (UTC)", "Amount", "Currency", "Status", "Captured"]
    (said,) = only(headers).assumed
    assert said == "there is no column 'Amount Refunded': amount is read from 'Amount' alone"
    assert only([*headers, "Amount Refunded"]).assumed == ()


def test_what_a_missing_column_leaves_unknown_is_said():
    headers = ["id", "Created date (UTC)", "Amount", "Currency", "Captured"]
    said = only([*headers, "Amount Refunded"]).assumed
    assert said == ("there is no column 'Status': status is not known",)


def test_a_rule_that_cannot_be_followed_is_said():
    headers = ["Customer ID", "Contact Type", "Display Name"]
    assert only(headers).assumed == ()
    (said,) = only(["Record ID", "Company name", "Industry"]).assumed
    assert said == (
        "there is no column 'Lifecycle Stage', by which rows are left out where it is a lead, not"
        " yet a customer"
    )


QUESTIONS = ["Timestamp", "How likely are you to recommend us?", "How satisfied are you?"]


def test_of_two_questions_for_the_score_the_user_says_which():
    with pytest.raises(AmbiguousColumnError) as refused:
        applied(QUESTIONS)
    assert "'How likely are you to recommend us?' and 'How satisfied are you?'" in (
        refused.value.message
    )
    assert 'score = "How likely are you to recommend us?"' in refused.value.snippet
    told = rule("surveys", columns={"score": QUESTIONS[2]})
    assert only(QUESTIONS, kind="surveys", told=told).rule.columns["score"] == QUESTIONS[2]


def test_of_two_questions_for_a_comment_neither_is_taken():
    headers = [*QUESTIONS[:2], "What is the reason?", "Any comment?"]
    assert "comment" not in only(headers).rule.columns


def test_a_currency_in_a_header_is_that_of_every_row():
    headers = ["Project", "Client", "User", "Start Date", "Duration (h)", "Cost Amount (chf)"]
    one = only(headers)
    assert one.rule.constants == {"currency": "CHF"}
    assert one.reasons["currency"] == "preset clockify-time-entries"
    told = rule("costs", constants={"currency": "EUR"})
    assert only(headers, kind="costs", told=told).rule.constants == {"currency": "EUR"}
