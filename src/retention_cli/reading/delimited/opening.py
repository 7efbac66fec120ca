"""How a text is written: its line ends, what sets its columns apart, what quotes them."""

from __future__ import annotations

import re

from retention_cli.reading.delimited.dialect import (
    BLANKS,
    decide_delimiter,
    declared_delimiter,
    is_followed_by_blanks,
    is_set_apart_by_single_blanks,
    quoted_by_apostrophes,
    told_delimiter,
)
from retention_cli.reading.delimited.lines import Rest
from retention_cli.reading.delimited.torn_header import with_whole_header

_SAMPLE_CHARACTERS = 1 << 16
_LONGEST_SEP_LINE = 16


def one_kind_of_line_end(data: bytes) -> bytes:
    """Give a text whose lines all end in a line feed."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def opened(data: bytes, *, file: str, told: str | None) -> Rest:
    """Give what stands below a line that names the delimiter, and how it is written.

    Errors: DataRefusedError where two delimiters fit equally well.
    """
    first, _, _ = data[:_LONGEST_SEP_LINE].partition(b"\n")
    declared = declared_delimiter(first.decode("utf-8", "ignore"))
    start = len(first) + 1 if declared else 0
    sample = data[start : start + _SAMPLE_CHARACTERS].decode("utf-8", "ignore")
    if len(data) > start + _SAMPLE_CHARACTERS:
        sample = sample.rpartition("\n")[0] or sample
    known = told_delimiter(told) if told else declared
    quote = '"'
    notes: tuple[str, ...] = ()
    if by_apostrophes := quoted_by_apostrophes(sample, known):
        known, quote = by_apostrophes, "'"
        notes = ("its fields are quoted by apostrophes, and read so",)
    mark = known or decide_delimiter(sample, file=file)
    if mark == BLANKS and not is_set_apart_by_single_blanks(sample):
        data = data[:start] + _single_blanks(data[start:])
    elif is_followed_by_blanks(sample, mark, quote):
        data = data[:start] + _without_blanks(data[start:], mark, quote)
        notes = (*notes, "each delimiter is followed by a blank, which is left out")
    rest = Rest(
        data, start, above=1 if declared else 0, mark=mark, file=file, quote=quote, notes=notes
    )
    return with_whole_header(rest, data[start : start + _SAMPLE_CHARACTERS])


def _single_blanks(data: bytes) -> bytes:
    return re.sub(rb"(?m)^ +| +$", b"", re.sub(rb" {2,}", b" ", data))


def _without_blanks(data: bytes, mark: str, quote: str) -> bytes:
    """Take the blank behind each delimiter away; those inside of quoted cells stay."""
    m, q = re.escape(mark.encode()), quote.encode()
    cell = rb"(?m)(?:^|(%b) )(%b(?:[^%b]++|%b%b)*+%b(?=%b |$))?" % (m, q, q, q, q, q, m)
    return re.sub(cell, rb"\1\2", data)
