"""What was recognised of a file is told while a question about it is open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def file_of(retention):
    """What `check` tells of the last of some files."""

    def check(*texts):
        for place, text in enumerate(texts):
            Path(f"{place}.csv").write_text(text, "utf-8")
        found = json.loads(retention("check", ".", "--format", "json").out)["files"]
        return found[-1]

    return check


def known(file):
    columns = {column["column"]: column["source"] for column in file["columns"]}
    return file["kind"], file["preset"], file["header_row"], columns


def test_a_question_about_cells_keeps_kind_columns_and_header_row(file_of):
    file = file_of(
        "Answers of June\n\nResponse ID,Date,CSAT\n1,2025-06-03,Super\n2,2025-06-04,Mies\n"
    )
    assert file["verdict"] == "not-usable"
    assert known(file) == (
        *("surveys", None, 3),
        {"response_id": "Response ID", "responded_at": "Date", "score": "CSAT"},
    )
    assert file["rows"] is None


def test_a_question_about_two_headers_keeps_the_others(file_of):
    file = file_of("Customer ID,Invoice Date,Amount,Net Amount,Net Total\n1,2025-06-03,1,2,3\n")
    kind, _, _, columns = known(file)
    assert kind == "invoices"
    assert columns["customer_id"] == "Customer ID"


def test_a_question_about_an_export_of_a_system_keeps_its_preset(file_of):
    headers = "Timestamp,How likely are you to recommend us?,How satisfied are you?,Email Address"
    file = file_of(f"{headers}\n2026/06/01 1:00:00 PM GMT+3,9,5,a@example.com\n")
    kind, preset, _, columns = known(file)
    assert (kind, preset) == ("surveys", "google-forms-responses")
    assert columns == {"customer_id": "Email Address", "responded_at": "Timestamp"}


def test_a_file_beside_which_it_cannot_be_used_keeps_all(file_of):
    rows = "Response ID,Date,CSAT\n{},2025-06-03,7\n{},2025-06-03,{}\n"
    file = file_of(rows.format(1, 2, 1), rows.format(3, 4, 5).replace(",7", ",4"))
    assert file["verdict"] == "not-usable"
    assert known(file)[0] == "surveys"
    assert known(file)[3]["score"] == "CSAT"


def test_a_file_of_no_kind_has_nothing_to_keep_but_its_header(file_of):
    file = file_of("Alpha,Beta\nx,y\n")
    assert known(file) == (None, None, 1, {})
