"""Files of tickets or answers without ids, all of whose rows another file has: each counts twice."""

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
        for nth, file in enumerate(files):
            rows, ours = int(counts[nth].sum()), counts[nth]
            others = [n for n in range(len(files)) if n != nth and (counts[n] >= ours).all()]
            if rows >= _FEWEST and others:
                yield Notice(
                    "files-within-files",
                    f"all {rows_text(rows)} of {file.name} are in {files[others[0]].name} too, and"
                    " without ids they count twice",
                    rows,
                    kind=kind,
                    hint=f"leave one file out: --ignore {quote(file.file)}, or export ids",
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
