from __future__ import annotations

import pytest
from pydantic import ValidationError

from retention_cli.records.kinds.customers import Customer

GOOD = {"customer_id": "1", "start_date": "2024-06-01", "end_date": None, "status": None}


def refusal(**cells):
    with pytest.raises(ValidationError) as caught:
        Customer.model_validate(GOOD | cells)
    (found,) = caught.value.errors()
    return found["type"], found.get("ctx", {}).get("column") or found["loc"][0]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({}, id="open"),
        pytest.param({"end_date": "2024-06-01"}, id="gone on the day it came"),
        pytest.param({"end_date": "2025-06-01", "status": "ended"}, id="ended"),
        pytest.param({"end_date": "2025-06-01", "status": "active"}, id="active until later"),
        pytest.param({"status": "trial"}, id="a word of its own"),
        pytest.param({"customer_id": "NA"}, id="an id that looks like nothing"),
    ],
)
def test_spells_that_can_be_are_left_alone(cells):
    assert Customer.model_validate(GOOD | cells)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        pytest.param({"start_date": None}, "missing-value", "start_date", id="no start"),
        pytest.param({"start_date": "2025-02-29"}, "bad-date", "start_date", id="no leap day"),
        pytest.param({"customer_id": None}, "missing-value", "customer_id", id="nobody"),
        pytest.param({"customer_id": "a\0"}, "control-character", "customer_id", id="a NUL"),
        pytest.param({"end_date": "2024-05-31"}, "end-before-start", "end_date", id="turned"),
    ],
)
def test_a_spell_that_cannot_be_says_why(cells, code, column):
    assert refusal(**cells) == (code, column)


def test_who_has_left_on_a_day_that_nobody_knows_is_accepted():
    cells = {"customer_id": "1", "start_date": "2024-01-01", "status": "ended"}
    assert Customer.model_validate(cells).end_date is None


def test_a_flag_needs_no_dates():
    assert Customer.model_validate({"customer_id": "1", "status": "ended"}).status == "ended"
