"""Rows of customers that the customer export does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention_cli.findings.across_files._joining import how_to_join
from retention_cli.findings.across_files._together import marked, money_sum
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, many, named, rows_text, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together

ALWAYS = True


def find(together: Together) -> Iterator[Notice]:
    """Find the rows of each kind that name a customer nobody knows, and what they make up."""
    if "customers" not in together.tables:
        return
    known = together.ids("customers").texts
    for kind in together.kinds_with("customer_id"):
        ids = together.ids(kind)
        strange = ~marked(ids.texts, known)
        rows = ids.rows_of(strange)
        count = int(np.count_nonzero(rows))
        if kind == "customers" or not count:
            continue
        apart = how_to_join(together, kind) if bool(strange.all()) else None
        unknown = ids.texts.filter(pa.array(strange)).to_pylist()
        who, strangers = (many(len(unknown), word) for word in ("customer", "unknown customer"))
        much = f"{share(count, len(rows))}{_of_revenue(together, kind, rows)}"
        yield Notice(
            "unknown-customer",
            f"{rows_text(count)} of {len(rows):,} ({much})"
            f" {do(count, 'name')} {who} that the customer export does not have ({named(unknown)}):"
            " these rows count in totals, but in no figure per customer",
            count,
            kind=kind,
            hint=apart or "export all customers, also those who left, or correct the ids",
            examples=together.examples(kind, unknown, rows),
            column="customer_id",
            brief=f"{rows_text(count)} ({much}) of {strangers}, in totals only",
        )


def _of_revenue(together: Together, kind: str, rows: np.ndarray) -> str:
    if kind != "invoices":
        return ""
    table = together.tables[kind]
    whole, part = money_sum(table, np.ones(len(rows), dtype=bool)), money_sum(table, rows)
    if whole is None or part is None or not 0 <= part <= whole or not whole:
        return ""
    return f", {share(part, whole)} of revenue"
