"""A customer whose contract ends soon, or who has given notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retention_cli.signs.groups import NEVER
from retention_cli.signs.history import day_of
from retention_cli.signs.rule import Found
from retention_cli.signs.thresholds import days

if TYPE_CHECKING:
    from retention_cli.signs.history import Past
    from retention_cli.signs.thresholds import Told

TITLE = "Contract ends soon"
STEP = "Speak about the next contract before the last day of notice"
RANK = 15
NEEDS = ("customers",)
THRESHOLDS = {
    "contract_days": days(90, "so long before the last day of notice"),
    "notice_days": days(30, "the notice that a contract asks for, where no column says"),
}


def find(past: Past, told: Told) -> Found:
    """Find customers whose end is known, or whose renewal date, less the notice, is near.

    A term so short that its end is always near tells nothing.
    """
    customers = past.rows["customers"]
    last = customers.last(past.size)

    def of_each(name: str, blank: int) -> Any:
        return np.append(customers.cells[name], blank)[last]

    renewal, periods = of_each("renewal", NEVER), of_each("periods", -1)
    notice = np.where(periods >= 0, periods, int(told["notice_days"]))
    opens = renewal - notice - int(told["contract_days"])
    ends = (past.ends >= past.close) & (past.ends < NEVER)
    soon = (renewal >= past.close) & (opens < past.close) & (renewal < NEVER)
    renewed = of_each("renewed", -NEVER)
    soon &= opens > renewed
    found = np.flatnonzero(ends | soon)

    def said(at: int) -> str:
        one = found[at]
        if ends[one]:
            noticed = past.noticed[one]
            told = f", notice given on {day_of(noticed)}" if noticed < past.close else ""
            return f"ends on {day_of(past.ends[one])}{told}"
        until = renewal[one] - notice[one]
        over = "" if until >= past.close else ", which is over"
        by = " by contract_term" if renewed[one] > -NEVER else ""
        return f"renews on {day_of(renewal[one])}{by}; last day of notice {day_of(until)}{over}"

    since = np.where(ends, np.minimum(past.noticed, past.close - 1), opens)[found]
    rows = customers.at_places(last[found][last[found] >= 0])
    return Found(found, since, (rows,), said)
