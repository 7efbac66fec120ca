"""The CSV files that this tool writes: by their columns a folder of exports knows them again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOK = "written by retention"
"""What the properties of our workbooks say, by which a folder of exports knows them again."""

MANIFEST = "retention-manifest/1"
"""The schema of manifests, by which a folder of exports knows what runs wrote."""

FIGURES = (
    *("period", "period_start", "period_end", "kpi", "group_by", "group", "value", "unit"),
    *("currency", "n", "low", "high", "previous", "change", "target", "warn", "gap", "verdict"),
    *("basis", "reason", "source", "owner"),
)
ACCOUNTS = (
    *("customer_id", "customer_name", "manager", "revenue", "direct_cost", "cost_to_serve"),
    *("profit", "margin", "rank", "share", "cumulative_share", "currency", "tier"),
    *("revenue_without_cost", "status", "profit_before", "margin_before", "shared_cost"),
)
COST_LINES = (
    *("customer_id", "what", "date", "quantity", "rate", "amount", "currency", "file", "row"),
)
IMPACT = (
    *("period", "retention_now", "retention_then", "reading", "formula", "per_customer_now"),
    *("per_customer_then", "change", "all_now", "all_then", "leavers", "currency", "assumptions"),
    "reason",
)
WHAT_IF = ("what_if", "what_if_revenue", "what_if_profit", "what_if_margin")
"""What accounts have besides after steps were asked for."""
GROUPS = ("group_by", "group")
"""What accounts have besides where they are added up by a column."""
MEMBERS = (
    *("period", "kpi", "group_by", "group", "part", "id", "name", "adds", "unit", "currency"),
    *("file", "sheet", "row", "cells"),
)
BRIDGE = (
    *("period", "period_start", "period_end", "bridge", "group_by", "group", "line", "value"),
    *("currency", "n", "voluntary", "basis", "reason"),
)
BRIDGE_ROWS = (*BRIDGE[:3], "customer_id", "line", "before", "now", "currency")
LIFETIMES = (
    *("customer_id", "historic_value", "formula_value", "p_alive", "expected_purchases"),
    *("expected_value", "tier", "customer_name", "manager", "formula_margin", "expected_margin"),
    *("days_silent", "currency", "p_alive_low", "p_alive_high", "expected_purchases_low"),
    *("expected_purchases_high", "expected_value_low", "expected_value_high"),
)
COHORTS = (
    *("cohort", "size", "age", "active", "share", "revenue", "revenue_share", "currency"),
    *("unfinished", "reason"),
)
SIGNALS = (
    *("customer_id", "customer_name", "owner", "revenue_at_stake", "profit_at_stake", "currency"),
    *("signals", "rule", "since", "said", "rows", "beats_silence", "answered_on", "next_step"),
    "as_of",
)
"""One row a signal: `signals` is the number of those of its account."""
REVIEW = (
    *("measure", "title", "unit", "seen_by_customers", "n", "missing", "p10", "median", "p90"),
    *("movement", "reliability", "reliability_n", "with_retention", "low", "high"),
    *("with_retention_n", "doubts", "as_of"),
)
TREND = (*FIGURES, "unfinished", "band_low", "band_high", "outside_band")
DIFF = (
    *("period", "kpi", "group_by", "group", "unit", "currency", "then", "now", "what", "file"),
    *("sheet", "row", "key", "columns"),
)
REJECTS = ("file", "sheet", "row", "column", "code", "message", "value", "raw")

_EARLIER = (ACCOUNTS[:13], ACCOUNTS[:14])
"""The accounts of earlier versions, which may still lie in a folder."""
_OURS = {
    ",".join(columns)
    for columns in (
        *(FIGURES, TREND, REJECTS, MEMBERS, ACCOUNTS, (*ACCOUNTS, *GROUPS)),
        *((*columns, *by) for columns in _EARLIER for by in ((), GROUPS)),
        *((*ACCOUNTS, *WHAT_IF), (*ACCOUNTS, *GROUPS, *WHAT_IF)),
        *(IMPACT, BRIDGE, BRIDGE_ROWS, COHORTS, COST_LINES, DIFF),
        SIGNALS,
        *(LIFETIMES, (*LIFETIMES, *GROUPS)),
    )
}
_MOST_PROPERTIES = 10_000
LONGEST_HEADER = max(map(len, _OURS))


def is_our_workbook(path: Path) -> bool:
    """Tell by its properties whether this tool wrote a workbook."""
    try:
        with ZipFile(path) as file, file.open("docProps/core.xml") as properties:
            told = properties.read(_MOST_PROPERTIES)
    except (KeyError, OSError, ValueError, BadZipFile, NotImplementedError, RuntimeError):
        return False
    return f">{WORKBOOK}<".encode() in told


def is_output(start: bytes) -> bool:
    r"""Tell by the first bytes of a file whether this tool wrote it.

    Example:
        >>> is_output(b"file,sheet,row,column,code,message,value,raw\r\n"), is_output(b"file\r\n")
        (True, False)
    """
    line = start.partition(b"\n")[0].removesuffix(b"\r")
    return line.decode("utf-8", "replace") in _OURS
