"""The figures of `retention compute` by hand in pandas: what a good analyst would write.

The same casts, the same checks, equal rows too, and the same figures of a period and the one before.
Prints them as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
from figures import Sums, figures, periods

_TEXT = ["invoice_id", "customer_id", "invoice_date", "amount", "currency", "status"]
_MONEY = 10_000


def main(folder: Path, period: str) -> None:
    """Print counts of rows and figures as JSON."""
    invoices = pd.read_csv(folder / "invoices.csv", dtype=dict.fromkeys(_TEXT, "str"))
    spells = pd.read_csv(folder / "customers.csv", dtype="str")
    for column in ("start_date", "end_date"):
        spells[column] = pd.to_datetime(spells[column], format="%Y-%m-%d", errors="coerce")
    rows = len(invoices)
    invoices["day"] = pd.to_datetime(invoices["invoice_date"], format="%Y-%m-%d", errors="coerce")
    amounts = pd.to_numeric(invoices["amount"], errors="coerce")
    no_day, no_amount = invoices["day"].isna(), amounts.isna()
    no_currency = ~invoices["currency"].str.fullmatch("[A-Z]{3}", na=True)
    bad = no_day | no_amount | no_currency
    counts = [
        rows,
        int(no_day.sum()),
        int((no_amount & ~no_day).sum()),
        int((no_currency & ~no_day & ~no_amount).sum()),
    ]
    invoices = invoices[~bad]
    equal = invoices.duplicated(subset=_TEXT)
    invoices = invoices.drop(columns=["invoice_date", "amount"])
    invoices["amount"] = (amounts[~bad] * _MONEY).round().astype("int64")
    astray = _astray(invoices)
    invoices = invoices[~astray]
    known = invoices["customer_id"].isin(spells["customer_id"].unique())
    status = invoices["status"]
    counts += [
        int(equal.sum()),
        int(astray.sum()),
        len(invoices),
        int(invoices["customer_id"].isna().sum()),
        int((~known & invoices["customer_id"].notna()).sum()),
        int((status == "draft").sum()),
        int((status == "void").sum()),
    ]
    billed = invoices[~status.isin(["draft", "void"])]
    days = _purchase_days(billed)
    found = [_figures(billed, spells, days, three) for three in periods(period)]
    print(json.dumps({"counts": counts, "now": found[0], "before": found[1]}))


def _astray(invoices: pd.DataFrame) -> pd.Series:
    """Mark the rows of invoices that name several customers, days or currencies."""
    several = invoices["invoice_id"].duplicated(keep=False) & invoices["invoice_id"].notna()
    lines = invoices.loc[several, ["invoice_id", "customer_id", "day", "currency"]]
    versions = lines.drop_duplicates()["invoice_id"].value_counts()
    return invoices["invoice_id"].isin(versions.index[versions > 1])


def _purchase_days(billed: pd.DataFrame) -> pd.DataFrame:
    """List each customer and day with a purchase once, sorted."""
    doubtful = billed.loc[billed["amount"] < 0, "invoice_id"].unique()
    lines = billed[billed["invoice_id"].isin(doubtful)]
    totals = lines.groupby("invoice_id")["amount"].sum()
    credited = totals.index[totals < 0]
    bought = ~billed["invoice_id"].isin(credited) & billed["customer_id"].notna()
    days = billed.loc[bought, ["customer_id", "day"]].drop_duplicates()
    return days.sort_values(["customer_id", "day"])


def _figures(
    billed: pd.DataFrame, spells: pd.DataFrame, days: pd.DataFrame, period: tuple[str, str, str]
) -> dict[str, str]:
    before, start, end = period
    people = _people(spells, start, end)
    first, last, inside = people["first"], people["last"], people["inside"] & ~people["earlier"]
    revenue = _revenue(billed, people, before, start, end)
    rows = billed[(billed["day"] >= start) & (billed["day"] < end)]
    totals = rows.groupby("invoice_id")["amount"].sum()
    days = days[days["day"] < end]
    buyers = days.loc[days["day"] >= start, "customer_id"].unique()
    earlier = days.loc[days["day"] < start, "customer_id"].unique()
    active = people.index[people["active"]]
    starters = days[days["customer_id"].isin(people.index[first])]
    gaps = starters.groupby("customer_id")["day"].diff().dt.days.dropna()
    sums = Sums(
        starters=int(first.sum()),
        enders=int(last.sum()),
        new=int((last & ~first).sum()),
        acquired=int(inside.sum()),
        lost=int((first & ~last).sum()),
        reactivated=int((last & ~first & people["earlier"]).sum()),
        acquired_and_lost=int((inside & ~last).sum()),
        **revenue,
        revenue=_money(totals.sum()),
        invoices=int((totals >= 0).sum()),
        credit_notes=int((totals < 0).sum()),
        buyers=len(buyers),
        repeat_buyers=int(pd.Series(buyers).isin(earlier).sum()),
        outsiders=int((~pd.Series(buyers).isin(active)).sum()),
        active=len(active),
        accounts=int(rows["customer_id"].nunique()),
        gap=None if gaps.empty else float(gaps.median()),
    )
    return figures(sums, start=start, end=end)


def _people(spells: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    began, ended = spells["start_date"], spells["end_date"]
    marks = pd.DataFrame(
        {
            "first": (began < start) & ~(ended < start),
            "last": (began < end) & ~(ended < end),
            "earlier": began < start,
            "inside": (began >= start) & (began < end),
            "active": (began < end) & ~(ended < start),
        }
    )
    return marks.groupby(spells["customer_id"]).any()


def _revenue(
    billed: pd.DataFrame, people: pd.DataFrame, before: str, start: str, end: str
) -> dict[str, object]:
    rows = billed[(billed["day"] >= before) & (billed["day"] < end)]
    early = rows["day"] < start
    earlier = rows[early].groupby("customer_id")["amount"].sum()
    later = rows[~early].groupby("customer_id")["amount"].sum()
    starters = people[people["first"]]
    before_each = earlier.reindex(starters.index, fill_value=0)
    now_each = later.reindex(starters.index, fill_value=0)
    lower = before_each.where(before_each < now_each, now_each).clip(lower=0)
    return {
        "before": _money(before_each.sum()),
        "now_kept": _money(now_each[starters["last"]].sum()),
        "gross_kept": _money(lower[starters["last"]].sum()),
        "before_kept": _money(before_each[starters["last"]].sum()),
        "paying": int((before_each > 0).sum()),
    }


def _money(amount: int) -> str:
    return f"{int(amount)}/{_MONEY}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
