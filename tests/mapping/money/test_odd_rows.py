"""Other days and quantities of nothing beside amounts are said."""

from __future__ import annotations

import pytest

from money_exports import RULE, lines, read


@pytest.mark.parametrize(
    ("own", "other", "day", "says"),
    [
        ("Posted", "Created", "2025-05-30", True),
        ("Order Date", "Created", "2025-05-30", True),
        ("Date", "Created", "2025-05-30", False),
        ("Invoice Date", "Order Date", "2025-05-30", False),
        ("Posted", "Created", None, False),
        ("Posted", "Due Date", "2025-07-01", False),
    ],
)
def test_another_day_that_may_be_that_of_a_sale_is_named(own, other, day, says):
    head, *rest = lines(other, "100", "80", "60")
    rows = [f"{row},{day or row.split(',')[1]}" for row in rest]
    table = [head.replace("Date", own, 1), *rows]
    assert any(f"'{other}' has others" in one for one in read(table).assumed) == says
    toml = f'{RULE}leave_out = {{ "{other}" = [] }}\n'
    assert not any("has others" in one for one in read(table, toml=toml).assumed)


def test_a_quantity_of_nothing_is_said():
    found = read(lines("Quantity", "100,2", "80,0", "60,1"))
    assert found.amounts == [100, 80, 60]
    assert any("rows with '0' as 'Quantity' (1 row, 80.00)" in one for one in found.assumed)
