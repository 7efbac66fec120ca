from __future__ import annotations

import pytest

from retention_cli.findings.across_files.files_within_files import find
from together import only, together

MAY = ["2025-05-03,5", "2025-05-04,5", "2025-05-04,5"]
HEADERS = {"surveys": "responded_at,score", "tickets": "ticket_id,created_at,contacts"}


def answers(**files):
    return together(surveys={f"{name}.csv": rows for name, rows in files.items()}, headers=HEADERS)


def test_a_file_that_another_one_has_whole_counts_twice_and_that_is_said():
    found = only(find, answers(june=[*MAY, "2025-06-05,1"], may=MAY))
    assert (found.code, found.count, found.kind) == ("files-within-files", 3, "surveys")
    assert found.message.startswith("all 3 rows of may.csv are in june.csv too")
    assert '--ignore "may.csv"' in found.hint


@pytest.mark.parametrize(
    "other",
    [["2025-06-05,1", "2025-06-06,1"], [*MAY[:2], "2025-06-05,1"], [MAY[0]]],
    ids=["other rows", "one of two equal rows", "a single row"],
)
def test_files_that_share_few_rows_or_none_are_left_alone(other):
    shared = list(find(answers(may=MAY, june=other)))
    assert not shared


def test_rows_with_ids_are_told_apart_by_them():
    rows = ["1,2025-05-03T10:00:00,1", "2,2025-05-03T10:00:00,1"]
    given = together(tickets={"a.csv": rows, "b.csv": rows}, headers=HEADERS)
    assert not list(find(given))
