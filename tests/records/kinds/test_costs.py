from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.mapping.cells.durations import rewrite_clock_hours
from retention_cli.records.kinds.costs import Cost
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

HEADER = "cost_date,customer_id,hours,person,role,rate\n"


def loaded(tmp_path, text, **settings):
    """Load one export of costs; its amounts in ten-thousandths, and its problems."""
    file = Path(tmp_path, "costs.csv")
    file.write_text(text, "utf-8")
    given = Settings.model_validate(settings)
    parts = list(read_parts(Located(file), given))
    with RejectsFile(None) as unused:
        found = load(parts, settings=given, limit=RejectLimit.parse("100%"), rejects=unused)
    problems = [(one.row, one.code, one.column) for one in found.problems]
    return found.dataset.tables["costs"]["amount"].to_pylist(), problems


def worth(hours, rate):
    columns = {"hours": pa.array([hours], pa.string()), "rate": pa.array([rate], pa.string())}
    (amount,) = Cost.priced(columns, {})["amount"].to_pylist()
    return amount


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        pytest.param({"amount": None}, "missing-value", "amount", id="no amount"),
        pytest.param({"amount": None, "hours": "1"}, "no-rate", "amount", id="no rate"),
        pytest.param({"amount": "x", "hours": "1"}, "bad-number", "amount", id="no number"),
        pytest.param({"hours": "1.123456789"}, "bad-number", "hours", id="nine decimals"),
        pytest.param({"cost_date": None}, "missing-value", "cost_date", id="no date"),
        pytest.param({"amount": "1.23456"}, "too-many-decimals", "amount", id="five decimals"),
    ],
)
def test_a_cost_that_cannot_be_says_why(cells, code, column):
    with pytest.raises(ValidationError) as caught:
        Cost.model_validate({"amount": "1", "cost_date": "2025-06-02"} | cells)
    (found,) = caught.value.errors()
    assert found["type"] == code
    assert (found.get("ctx", {}).get("column") or found["loc"][0]) == column


@pytest.mark.parametrize(
    ("hours", "amount"),
    [
        ("0:20:00", 200_000),
        ("0:20", 200_000),
        ("1:00:00", 600_000),
        ("0.25", 150_000),
        ("-1.5", -900_000),
        ("0", 0),
    ],
)
def test_hours_become_an_amount_by_their_rate(tmp_path, hours, amount):
    text = f"{HEADER}2025-06-02,c1,{hours},,,60.00\n"
    assert loaded(tmp_path, text) == ([amount], [])


def test_the_rate_of_the_row_goes_before_the_person_and_that_before_the_role(tmp_path):
    lines = ("1,Ann,agent,10.00", "1,Ann,agent,", "1,Bob,agent,", "1,,agent,", "1,Bob,,", "1,,,")
    text = HEADER + "".join(f"2025-06-02,c1,{line}\n" for line in lines)
    amounts, problems = loaded(tmp_path, text, people={"Ann": "20.50", "agent": "30"})
    assert amounts == [100_000, 205_000, 300_000, 300_000]
    assert problems == [(6, "no-rate", "amount"), (7, "no-rate", "amount")]


def test_an_amount_that_is_written_stands_before_hours_and_rate(tmp_path):
    text = "cost_date,amount,hours,rate\n2025-06-02,5.00,1,60.00\n2025-06-02,,1,60.00\n"
    assert loaded(tmp_path, text) == ([50_000, 600_000], [])


def test_hours_without_any_rate_are_rejected(tmp_path):
    text = "cost_date,amount,hours\n2025-06-02,,1\n2025-06-02,,\n2025-06-02,3,\n"
    amounts, problems = loaded(tmp_path, text)
    assert amounts == [30_000]
    assert problems == [(2, "no-rate", "amount"), (3, "missing-value", "amount")]


def test_hours_alone_and_no_rate_at_all(tmp_path):
    text = "cost_date,hours\n2025-06-02,1\n"
    assert loaded(tmp_path, text) == ([], [(2, "no-rate", "amount")])


def test_who_has_hours_and_no_rate_is_told_where_to_write_one():
    with pytest.raises(ValidationError, match=r"\[people\] in retention.toml, such as \"Support\""):
        Cost.model_validate({"hours": "1"})


def test_hours_that_are_none_are_rejected_as_such(tmp_path):
    text = HEADER + "2025-06-02,c1,soon,,,60.00\n2025-06-02,c1,1:75:00,,,60.00\n"
    text += "2025-06-02,c1,1,,,x\n2025-06-02,c1,1,,,60.00\n"
    amounts, problems = loaded(tmp_path, text)
    assert amounts == [600_000]
    assert problems == [
        (2, "bad-number", "hours"),
        (3, "bad-number", "hours"),
        (4, "bad-number", "rate"),
    ]


def test_costs_without_hours_are_not_priced():
    columns = {"amount": pa.array(["5"])}
    assert Cost.priced(columns, {"Ann": "20"}) is columns


@pytest.mark.parametrize(
    ("hours", "rate", "amount"),
    [
        pytest.param("1", "60.00000", "60", id="a rate with five decimals that are 0"),
        pytest.param("1", "10000000", "10000000", id="a large rate"),
        pytest.param("0.00027778", "40.50", "0.0112", id="a second on a half, to even"),
        pytest.param("0.00083333", "40.50", "0.0338", id="three seconds on a half, to even"),
        pytest.param("0.33333334", "30000.00", "10000.0002", id="more than 20 minutes"),
        pytest.param("0.00001", "5", "0", id="half of the fourth decimal, to even"),
        pytest.param("0.00003", "5", "0.0002", id="the next half, to even"),
    ],
)
def test_the_product_is_exact(hours, rate, amount):
    assert Decimal(worth(hours, rate)) == Decimal(amount)


@pytest.mark.parametrize(
    ("hours", "rate"), [(None, "1"), ("1", None), ("x", "1"), ("1", "x"), ("1", "1.00001")]
)
def test_what_cannot_be_multiplied_has_no_amount(hours, rate):
    assert worth(hours, rate) is None


def nearest(amount):
    """Round a fraction to four decimals, half to even; `round` of a fraction does."""
    return Decimal(round(amount * 10_000)) / 10_000


rates = st.decimals(min_value=0, max_value=99_999, places=4, allow_nan=False)


@settings(max_examples=80, deadline=None)
@given(seconds=st.integers(0, 9_999_999) | st.integers(0, 60), rate=rates)
def test_clock_hours_are_priced_to_the_second(seconds, rate):
    clock = f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    (hours,) = rewrite_clock_hours(pa.array([clock])).to_pylist()
    assert Decimal(worth(hours, f"{rate:f}")) == nearest(Fraction(seconds, 3_600) * Fraction(rate))


@settings(max_examples=80, deadline=None)
@given(
    hours=st.decimals(min_value=-999, max_value=999, places=3, allow_nan=False),
    rate=rates,
)
def test_written_hours_are_priced_exactly(hours, rate):
    exact = (hours * rate).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
    assert Decimal(worth(f"{hours:f}", f"{rate:f}")) == exact


def test_the_lane_for_columns_suspects_rows_without_an_amount():
    blank = {"hours": pa.array([1, 2], pa.int64())}
    assert Cost.suspects(blank).to_pylist() == [True, True]
    assert Cost.suspects(blank | {"amount": pa.array([1, None])}).to_pylist() == [False, True]


def test_the_rate_that_a_customer_pays_is_no_cost_of_an_hour(tmp_path):
    text = "Date,Hours,User,Billable Rate\n2025-06-02,2,Ada,120.00\n"
    assert loaded(tmp_path, text) == ([], [(2, "no-rate", "amount")])
    assert loaded(tmp_path, text, people={"Ada": "50"}) == ([1_000_000], [])
