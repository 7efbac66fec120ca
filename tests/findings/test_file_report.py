from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.errors import TooManyRejectsError
from retention_cli.findings.file_report import Export, RejectLimit, refuse_too_many
from retention_cli.findings.problems import Problem


def export(rows, rejected):
    return Export("a.csv", "customers", rows, rows - rejected, rejected, skipped=0)


def test_counts_that_do_not_add_up_are_a_defect():
    with pytest.raises(AssertionError, match=r"a\.csv: 7 accepted \+ 2 rejected \+ 2 skipped"):
        Export("a.csv", "customers", rows=10, accepted=7, rejected=2, skipped=2)


def test_counts_that_add_up_are_taken():
    assert Export("a.csv", "customers", rows=10, accepted=7, rejected=2, skipped=1).rows == 10


@pytest.mark.parametrize(
    ("text", "percent", "count"),
    [
        ("5%", 5, None),
        ("0%", 0, None),
        ("100%", 100, None),
        (" 2.5 % ", Fraction(5, 2), None),
        ("0.57%", Fraction(57, 100), None),
        ("50", None, 50),
        ("0", None, 0),
    ],
)
def test_a_limit_is_a_share_or_a_number(text, percent, count):
    assert RejectLimit.parse(text) == RejectLimit(percent=percent, count=count)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "five",
        "-1",
        "-1%",
        "101%",
        "nan%",
        "inf%",
        "1e1%",
        "1/2%",
        "1.5",
        "5%%",
        "+5",
        "\u0665",
    ],
)
def test_anything_else_is_no_limit(text):
    with pytest.raises(ValueError, match=r".*"):
        RejectLimit.parse(text)


@pytest.mark.parametrize(
    ("limit", "rejected", "rows", "allowed"),
    [
        ("5%", 1, 20, True),
        ("5%", 2, 20, False),
        ("5%", 1, 19, False),
        ("5%", 0, 0, True),
        ("0.57%", 57, 10_000, True),
        ("0.57%", 58, 10_000, False),
        ("0%", 0, 10, True),
        ("0%", 1, 10, False),
        ("100%", 10, 10, True),
        ("3", 3, 3, True),
        ("3", 4, 1_000_000, False),
        ("0", 0, 10, True),
        ("0", 1, 10, False),
    ],
)
def test_exactly_the_limit_is_allowed(limit, rejected, rows, allowed):
    assert RejectLimit.parse(limit).allows(rejected=rejected, rows=rows) is allowed


@given(st.integers(0, 10_000), st.integers(1, 100_000))
def test_a_share_that_a_file_has_exactly_is_allowed_and_one_row_more_is_not(hundredths, rows):
    limit = RejectLimit.parse(f"{hundredths // 100}.{hundredths % 100:02}%")
    most = rows * hundredths // 10_000
    assert limit.allows(rejected=most, rows=rows)
    assert not limit.allows(rejected=most + 1, rows=rows)


def test_without_a_word_the_limit_is_five_percent():
    assert RejectLimit() == RejectLimit.parse("5%")


@pytest.mark.parametrize(("text", "shown"), [("5%", "5 %"), ("0.5%", "0.5 %"), ("12", "12")])
def test_a_limit_is_shown_as_it_is_written(text, shown):
    assert str(RejectLimit.parse(text)) == shown


@pytest.mark.parametrize(
    ("code", "to_do"),
    [
        ("bad-flag", "write yes or no"),
        ("overlapping-spells", "end one spell"),
        ("other", "fix the rows"),
    ],
)
def test_too_many_rejects_name_the_file_the_counts_and_the_first(code, to_do):
    with pytest.raises(TooManyRejectsError) as caught:
        refuse_too_many(export(20, 2), RejectLimit(), Problem(3, code, "a.csv row 3: is wrong"))
    assert caught.value.message == (
        "a.csv: 2 of 20 rows are rejected, more than 5 %; the first: a.csv row 3: is wrong"
    )
    assert caught.value.hint.startswith(to_do)
    assert caught.value.hint.endswith("; or allow more with --max-rejects")
    assert caught.value.exit_code == 3


def test_few_rejects_are_let_pass():
    refuse_too_many(export(20, 1), RejectLimit(), None)
