from __future__ import annotations

from retention_cli.findings.across_files import Together
from retention_cli.findings.across_files.double_exports import find
from retention_cli.findings.problems import Outcome, Problem, Tally
from together import export, only, places, together


def notices(**counts):
    found = Tally()
    for file, count in counts.items():
        for row in range(2, 2 + count):
            found.add(
                Problem(
                    row,
                    "exported-twice",
                    "m",
                    kind="invoices",
                    file=f"{file}.csv",
                    outcome=Outcome.SKIPPED,
                )
            )
    return found.problems().notices


def test_what_nobody_skipped_is_not_told():
    assert not list(find(together(invoices=["2025-06-01,1,ann"])))


def test_rows_are_counted_over_files_and_the_first_are_named():
    given = together(invoices=["2025-06-01,1,ann"], notices=notices(b=2, c=1))
    found = only(find, given)
    assert (found.code, found.kind, found.count) == ("exported-twice", "invoices", 3)
    assert found.message == (
        "3 rows in 2 files (b.csv, c.csv) are in another file too, and are counted once"
    )
    assert places(found)[0] == ("row 2", "b.csv", 2)
    assert found.hint == "do the exports overlap in time?"


def test_a_file_of_which_nothing_is_left_is_named():
    tables = together(invoices=["2025-06-01,1,ann"]).tables
    exports = [
        export("a.csv", "invoices", 1),
        export("b.csv", "invoices", 0, skipped=3, blank=1),
        export("c.csv", "invoices", 1, skipped=1),
    ]
    found = only(find, Together(tables, exports, notices(b=2, c=1)))
    assert found.message.endswith("; all rows of b.csv are in other files")
    assert found.hint == "leave b.csv out"
