"""Each sort of bad input has a number, and each number a test here or a reason not to."""

from __future__ import annotations

import re
from pathlib import Path

LAST = 120
WORKBOOKS = set(range(45, 59))
"""They have their tests in tests/reading."""
RENAMED_KEYS = {104}
"""No key has been renamed yet; the first one that is gets its test."""
NOT_WRITTEN = {116}
"""Appending: tested when there is such an output."""


def test_every_number_has_a_test_or_a_reason():
    files = Path(__file__).parent.glob("test_[a-h]_*.py")
    names = [
        name for file in files for name in re.findall(r"def test_(\d+)", file.read_text("utf-8"))
    ]
    tested = {int(name) for name in names}
    left = RENAMED_KEYS | NOT_WRITTEN
    assert tested | left | WORKBOOKS == set(range(1, LAST + 1))
    assert tested & left == set()
