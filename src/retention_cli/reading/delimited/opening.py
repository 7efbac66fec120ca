"""How a text is written: its line ends, what sets its columns apart, what quotes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

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
from retention_cli.reading.delimited.quoting import (
    unwrapped,
    with_equals_quoted,
    without_blanks_beside_quotes,
)
from retention_cli.reading.delimited.ruled import NO_QUOTE, without_rules
from retention_cli.reading.delimited.torn_header import with_whole_header

_SAMPLE_BYTES = 1 << 16
_LONGEST_SEP_LINE = 16


@dataclass(frozen=True, slots=True)
class _Text:
    """What is below a line that names the delimiter, and what is known of how it is written."""

    data: bytes
    mark: str | None
    quote: str = '"'
    notes: tuple[str, ...] = ()

    @property
    def sample(self) -> str:
        """Its first lines."""
        first = self.data[:_SAMPLE_BYTES].decode("utf-8", "ignore")
        if len(self.data) > _SAMPLE_BYTES:
            first = first.rpartition("\n")[0] or first
        return first

    def read_so(self, data: bytes, note: str, **also: str) -> _Text:
        """Give it as it is read, and say so."""
        return replace(self, data=data, notes=(*self.notes, note), **also)


def one_kind_of_line_end(data: bytes) -> bytes:
    """Give a text whose lines all end in a line feed."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def opened(data: bytes, *, file: str, told: str | None) -> Rest:
    """Give what is below a line that names the delimiter, and how it is written.

    Errors: DataRefusedError where two delimiters fit equally well.
    """
    first, _, _ = data[:_LONGEST_SEP_LINE].partition(b"\n")
    declared = declared_delimiter(first.decode("utf-8", "ignore"))
    start = len(first) + 1 if declared else 0
    known = told_delimiter(told) if told else declared
    text = _with_lines_as_rows(_Text(data[start:], known))
    sample = text.sample
    if text.quote == '"' and (by_apostrophes := quoted_by_apostrophes(sample, text.mark)):
        note = "its fields are quoted by apostrophes, and are read that way"
        text = text.read_so(text.data, note, mark=by_apostrophes, quote="'")
    mark = text.mark or decide_delimiter(sample, file=file)
    text = _with_cells_beside_delimiters(text, sample, mark)
    rest = Rest(
        data[:start] + text.data,
        start,
        above=1 if declared else 0,
        mark=mark,
        file=file,
        quote=text.quote,
        notes=text.notes,
    )
    return with_whole_header(rest, text.data[:_SAMPLE_BYTES])


def _with_lines_as_rows(text: _Text) -> _Text:
    """Take rules of dashes out, and the quotes around whole lines off."""
    sample = text.sample
    ruled = without_rules(text.data, sample)
    if ruled and ruled.mark is None:
        return text.read_so(ruled.data, ruled.note)
    if ruled and ruled.mark and text.mark in {None, ruled.mark}:
        return text.read_so(ruled.data, ruled.note, mark=ruled.mark, quote=NO_QUOTE)
    lines = unwrapped(text.data, sample.encode())
    if lines is not None:
        note = "each of its lines is one quoted field, and read as the line inside the quotes"
        return text.read_so(lines, note)
    return text


def _with_cells_beside_delimiters(text: _Text, sample: str, mark: str) -> _Text:
    """Take blanks out that stand between delimiters and cells."""
    if mark == BLANKS:
        if is_set_apart_by_single_blanks(sample):
            return text
        return replace(text, data=_single_blanks(text.data))
    if is_followed_by_blanks(sample, mark, text.quote):
        data = _without_blanks(text.data, mark, text.quote)
        text = text.read_so(data, "each delimiter is followed by a blank, which is left out")
    data = without_blanks_beside_quotes(text.data, mark, text.quote)
    if data is not text.data:
        text = text.read_so(data, "blanks beside the quotes of its fields are left out")
    return replace(text, data=with_equals_quoted(text.data, mark))


def _single_blanks(data: bytes) -> bytes:
    return re.sub(rb"(?m)^ +| +$", b"", re.sub(rb" {2,}", b" ", data))


def _without_blanks(data: bytes, mark: str, quote: str) -> bytes:
    """Take the blank behind each delimiter away; those inside of quoted cells stay."""
    m, q = re.escape(mark.encode()), quote.encode()
    cell = rb"(?m)(?:^|(%b) )(%b(?:[^%b]++|%b%b)*+%b(?=%b |$))?" % (m, q, q, q, q, q, m)
    return re.sub(cell, rb"\1\2", data)
