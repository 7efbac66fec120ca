"""Files of tickets or answers without ids, whose rows another file has: each counts twice."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.findings.problems import Notice
from retention_cli.frames.columns import FILE, ROW
from retention_cli.frames.hashes import mixed
from retention_cli.text.wording import rows_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from retention_cli.findings.across_files._together import Together
    from retention_cli.findings.file_report import Export

ALWAYS = True

_IDS = {"tickets": "ticket_id", "surveys": "response_id"}
_FEWEST = 2


def find(together: Together) -> Iterator[Notice]:
    """Find files whose rows are all in another, as lists that grow from month to month have them."""
    for kind, key in _IDS.items():
        files, table = together.of_kind(kind), together.tables.get(kind)
        if table is None or len(files) < _FEWEST or _has_ids(table, key):
            continue
        counts = _counts(table, len(files))
        alone = counts.sum() - (counts > 0).sum()
        for nth, file in enumerate(files):
            rows, ours = int(counts[nth].sum()), counts[nth]
            others = [n for n in range(len(files)) if n != nth and (counts[n] >= ours).all()]
            if rows >= _FEWEST and others:
                yield _twice(f"all {rows_text(rows)}", file, files[others[0]], rows)
                continue
            shared = [int(np.minimum(ours, counts[n]).sum()) for n in range(nth)]
            # Where rows repeat within files, those of two files are alike by chance as well.
            most = int(np.argmax(shared)) if shared else 0
            if shared and shared[most] > alone and not (ours >= counts[most]).all():
                yield _twice(rows_text(shared[most]), file, files[most], shared[most])


def _twice(what: str, file: Export, other: Export, rows: int) -> Notice:
    are = "is" if what == "1 row" else "are"
    return Notice(
        "files-within-files",
        f"{what} of {file.name} {are} in {other.name} too, and without ids"
        f" {'it counts' if rows == 1 else 'they count'} twice",
        rows,
        kind=file.kind,
        hint=f"leave one file out: --ignore {quote(file.file)}, or export ids"
        if what.startswith("all")
        else "export ids, or each file without the rows of the other",
    )


def _has_ids(table: pa.Table, key: str) -> bool:
    return key in table.column_names and table[key].null_count < len(table)


def _counts(table: pa.Table, files: int) -> np.ndarray:
    """Count each row that differs from the others, in each file."""
    whole = table.drop_columns([n for n in (ROW, FILE) if n in table.column_names]).combine_chunks()
    codes = []
    for column in whole.columns:
        found = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
        codes.append(found.indices.to_numpy(zero_copy_only=False).astype(np.int64))
    alike, place = np.unique(mixed(codes, len(table)), return_inverse=True)
    counts = np.zeros((files, len(alike)), np.int64)
    np.add.at(counts, (table[FILE].to_numpy(), place), 1)
    return counts
