"""One customer id under several names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.across_files._together import coded
from retention_cli.findings.problems import Notice
from retention_cli.text.wording import do, many, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.findings.across_files._together import Together


def find(together: Together) -> Iterator[Notice]:
    """Find customers whose rows name them differently, case and spaces aside."""
    if not together.has("customers", "customer_name"):
        return
    ids, (codes, names) = (
        together.ids("customers"),
        coded(together.tables["customers"]["customer_name"]),
    )
    if len(ids.texts) == len(ids.codes):
        return
    plain = pc.replace_substring_regex(pc.utf8_lower(names), r"\s+", "")
    same = np.append(coded(pa.chunked_array([plain]))[0], -1)[codes]
    named_rows = same >= 0
    pairs = np.unique(np.stack([ids.codes[named_rows], same[named_rows]]), axis=1)
    who, times = np.unique(pairs[0], return_counts=True)
    several = who[times > 1]
    if not len(several):
        return
    rows = np.isin(ids.codes, several)
    customers = ids.texts.take(pa.array(several)).to_pylist()
    first = min(customers)
    theirs = codes[(ids.codes == pc.index(ids.texts, first).as_py()) & named_rows]
    called = named([f"'{name}'" for name in names.take(pa.array(np.unique(theirs))).to_pylist()])
    yield Notice(
        "several-names",
        f"{many(len(several), 'customer')} {do(len(several), 'have')} several names, such as"
        f" {first}: {called}; the name shown is that of the last row",
        len(several),
        kind="customers",
        hint="is it one customer renamed, or two under one id?",
        examples=together.examples("customers", customers, rows),
    )
