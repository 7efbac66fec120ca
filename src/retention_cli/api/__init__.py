"""The commands from Python: what `import retention_cli` has, and what its functions give."""

from __future__ import annotations

from retention_cli.api.calls import accounts, check, compute, explain
from retention_cli.api.customers import review, signals
from retention_cli.api.over_time import bridge, cohorts, diff, report, trend
from retention_cli.api.results import (
    Accounts,
    Bridge,
    Check,
    Cohorts,
    Diff,
    Explanation,
    Impact,
    Lifetimes,
    Report,
    Review,
    Scorecard,
    Signals,
    Trend,
)
from retention_cli.api.worth import clv, impact

__all__ = [
    "Accounts",
    "Bridge",
    "Check",
    "Cohorts",
    "Diff",
    "Explanation",
    "Impact",
    "Lifetimes",
    "Report",
    "Review",
    "Scorecard",
    "Signals",
    "Trend",
    "accounts",
    "bridge",
    "check",
    "clv",
    "cohorts",
    "compute",
    "diff",
    "explain",
    "impact",
    "report",
    "review",
    "signals",
    "trend",
]
