"""All accepted rows of a few files, made from lines of canonical CSV."""

from __future__ import annotations

import pyarrow as pa

from retention_cli.findings.across_files import Together
from retention_cli.findings.file_report import Export
from retention_cli.testing import table

HEADERS = {
    "customers": "customer_id,start_date,end_date",
    "invoices": "invoice_date,amount,customer_id",
}


def together(*, as_of=None, notices=(), headers=None, **files):
    """Put lines of each kind together; a dict of lines has the names of several files."""
    tables, exports = {}, []
    for kind, lines in files.items():
        header = (headers or {}).get(kind, HEADERS.get(kind))
        named = lines if isinstance(lines, dict) else {f"{kind}.csv": lines}
        parts = []
        for place, (file, rows) in enumerate(named.items()):
            part = table(kind, header, *rows)
            parts.append(part.append_column("_file", pa.array([place] * len(part), pa.int32())))
            exports.append(export(file, kind, len(part)))
        tables[kind] = pa.concat_tables(parts)
    return Together(tables, exports, notices, as_of)


def export(file, kind, accepted, *, skipped=0, blank=0):
    return Export(
        file, kind, accepted + skipped, accepted, rejected=0, skipped=skipped, blank=blank
    )


def only(find, given):
    """Give the one thing that a rule finds."""
    (found,) = find(given)
    return found


def places(found):
    return [(one.value, one.file, one.row) for one in found.examples]
