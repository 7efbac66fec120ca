"""Columns beside amounts that mean something, and in which no row has a cell."""

from __future__ import annotations

import pytest

from retention_cli.errors import RetentionError
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

MEANING = ("Fee", "Gebühr", "Frais", "Stripe fees", "Discount", "Rabatt", "Gross Amount", "Tax")


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("amount", ["Amount", "Net Amount"])
def test_a_column_without_a_cell_is_no_defect(folder, amount, blank):
    for header in (*MEANING, "Gross Amount,Fee"):
        cells = ",".join([blank] * header.count(",") + [blank])
        rows = "".join(f"{n},2025-06-0{n},K{n},{n}.50,{cells}\n" for n in (1, 2))
        text = f"Invoice ID,Invoice Date,Customer ID,{amount},{header}\n{rows}"
        (folder / "invoices.csv").write_text(text, "utf-8")
        try:
            (part,) = read_parts(Located(folder / "invoices.csv", "invoices"), Settings())
        except RetentionError as error:
            assert amount == "Net Amount", (header, error)
        else:
            assert len(part.table) == 2, header
