"""How a text is written: its line ends, and what sets its columns apart."""

from __future__ import annotations

import re

from retention_cli.reading.dialect import (
    BLANKS,
    decide_delimiter,
    declared_delimiter,
    told_delimiter,
)
from retention_cli.reading.lines import Rest

_SAMPLE_CHARACTERS = 1 << 16
_LONGEST_SEP_LINE = 16


def one_kind_of_line_end(data: bytes) -> bytes:
    """Give a text whose lines all end in a line feed."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _single_blanks(data: bytes) -> bytes:
    return re.sub(rb"(?m)^ +| +$", b"", re.sub(rb" {2,}", b" ", data))


def opened(data: bytes, *, file: str, told: str | None) -> Rest:
    """Give what stands below a line that names the delimiter, and the delimiter."""
    first, _, _ = data[:_LONGEST_SEP_LINE].partition(b"\n")
    declared = declared_delimiter(first.decode("utf-8", "ignore"))
    start = len(first) + 1 if declared else 0
    sample = data[start : start + _SAMPLE_CHARACTERS].decode("utf-8", "ignore")
    if len(data) > start + _SAMPLE_CHARACTERS:
        sample = sample.rpartition("\n")[0] or sample
    mark = told_delimiter(told) if told else declared or decide_delimiter(sample, file=file)
    if mark == BLANKS:
        data = data[:start] + _single_blanks(data[start:])
    return Rest(data, start, above=1 if declared else 0, mark=mark, file=file)
