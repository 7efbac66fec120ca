"""Amounts beside their tax: the known figure, or a question; never another number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.errors import AmbiguousColumnError, UnrecognisedFileError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.sheets import assign
from retention_cli.reading import read_bytes
from retention_cli.settings import ExportRule, Settings


def read(header, *rows, rule=None, **told):
    """Read an export; the amounts of its rows, and what was assumed."""
    text = "\n".join([header, *rows]) + "\n"
    sheets = read_bytes(text.encode(), name="a.csv")
    (found,) = assign(sheets, kind="invoices", rules=[rule] if rule else [])
    made = canonical(found.sheet, found.layout, settings=Settings(**told), rule=found.rule)
    amounts = [
        Decimal(cell) for batch in made.batches for cell in batch.columns["amount"].to_pylist()
    ]
    return amounts, made.assumed


def asked(header, *rows, **told):
    with pytest.raises(AmbiguousColumnError) as refused:
        read(header, *rows, **told)
    return refused.value


NET = [Decimal(100), Decimal(200)]
ROWS = [("Subtotal", "100", "200"), ("Tax", "19", "38"), ("Total", "119", "238")]


@pytest.mark.parametrize(
    ("net", "gross"),
    [("Subtotal", "Total"), ("Amount", "Total Due"), ("Basis", "Total"), ("Revenue", "Value")],
)
def test_what_adds_up_with_the_tax_to_another_column_is_net(net, gross):
    header, rows = (
        f"Invoice Date,{net},Tax,{gross}",
        ("2025-06-02,100,19,119", "2025-06-03,200,38,238"),
    )
    assert read(header, *rows)[0] == NET


def test_what_was_proven_is_said_where_the_header_alone_would_mislead():
    found, said = read("Invoice Date,Total,VAT,Basis", "2025-06-02,119,19,100")
    assert (found, said) == (
        [100],
        ("amounts are read from 'Basis': 'Basis' and 'VAT' add up to 'Total'",),
    )


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param("Invoice Date,Amount,GST,PST,Total", "2025-06-02,100,5,7,112", id="two taxes"),
        pytest.param("Invoice Date,Total,Tax,Net", "2025-06-02,119,-19,100", id="a negative tax"),
        pytest.param("Invoice Date,Total,Tax,Base", "2025-06-02,-119,-19,-100", id="a credit note"),
        pytest.param(
            "Invoice Date,Subtotal,IVA,Retención,Total", "2025-06-02,100,21,15,106", id="kept back"
        ),
    ],
)
def test_taxes_are_proven_together_and_with_their_sign(header, row):
    assert [abs(one) for one in read(header, row)[0]] == [100]


@pytest.mark.parametrize("amount", ["Total", "Amount", "Betrag", "Montant", "Invoice amount"])
def test_what_nothing_proves_is_asked_about_with_two_lines(amount):
    header, rows = f"Invoice Date,{amount},VAT", ["2025-06-01,119,19", "2025-06-02,238,38"]
    question = asked(header, *rows)
    assert "nothing proves whether the tax in 'VAT' is part of it" in question.message
    subtract, plain = (line.removeprefix("# ").split("   #")[0] for line in question.snippet[-2:])
    assert subtract == f'amount = {{ subtract = ["{amount}", "VAT"] }}'
    assert plain == f'amount = "{amount}"'


@pytest.mark.parametrize(
    ("source", "amounts"),
    [({"subtract": ["Amount", "VAT"]}, [100, 200]), ("Amount", [119, 238])],
)
def test_either_line_answers_it(source, amounts):
    rule = ExportRule(file="a.csv", kind="invoices", columns={"amount": source})
    header, rows = "Invoice Date,Amount,VAT", ("2025-06-01,119,19", "2025-06-02,238,38")
    assert read(header, *rows, rule=rule)[0] == amounts


def test_a_blank_tax_is_none_where_the_recipe_says_so():
    header, rows = "Invoice Date,Amount,VAT", ("2025-06-01,119,19", "2025-06-02,238,")
    (line, _) = asked(header, *rows).snippet[-2:]
    assert "blank_is_zero = true" in line
    recipe = {"subtract": ["Amount", "VAT"], "blank_is_zero": True}
    rule = ExportRule(file="a.csv", kind="invoices", columns={"amount": recipe})
    assert read(header, *rows, rule=rule)[0] == [100, 238]


@pytest.mark.parametrize(
    ("header", "rows", "told"),
    [
        pytest.param("Invoice Date,Amount,VAT", ["2025-06-01,119,0"], {}, id="no row has tax"),
        pytest.param("Invoice Date,Amount,Region", ["2025-06-01,119,19"], {}, id="no tax at all"),
        pytest.param("Invoice Date,Net Amount,VAT", ["2025-06-01,119,19"], {}, id="named as net"),
        pytest.param("Invoice Date,Amount,VAT", ["2025-06-01,119,19"], {"tax": "none"}, id="told"),
        pytest.param("Invoice Date,Amount,Tax ID", ["2025-06-01,119,19"], {}, id="a number of tax"),
    ],
)
def test_nothing_is_asked_where_it_changes_nothing_or_was_said(header, rows, told):
    assert read(header, *rows, **told) == ([119], ())


def test_a_column_of_rates_is_no_amount_of_tax():
    question = asked("Invoice Date,Amount,VAT", "2025-06-01,119,19", "2025-06-02,238,19")
    assert "rate" in question.message
    assert 'tax = "included 19%"' in question.hint


def test_a_name_is_no_proof_against_the_cells():
    question = asked("Invoice Date,Net Amount,Tax,Basis", "2025-06-02,119,19,100")
    assert "named as net of tax, but 'Basis' and 'Tax' add up to 'Net Amount'" in question.message


HEADERS = [("Subtotal", "Tax", "Total"), ("Amount", "VAT", "Total Due"), ("Base", "IVA", "Importe")]
ROW = st.tuples(st.integers(1, 10**6), st.sampled_from([0, 7, 19, 20]))


@settings(deadline=None, max_examples=40)
@given(
    rows=st.lists(ROW, min_size=1, max_size=8),
    names=st.sampled_from(HEADERS),
    kept=st.sets(st.integers(0, 2), min_size=2),
)
def test_the_known_net_amounts_or_a_question(rows, names, kept):
    taxed = [(net, round(net * rate / 100)) for net, rate in rows]
    table = [(net, tax, net + tax) for net, tax in taxed]
    header = ",".join(["Invoice Date", *(names[place] for place in sorted(kept))])
    lines = [
        ",".join(["2025-06-02", *(f"{row[place] / 100:.2f}" for place in sorted(kept))])
        for row in table
    ]
    try:
        found, _ = read(header, *lines)
    except (AmbiguousColumnError, UnrecognisedFileError):
        return
    if 1 not in kept:
        return  # which of two columns is net without the tax is told by their names alone
    assert found == [Decimal(row[0]) / 100 for row in table]


@pytest.mark.parametrize("header", ["Tax Rate", "USt-Satz", "Taux TVA", "% IVA", "BTW-tarief"])
def test_a_bare_amount_beside_the_rate_of_its_tax_is_asked_about(header):
    head, row = f"Invoice,Invoice Date,Amount,{header}", "1,2025-06-01,119.00,{}"
    said = str(asked(head, row.format("19 %")))
    assert f"it is not known whether the tax is in it whose rate is in '{header}'" in said
    assert read(head, row.format("0"))[0] == [Decimal(119)]
    assert read(head.replace("Amount", "Net Amount"), row.format("19"))[0] == [Decimal(119)]
