from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading.tables.header import tidy_headers


def test_names_lose_the_white_space_and_marks_around_them_only():
    cells = (" a b ", "\ufeffc", "\u00a0d\u200b", "e\nf\n", "")
    assert tidy_headers(cells, file="a.csv") == ("a b", "c", "d", "e\nf", "")


def test_names_may_occur_twice():
    assert tidy_headers(("a", "a"), file="a.csv") == ("a", "a")


def test_a_header_without_any_name_is_refused():
    with pytest.raises(DataRefusedError, match=r"a\.csv: its header row is blank"):
        tidy_headers(("", " ", "\u200b"), file="a.csv")
