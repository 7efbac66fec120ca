from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from pydantic import ValidationError

from retention_cli.errors import UnrecognisedFileError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
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
    per = found.dataset.money_parts
    amounts = found.dataset.tables["costs"]["amount"].to_pylist()
    return [Fraction(amount, per) for amount in amounts], problems


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        pytest.param({"amount": None}, "missing-value", "amount", id="no amount"),
        pytest.param({"amount": None, "hours": "1"}, "no-rate", "amount", id="no rate"),
        pytest.param({"amount": "x", "hours": "1"}, "bad-number", "amount", id="no number"),
        pytest.param({"hours": "1.123456789"}, "too-many-decimals", "hours", id="nine decimals"),
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
        ("0", 0),
    ],
)
def test_hours_become_an_amount_by_their_rate(tmp_path, hours, amount):
    text = f"{HEADER}2025-06-02,c1,{hours},,,60.00\n"
    assert loaded(tmp_path, text) == ([amount], [])


def test_hours_taken_back_are_a_credit(tmp_path):
    text = f"{HEADER}2025-06-02,c1,2,,,60.00\n2025-06-03,c1,-1.5,,,60.00\n"
    assert loaded(tmp_path, text) == ([1_200_000, -900_000], [])


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


def test_costs_without_hours_need_no_rate():
    columns = {"amount": pa.array(["5"])}
    assert Cost.priced(columns, {"Ann": "20"}) is columns


def test_hours_that_come_to_more_than_an_amount_can_be_are_rejected(tmp_path):
    text = f"{HEADER}2025-06-02,c1,9999999,,,99999999999.00\n2025-06-02,c1,1,,,60.00\n"
    assert loaded(tmp_path, text) == ([600_000], [(2, "number-too-large", "hours")])


def test_a_total_below_hours_is_left_out(tmp_path):
    text = HEADER + "2025-06-02,c1,1.5,Ann,,60.00\n2025-06-02,c1,2,Ann,,60.00\n,Total,3.5,,,\n"
    assert loaded(tmp_path, text) == ([900_000, 1_200_000], [(4, "totals-row", "hours")])


def test_the_lane_for_columns_suspects_rows_that_nothing_makes_an_amount_of():
    hours = {"hours": pa.array([1, 2, None, 10**15], pa.int64())}
    assert Cost.suspects(hours).to_pylist() == [True] * 4
    priced = hours | {"rate": pa.array([None, 5, 5, 10**17])}
    assert Cost.suspects(priced).to_pylist() == [True, False, True, True]
    amounts = pa.array([1, None, 3, 4])
    assert Cost.suspects(hours | {"amount": amounts}).to_pylist() == [False, True, False, False]


def test_the_rate_that_a_customer_pays_is_no_cost_of_an_hour(tmp_path):
    text = "Date,Hours,User,Billable Rate\n2025-06-02,2,Ada,120.00\n"
    with pytest.raises(UnrecognisedFileError, match="only its owner knows whether rate is"):
        loaded(tmp_path, text)
    assert loaded(tmp_path, text, people={"Ada": "50"}) == ([1_000_000], [])
