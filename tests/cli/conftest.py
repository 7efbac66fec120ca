"""A small customer export in the working folder."""

from __future__ import annotations

import pytest

CUSTOMERS = """customer_id,customer_name,start_date,end_date,segment
007,Ann,2024-05-01,,Small
008,Bob,2024-06-01,2025-06-10,Small
009,Cy,2024-06-01,,Large
010,Dee,2025-06-03,,Large
"""


@pytest.fixture
def customers(folder):
    file = folder / "customers.csv"
    file.write_text(CUSTOMERS, "utf-8")
    return file


@pytest.fixture(autouse=True)
def _the_same_figures_are_computed_once(figures_once):
    """What is tested here stands around the figures."""
