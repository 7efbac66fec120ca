"""Each sort of bad input has a number, and each number a test here or a reason not to."""

from __future__ import annotations

import re
from pathlib import Path

LAST = 120
WORKBOOKS = set(range(45, 59))
"""They have their tests in tests/reading."""
LAYOUTS = {34, 35, 36}
"""Headers of two rows, lines above a header and totals below: read when layouts are."""
RENAMED_KEYS = {104}
"""No key has been renamed yet; the first one that is gets its test."""
NOT_WRITTEN = {109, 111, 115, 116}
"""HTML, files named by what is in the data, two runs at once, appending: tested when there are."""


def test_every_number_has_a_test_or_a_reason():
    files = Path(__file__).parent.glob("test_[a-h]_*.py")
    names = [
        name for file in files for name in re.findall(r"def test_(\d+)", file.read_text("utf-8"))
    ]
    tested = {int(name) for name in names}
    left = LAYOUTS | RENAMED_KEYS | NOT_WRITTEN
    assert tested | left | WORKBOOKS == set(range(1, LAST + 1))
    assert tested & left == set()
