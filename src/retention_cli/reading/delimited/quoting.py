"""Quotes where programs put them that write CSV their own way, moved to where all readers know them."""

from __future__ import annotations

import re

from retention_cli.patterns import lazy_pattern

_ROW = lazy_pattern(rb'(?m)^(?:"((?:[^"]++|"")++)"[,;\t ]*$|(?:[^"\n]++|"(?:[^"]++|"")*+")++)')
"""A line in quotes, or else all cells of a row, so that no line inside of one is taken for one."""
_QUOTED = lazy_pattern(rb'"(?:[^"]|"")*"')
_EQUALS = b'="'
_MARKS = (b",", b";", b"\t", b"|")


def unwrapped(data: bytes, sample: bytes) -> bytes | None:
    r"""Give a text without the quotes around whole lines, which some programs put there.

    They are taken away where more lines are as wide as the first without them than with them. Where
    the first has them, more than half of all have to. None where that is not so.
    Example:
        >>> unwrapped(*[b'"id,name,at"\n"1,""Ann, Bo"",x"\n'] * 2)
        b'id,name,at\n1,"Ann, Bo",x\n'
    """
    wrapped = [bool(found[1]) for found in _ROW.finditer(sample)]
    if not any(wrapped) or (wrapped[0] and 2 * sum(wrapped) <= len(wrapped)):
        return None
    with_them = len(wrapped) // 2 if wrapped[0] else _as_wide_as_first(sample)
    without = _as_wide_as_first(_ROW.sub(_inside, sample))
    return _ROW.sub(_inside, data) if without > with_them else None


def _as_wide_as_first(sample: bytes) -> int:
    """Count the lines that have as many of some delimiter as the first, which must have one."""
    lines = _QUOTED.sub(b"x", sample).split(b"\n")
    most = 0
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines]
        most = max(most, counts.count(counts[0]) if counts[0] else 0)
    return most


def _inside(found: re.Match[bytes]) -> bytes:
    return found[1].replace(b'""', b'"') if found[1] else found[0]


def without_blanks_beside_quotes(data: bytes, mark: str, quote: str) -> bytes:
    r"""Take blanks away between a delimiter and the quotes of a cell that stands on one line.

    Example:
        >>> without_blanks_beside_quotes(b'1, "a, b" ,"c"\n', ",", '"')
        b'1,"a, b","c"\n'
    """
    m, q = re.escape(mark.encode()), quote.encode()
    if q not in data or (b" " + q not in data and q + b" " not in data):
        return data
    if not re.search(rb"(?m)(?:^|%b) +%b|%b +(?:%b|$)" % (m, q, q, m), data):
        return data
    whole = rb"%b(?:[^%b]++|%b%b)*+%b(?=%b|$)" % (q, q, q, q, q, m)
    beside = rb" *(%b(?:[^%b\n]++|%b%b)*+%b) *(?=%b|$)" % (q, q, q, q, q, m)
    return re.sub(
        rb"(?m)(^|%b)(?:(%b)|%b)?" % (m, whole, beside),
        lambda found: found[1] + (found[2] or found[3] or b""),
        data,
    )


def with_equals_quoted(data: bytes, mark: str) -> bytes:
    r"""Quote cells that are written ="0012", so that a delimiter inside of them is text.

    Example:
        >>> with_equals_quoted(b'1,="7"\n', ",").count(b'"')
        6
    """
    if b'"' not in data or _EQUALS not in data:
        return data
    m = re.escape(mark.encode())
    whole = rb'"(?:[^"]++|"")*+"(?=%b|$)' % m
    cell = rb'="((?:[^"\n]++|"")*+)"(?=%b|$)' % m
    return re.sub(
        rb"(?m)(^|%b)(?:(%b)|%b)?" % (m, whole, cell),
        lambda found: found[1] + (found[2] or _quoted(found[3])),
        data,
    )


def _quoted(text: bytes | None) -> bytes:
    return b"" if text is None else b'"=""' + text.replace(b'""', b'""""') + b'"""'
