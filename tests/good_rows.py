"""A customer export that is right, for tests to put something wrong below."""

from __future__ import annotations

HEADER = "customer_id,start_date,end_date,segment"
GOOD = (
    *(f"c{n},2024-0{1 + n % 9}-15,,Small" for n in range(39)),
    "c39,2024-04-15,2025-07-15,Small",
)
"""Forty good rows: one or two bad ones below them stay within what a run allows.

All are customers in 2025-06; one leaves after it, so that the data reach past it.
"""
FIRST_BAD = len(GOOD) + 2


def customers(*rows, header=HEADER):
    """Forty good customers, then some rows."""
    return "\n".join([header, *GOOD, *rows]) + "\n"


def wide(text):
    """Text in the forms of double width that East Asian keyboards write."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)
