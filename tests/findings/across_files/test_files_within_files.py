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
    assert "--ignore may.csv" in found.hint


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (["2025-06-05,1", "2025-06-06,1"], None),
        ([*MAY[:2], "2025-06-05,1"], "2 rows of june.csv are in may.csv too"),
        # A repeat inside a file says that rows are alike by chance.
        ([MAY[0]], None),
        ([MAY[0], "2025-06-05,1"], None),
    ],
)
def test_rows_that_two_files_share_are_said_unless_as_many_repeat_inside_files(other, said):
    found = [one.message for one in find(answers(may=MAY, june=other))]
    assert [one.startswith(said or "?") for one in found] == ([True] if said else [])


def test_a_row_that_two_files_of_distinct_rows_share_is_said():
    found = only(find, answers(may=MAY[:2], june=[MAY[1], "2025-06-05,1"]))
    assert found.message.startswith(
        "1 row of june.csv is in may.csv too, and without ids it counts"
    )


def test_rows_with_ids_are_told_apart_by_them():
    rows = ["1,2025-05-03T10:00:00,1", "2,2025-05-03T10:00:00,1"]
    given = together(tickets={"a.csv": rows, "b.csv": rows}, headers=HEADERS)
    assert not list(find(given))
