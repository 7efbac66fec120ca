"""Trends, bridges and cohorts as pages and as Markdown: whole, and safe whatever names say."""

from __future__ import annotations

import pytest

from histories import history, write

EVIL = "<b>|x"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    people, billed = history(11)
    folder = tmp_path_factory.mktemp("moved") / "in"
    write(folder, [{**one, "plan": one["plan"] and EVIL} for one in people], billed)
    return folder


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("trend", "--last", "3", "--kpi", "revenue", "--by", "plan"), "Revenue"),
        (("bridge", "--period", "2025-Q2", "--by", "plan"), "Customers at the start"),
        (("cohorts", "--every", "quarter"), "customers in all cohorts: 12"),
    ],
)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_page_and_a_text_show_what_moved(retention, exports, asked, said, form):
    command, *more = asked
    ran = retention(command, exports, *more, "--as-of", "2026-01-01", "--format", form, "-q")
    assert ran.code == 0, ran.err
    assert said in ran.out
    if form == "html":
        assert ran.out.startswith("<!doctype html>")
        assert EVIL not in ran.out
        assert "Read" in ran.out
    else:
        assert ran.out.startswith("# ")
        rows = [line for line in ran.out.splitlines() if line.startswith("| ")]
        assert rows
        assert "<b>|x" not in ran.out
