"""Signals as CSV: one row a sign, for a CRM; RFC 4180."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.signals._rows import account_row, beats, spot_text
from retention_cli.reports.words import as_csv
from retention_cli.reports.words.machine import day
from retention_cli.text.outputs import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.signals import Signals

_TEXT = {"customer_id", "customer_name", "owner", "said", "rows", "next_step"}
_TOLD = {None: None, True: "yes", False: "no"}


def render(found: Signals) -> str:
    """Write the signs; text that a spreadsheet would run as a formula is made inert."""
    return as_csv.written(SIGNALS, rows(found), texts=_TEXT)


def rows(found: Signals) -> Iterator[dict[str, object]]:
    """Give a row for each sign of each account."""
    for one in found.accounts:
        account = {
            **account_row(one, found),
            "signals": len(one.signals),
            "next_step": one.next_step,
            "as_of": str(found.as_of),
        }
        for sign in one.signals:
            yield {
                **account,
                "rule": sign.rule,
                "since": str(sign.since),
                "said": sign.said,
                "rows": "; ".join(map(spot_text, sign.rows)),
                "beats_silence": _TOLD[beats(found, sign.rule)],
                "answered_on": day(sign.answered_on),
            }
