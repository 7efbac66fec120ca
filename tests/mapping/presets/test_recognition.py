"""Which system a header row is of: its own, or none; never another's."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preset_samples import HEADERS, header_place
from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.headers import currency_in, places_of
from retention_cli.mapping.presets import names, preset, signature
from retention_cli.mapping.presets.recognition import (
    SURE,
    Recognition,
    fitting,
    lacking,
    surest,
)

OTHER_NAMES = {
    "stripe-payments-legacy": "stripe-payments",
    "quickbooks-sales-by-customer-detail-classic": "quickbooks-sales-by-customer-detail",
}
"""Files of which one preset reads the older form too."""


def recognise_preset(headers):
    sure = [one for one in fitting(headers) if one.confidence >= SURE]
    return surest(sure, file="the file")


@pytest.fixture
def listed(shared_data):
    """Give the header row of each real export that was collected, by the preset it is of."""
    found = {}
    for file in sorted((shared_data.parent / "vendor-headers").glob("*.csv")):
        german = file.stem.startswith("datev")
        text = file.read_bytes().decode("cp1252" if german else "utf-8-sig")
        lines = list(csv.reader(io.StringIO(text), delimiter=";" if german else ","))
        name = OTHER_NAMES.get(file.stem, file.stem)
        found[file.stem] = name, lines[header_place(name, lines)]
    return found


@pytest.mark.shared
def test_every_export_that_was_collected_is_recognised_as_what_it_is(listed):
    assert len(listed) == 45
    known = {
        stem: [one.preset for one in fitting(headers)] for stem, (_, headers) in listed.items()
    }
    assert known == {stem: [name] for stem, (name, _) in listed.items()}
    sure = {stem: recognise_preset(headers) for stem, (_, headers) in listed.items()}
    assert all(found.confidence > Fraction(9, 10) for found in sure.values())


@pytest.mark.shared
def test_every_export_that_was_collected_has_a_preset(listed):
    assert {name for name, _ in listed.values()} <= set(names())


@pytest.mark.shared
def test_no_columns_of_a_collected_export_are_enough_for_another_preset(listed):
    assert strangers((name, headers) for name, headers in listed.values()) == []


def test_no_columns_of_a_sample_are_enough_for_another_preset():
    assert strangers(HEADERS.items()) == []


def strangers(exports):
    """List other presets whose required headers are all in an export, whatever else is there.

    Where there are none, no choice of its columns can be taken for another system's.
    """
    return [
        (name, other)
        for name, headers in exports
        for other in names()
        if other != name
        and all(any(places_of(headers, one) for one in some) for some in signature(other).required)
    ]


CUSTOM = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=3, max_size=12).map("x {} x".format)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_columns_in_any_order_and_as_many_of_the_users_own_change_nothing(data):
    name = data.draw(st.sampled_from(names()))
    headers = [header for header in HEADERS[name] if header]
    custom = data.draw(st.lists(CUSTOM, max_size=len(headers) // 2))
    mixed = data.draw(st.permutations([*headers, *custom]))
    assert recognise_preset(mixed).preset == name


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_some_of_the_columns_are_recognised_or_not_and_never_as_another_systems(data):
    name = data.draw(st.sampled_from(names()))
    kept = data.draw(st.lists(st.sampled_from(HEADERS[name]), unique=True, max_size=20))
    found = recognise_preset([*kept, *data.draw(st.lists(CUSTOM, max_size=20))])
    if found is None:
        return
    assert found.preset.split("-")[0] == name.split("-")[0]
    required = signature(found.preset).required
    absent = [some for some in required if not any(places_of(kept, one) for one in some)]
    # Where many are required, all but one tell the system.
    assert len(absent) <= (len(required) > 3)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(names()), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_and_a_byte_order_mark_change_nothing(name, change):
    headers = [change(header) for header in HEADERS[name]]
    headers[0] = f"\ufeff{headers[0]}"
    assert recognise_preset(headers).preset == name


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([h for headers in HEADERS.values() for h in headers]), max_size=30))
def test_columns_of_many_systems_together_are_sure_only_with_all_that_tell_one(headers):
    for found in fitting(headers):
        assert lacking(signature(found.preset), headers) is None
        assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([], id="nothing"),
        pytest.param(["", "", ""], id="blanks"),
        pytest.param(["customer_id", "start_date", "end_date"], id="our own customers"),
        pytest.param(["Invoice No", "Invoice Date", "Customer ID", "Net Amount"], id="a ledger"),
        pytest.param(["Timestamp", "Name", "Comment"], id="a form that asks for no score"),
        pytest.param(["Id", "Name", "Type", "OwnerId2"], id="a few names of Salesforce"),
        pytest.param(
            ["*ContactName", "*InvoiceNumber", "*InvoiceDate", "*DueDate", "*UnitAmount"],
            id="Xero's template for import",
        ),
    ],
)
def test_what_is_of_no_system_is_taken_for_none(headers):
    assert recognise_preset(headers) is None


@pytest.mark.parametrize("name", [name for name in names() if signature(name).absent])
def test_a_header_that_an_export_never_has_speaks_against_its_preset(name):
    for absent in signature(name).absent:
        headers = [*HEADERS[name], absent]
        assert name not in [one.preset for one in fitting(headers)]
        assert lacking(signature(name), headers) == f"has a column '{absent}'"


def test_confidence_is_the_larger_share_of_the_two():
    required = ["Company name", "Record ID"]
    known = len(signature("hubspot-companies").known) + 2
    (alone,) = fitting(required)
    assert alone.confidence == 1
    (among,) = fitting([*required, *(f"Own {n}" for n in range(38))])
    assert among.confidence == Fraction(2, known) < SURE
    assert recognise_preset([*required, *(f"Own {n}" for n in range(38))]) is None


def test_two_that_fit_equally_well_are_asked_about():
    found = [Recognition("stripe-invoices", Fraction(1)), Recognition("xero-contacts", Fraction(1))]
    with pytest.raises(UnrecognisedFileError) as refused:
        surest(found, file="a.csv")
    assert "the presets stripe-invoices and xero-contacts equally well" in refused.value.message
    assert refused.value.hint.endswith("--preset stripe-invoices or --preset xero-contacts")


def test_the_surer_of_two_is_taken():
    found = [Recognition("xero-contacts", Fraction(1)), Recognition("a", Fraction(9, 10))]
    assert surest(found, file="a.csv").preset == "xero-contacts"


@pytest.mark.parametrize(
    ("headers", "name", "places"),
    [
        (["Name", "name", "NAME "], "Name", (0,)),
        (["name", "NAME "], "Name", (0, 1)),
        (["*ContactName"], "ContactName", (0,)),
        (["#", "Other"], "#", (0,)),
        (["", "-"], "#", ()),
        (["Amount (USD)", "Amount ()", "Amount (dollars)"], "Amount ({currency})", (0, 1)),
        (["Tags [list]", "Tags"], "* [list]", (0,)),
        (["a.b", "axb"], "a.*", (0,)),
    ],
)
def test_a_name_finds_its_headers(headers, name, places):
    assert places_of(headers, name) == places


@pytest.mark.parametrize(
    ("headers", "currency"),
    [
        (["Cost (EUR)"], "EUR"),
        (["Cost ()"], None),
        (["Cost (EUR)", "Cost (USD)"], None),
        (["Cost"], None),
    ],
)
def test_a_currency_stands_in_one_header_or_in_none(headers, currency):
    assert currency_in(headers, "Cost ({currency})") == currency


@pytest.mark.parametrize("name", names())
def test_what_tells_a_preset_is_read_alone_as_it_is_read_with_the_rest(name):
    assert signature(name) == preset(name).signature
