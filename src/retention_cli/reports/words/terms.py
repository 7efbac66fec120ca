"""What the words of reports mean: `terms.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


def terms(report: str) -> dict[str, str]:
    """Give the words of a report that somebody may meet for the first time, in their order.

    Example:
        >>> terms("accounts")["Profit"]
        'Revenue, less revenue without cost, direct cost and cost to serve.'
    """
    return dict(_every()[report])


@cache
def _every() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("terms.toml").read_text("utf-8"))
