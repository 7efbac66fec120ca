from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.records.billing_statuses import BILLING, STATUSES
from retention_cli.records.document_types import DOCUMENTS, TYPES
from retention_cli.records.word_classes import Vocabulary, plain_words

SMALL = Vocabulary(
    phrases={"paid": "yes", "not paid": "no", "lost": "no"},
    fillers=frozenset({"card"}),
    endings={"bill": "yes"},
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *[("PAID", "yes"), ("not-paid", "no"), ("paid (card)", "yes"), ("Paid 12", "yes")],
        *[("waybill", "yes"), ("bill", None), ("card", None), ("paid lost", None), ("", None)],
        *[("paid maybe", None), ("not  Paid", "no"), ("NotPaid", "no")],
    ],
)
def test_every_word_has_to_be_known_and_all_say_one_thing(text, meaning):
    assert SMALL.meaning(text) == meaning


def test_of_several_meanings_the_strongest_counts_where_there_is_an_order():
    ordered = Vocabulary(SMALL.phrases, SMALL.fillers, strongest=("no", "yes"))
    assert ordered.meaning("paid, lost") == "no"


@pytest.mark.parametrize(("vocabulary", "ours"), [(BILLING, STATUSES), (DOCUMENTS, TYPES)])
def test_our_own_words_mean_themselves(vocabulary, ours):
    assert {one: vocabulary.meaning(one) for one in ours} == {one: one for one in ours}


@pytest.mark.parametrize("vocabulary", [BILLING, DOCUMENTS])
@given(data=st.data())
def test_case_accents_marks_and_numbers_change_no_meaning(vocabulary, data):
    phrase = data.draw(st.sampled_from(sorted(vocabulary.phrases)))
    mark = data.draw(st.sampled_from([" ", "-", "_", " - ", "/"]))
    written = mark.join(phrase.split())
    for form in (written, written.upper(), written.title(), f" {written} ", f"{written} (12)"):
        assert vocabulary.meaning(form) == vocabulary.phrases[phrase], form


@given(text=st.text(max_size=40))
def test_any_text_has_a_meaning_of_ours_or_none(text):
    assert BILLING.meaning(text) in {*BILLING.phrases.values(), None}
    assert DOCUMENTS.meaning(text) in {*TYPES, None}
    assert plain_words(plain_words(text)) == plain_words(text)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        *[("Sales invoice", "invoice"), ("Abschlagsrechnung", "invoice"), ("Cash Sale", "invoice")],
        *[("Sales credit note", "credit-note"), ("Stornorechnung", "credit-note")],
        *[("Invoice payment", "payment"), ("Kundenzahlung", "payment"), ("Recibo", "payment")],
        *[("Purchase Invoice", "other"), ("Eingangsrechnung", "other"), ("Vendor credit", "other")],
        *[("Pro-forma invoice", "quote"), ("Purchase order", "other"), ("Bestellung", "order")],
        *[("Adjustment", None), ("Debit note", None), ("Service", None), ("Abono", None)],
    ],
)
def test_types_of_documents_are_told_by_their_words(word, meaning):
    assert DOCUMENTS.meaning(word) == meaning


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        *[("past_due", "billed"), ("Überfällig", "billed"), ("Overdue 12 days", "billed")],
        *[("wc-completed", "billed"), ("Payée", "billed"), ("Teilweise bezahlt", "billed")],
        *[("Annulée", "void"), ("payment failed", "void"), ("Rechazada", "void"), ("TEST", "void")],
        *[("pending approval", "draft"), ("Bozza", "draft"), ("Charged Back", "refunded")],
        *[("teilweise erstattet", "partly refunded"), ("Credit Note Issued", "credit note")],
        *[("refund pending", None), ("not cancelled", None), ("cancelled - refunded", None)],
    ],
)
def test_statuses_are_told_by_their_words(word, meaning):
    assert BILLING.meaning(word) == meaning
