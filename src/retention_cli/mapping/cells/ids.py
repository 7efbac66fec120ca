"""Ids that went through a number on their way: 1001.0 is 1001 again, 1.2E+11 is nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention_cli.findings.problems import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLOAT = r"\A(?:0|[1-9][0-9]*)\.0\z"
"""What programs write of a whole number that they hold as a float. 007.0 is none: it is text."""


_POWER = r"\A[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}\z"
"""What spreadsheets show of a long number, and write when they save as CSV."""


def without_decimals(ids: Any) -> Any:
    """Take the .0 off ids that are whole numbers.

    Example:
        >>> import pyarrow as pa
        >>> without_decimals(pa.array(["1001.0", "1002", "A.0", None])).to_pylist()
        ['1001', '1002', 'A.0', None]
    """
    if not pc.any(_floats(ids)).as_py():
        return ids
    return pc.if_else(_floats(ids), pc.utf8_slice_codeunits(ids, 0, -2), ids)


def float_notes(ids: Any, header: str) -> Iterator[Notice]:
    """Say of how many ids the .0 was taken."""
    floats = ids.filter(_floats(ids))
    if len(floats):
        cell = pc.min(floats).as_py()
        yield Notice(
            "float-ids",
            f"{len(floats):,} of the ids in '{header}' end in .0, and are taken without it:"
            f" {cell} as {cell.removesuffix('.0')}",
            count=len(floats),
            column=header,
            hint="export ids as text",
        )


def rounded_notes(ids: Any, header: str) -> Iterator[Notice]:
    """Say how many ids a spreadsheet has rounded: what they were is lost.

    Example:
        >>> import pyarrow as pa
        >>> [note.count for note in rounded_notes(pa.array(["1.2E+11", "1,2E+11", "12E"]), "Id")]
        [2]
    """
    if not pc.any(pc.match_substring(ids, "+")).as_py():
        return
    rounded = ids.filter(pc.match_substring_regex(ids, _POWER))
    if len(rounded):
        yield Notice(
            "rounded-ids",
            f"{len(rounded):,} of the ids in '{header}' {'was' if len(rounded) == 1 else 'were'}"
            f" rounded by a spreadsheet, such as {pc.min(rounded).as_py()}: different ids may"
            " have become one",
            count=len(rounded),
            column=header,
            hint="export again with ids as text, and do not save the file from a spreadsheet",
        )


def _floats(ids: Any) -> Any:
    # Looking at the end of each id is cheap, and settles nearly every column.
    ends = pc.fill_null(pc.ends_with(ids, ".0"), False)
    return pc.and_(ends, pc.match_substring_regex(ids, _FLOAT)) if pc.any(ends).as_py() else ends
