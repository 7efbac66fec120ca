"""Running totals are asked about: amounts that grow with the days."""

from __future__ import annotations

import pytest

from money_exports import HEAD, asked, read

PARTS = [40, 75, 20, 110, 65, 90, 30, 55, 80, 45, 95, 60]


def sold(amounts, customers):
    rows = zip(range(1, len(amounts) + 1), customers, amounts, strict=True)
    return [HEAD, *(f"R{nth},2025-06-{nth:02},{one},{amount}" for nth, one, amount in rows)]


def up_to(parts, customers):
    sums = {}
    for part, one in zip(parts, customers, strict=True):
        sums[one] = sums.get(one, 0) + part
        yield sums[one]


@pytest.mark.parametrize(
    ("customers", "of"), [("AAAAAAAAAAAA", "all rows"), ("ABABABABABAB", "a customer")]
)
def test_amounts_that_grow_with_the_days_may_be_running_totals(customers, of):
    rows = sold(list(up_to(PARTS, customers)), customers)
    said = asked(rows)
    assert f"it grows in every row of {of}, in the order of 'Date'" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert len(read(rows, toml=toml).amounts) == len(PARTS)


@pytest.mark.parametrize(
    "amounts", [PARTS, [100 + nth for nth in range(12)], [50] * 12, range(100, 1300, 100)]
)
def test_amounts_that_do_not_and_prices_that_rise_slowly_count(amounts):
    assert len(read(sold(amounts, "ABABABABABAB")).amounts) == len(amounts)


def split(rows, *ends):
    """Files of some rows each, with the header on each."""
    starts = (1, *(end + 1 for end in ends[:-1]))
    return [[HEAD, *rows[start : end + 1]] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(("anew", "of"), [(False, "all files"), (True, "each file")])
def test_running_totals_that_are_split_over_files_are_asked_about(anew, of, turn):
    parts = [PARTS[:6], PARTS[6:]] if anew else [PARTS]
    amounts = [amount for some in parts for amount in up_to(some, "A" * len(some))]
    # Each file alone is too short to prove anything.
    files = split(sold(amounts, "ABCABCABCABC"), 6, 12)[::turn]
    said = asked(*files)
    assert f"it grows in every row of {of}, in the order of days" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert len(read(*files, toml=toml).amounts) == len(PARTS)


def test_files_whose_amounts_do_not_grow_count():
    files = split(sold(PARTS, "ABABABABABAB"), 4, 8, 12)
    assert len(read(*files).amounts) == len(PARTS)
