from __future__ import annotations

import tomllib

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.findings.across_files.ids_alike import find, folded
from together import only, places, together


def customers(*ids):
    return [f'"{one}",2025-01-01,' for one in ids]


def invoices(*ids):
    return [f'2025-06-01,1,"{one}"' for one in ids]


@pytest.mark.parametrize(
    "ids",
    [("acme", "acme2"), ("07", "70"), ("a.0", "a"), ("0", "1"), ("7.5", "7"), ("ab", "ba")],
    ids=["longer", "other zeros", "a word with .0", "nought", "a fraction", "other order"],
)
def test_different_ids_are_left_alone(ids):
    assert not list(find(together(customers=customers(*ids))))


def test_the_same_id_in_two_rows_and_two_files_is_one():
    both = together(customers=customers("ann"), invoices=invoices("ann", "ann"))
    assert not list(find(both))


@pytest.mark.parametrize(
    ("one", "like", "difference"),
    [
        ("ACME", "acme", "case"),
        ("ac me", "acme", "white space"),
        ("ac\u200bme", "acme", "unseen marks"),
        ("\uff41cme", "acme", "width or accents"),
        ("007", "7", "leading zeros"),
        ("7.0", "7", "a trailing .0"),
        ("AC ME", "acme", "case or white space"),
    ],
)
def test_ids_that_differ_only_in_writing_are_told(one, like, difference):
    found = only(find, together(customers=customers(like), invoices=invoices(one, one)))
    assert (found.code, found.kind, found.count) == ("ids-alike", "invoices", 1)
    assert found.message == (
        f"1 id is an id of the customers except for {difference}, such as '{one}' and '{like}': they count"
        " as different customers"
    )
    assert places(found) == [(one, "invoices.csv", 2)]


@pytest.mark.parametrize(
    "one", ["1002-OLD", "1002 (alt)", "X-1002", "1002a", "1002_1", "(neu) 1002", "1002*"]
)
def test_an_id_that_is_another_and_a_mark_is_told(one):
    found = only(find, together(customers=customers("1001", "1002", "1003", one)))
    assert (found.code, found.count) == ("ids-alike", 1)
    assert "1 id is another id and a mark" in found.message
    assert found.hint.endswith(f'[same_customer] "{one}" = "1002"')
    assert places(found) == [(one, "customers.csv", 5)]


@pytest.mark.parametrize(
    "ids",
    [("1", "1-1", "2", "2-1"), ("10", "100", "1000"), ("ann", "ann-b", "c", "d"), ("A-1", "B-1")],
    ids=["marks of all", "digits", "no number", "each a mark"],
)
def test_marks_that_are_part_of_ids_are_not_told(ids):
    assert not list(find(together(customers=customers(*ids))))


def test_inside_one_export_they_are_told_once():
    found = only(find, together(customers=customers("ACME", "acme", "Acme", "bob")))
    assert (found.kind, found.count) == ("customers", 2)
    assert "2 ids are another id except for case, such as 'Acme' and 'ACME'" in found.message


def test_what_is_alike_among_customers_is_not_told_of_invoices():
    both = together(customers=customers("ACME", "acme"), invoices=invoices("bob"))
    assert [one.kind for one in find(both)] == ["customers"]


def test_what_to_write_is_toml():
    found = only(find, together(customers=customers("a\\b"), invoices=invoices("A\\B")))
    line = found.hint.split("[export.values.customer_id] ")[1]
    assert tomllib.loads(line) == {"A\\B": "a\\b"}


@given(st.lists(st.text("aA0 .17\u200b\uff11\u00e9", max_size=6), max_size=8))
def test_folding_twice_is_folding_once_and_case_is_folded_away(texts):
    once = folded(pa.array(texts, pa.string())).to_pylist()
    assert folded(pa.array(once, pa.string())).to_pylist() == once
    assert folded(pa.array([text.upper() for text in texts], pa.string())).to_pylist() == once
