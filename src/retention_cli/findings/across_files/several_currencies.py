"""Money of several currencies, which is never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from retention_cli.findings.across_files._together import SHOWN
from retention_cli.findings.problems import Example, Notice
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together


def find(together: Together) -> Iterator[Notice]:
    """Find the currencies of each kind that has more than one, or rows that name none."""
    for kind in together.kinds_with("currency"):
        counted = pc.value_counts(together.tables[kind]["currency"]).to_pylist()
        rows = {one["values"] or "none named": one["counts"] for one in counted}
        if len(rows) < 2:
            continue
        ordered = sorted(rows, key=lambda code: (-rows[code], code))
        said = [f"{code} in {rows_text(rows[code])}" for code in ordered]
        yield Notice(
            "several-currencies",
            f"amounts are in {len(rows)} currencies ({', '.join(said[:SHOWN])}"
            f"{' …' if len(said) > SHOWN else ''}): figures that add up money are undefined",
            len(rows),
            kind=kind,
            hint="run retention compute --by currency, set report_currency and rates in retention.toml, or say"
            " the currency of files that name none: --currency EUR"
            if "none named" in rows
            else "set report_currency and rates in retention.toml, or run retention compute --by currency",
            examples=tuple(Example(code) for code in ordered[:SHOWN]),
        )
