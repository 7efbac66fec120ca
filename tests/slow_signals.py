"""Signals by the definition: a loop over customers, rows and months, on worlds drawn from a seed."""

# ruff: noqa: S311  # worlds are drawn, and secret to nobody

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from statistics import median

import pyarrow as pa

from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.ticket_times import timed
from retention_cli.settings import Settings, Window
from retention_cli.signs.history import History, day_of, number_of
from retention_cli.signs.rule import Found, rules
from retention_cli.signs.told import told
from retention_cli.values.periods import Period, add_months

FIRST, LAST = date(2024, 1, 1), date(2025, 6, 30)
IDS = [f"c{number:02}" for number in range(16)]
TEXTS = ("Printer jams", "We will cancel our contract", "We will not cancel our contract", None)
TYPES = {
    "customers": {
        **dict.fromkeys(("customer_id",), pa.string()),
        **dict.fromkeys(("start_date", "end_date", "notice_date"), pa.date32()),
    },
    "invoices": {
        **dict.fromkeys(("customer_id", "due_date", "paid_date"), pa.string()),
        "invoice_date": pa.date32(),
        "amount": pa.int64(),
    },
    "tickets": {
        **dict.fromkeys(("ticket_id", "customer_id", "subject"), pa.string()),
        **dict.fromkeys(("created_at", "first_response_at", "resolved_at"), pa.timestamp("s")),
        "reopened": pa.int64(),
    },
    "surveys": {
        **dict.fromkeys(("customer_id", "kind"), pa.string()),
        **dict.fromkeys(("score", "scale_min", "scale_max"), pa.int64()),
        "responded_at": pa.date32(),
    },
}


def drawn(draw):
    return FIRST + timedelta(days=draw.randrange((LAST - FIRST).days + 1))


def world(seed):
    """Rows of all kinds; some customers buy in a rhythm, some at random."""
    draw = random.Random(seed)
    rows = {kind: [] for kind in TYPES}
    for id_ in IDS:
        start = FIRST + timedelta(days=draw.randrange(200))
        end = start + timedelta(days=draw.randrange(30, 600)) if draw.random() < 0.6 else None
        notice = end - timedelta(days=draw.randrange(60)) if end and draw.random() < 0.3 else None
        rows["customers"].append(
            {"customer_id": id_, "start_date": start, "end_date": end, "notice_date": notice}
        )
        day, step = start, draw.choice((7, 14, 30))
        while day <= LAST and draw.random() < 0.97:
            due = day + timedelta(days=14)
            paid = due + timedelta(days=draw.randrange(-10, 40)) if draw.random() < 0.9 else None
            rows["invoices"].append(
                {
                    "customer_id": id_,
                    "invoice_date": day,
                    "amount": draw.choice((-5, 1, 20, 30)) * 10_000,
                    "due_date": str(due),
                    "paid_date": paid and str(paid),
                }
            )
            day += timedelta(days=max(0, step + draw.randrange(-step, step)))
        for number in range(draw.randrange(14)):
            rows["tickets"].append(ticket(draw, id_, number))
        for _ in range(draw.randrange(7)):
            kind = draw.choice(("nps", "csat"))
            low, high = (0, 10) if kind == "nps" else (1, 5)
            score = draw.randint(low, high)
            rows["surveys"].append(
                {
                    "customer_id": id_,
                    "kind": kind,
                    "score": score,
                    "responded_at": drawn(draw),
                    "scale_min": low,
                    "scale_max": high,
                }
            )
    return rows


def ticket(draw, id_, number):
    created = stamp(drawn(draw)) + draw.randrange(86_400)
    answered = created + draw.randrange(60, 300_000) if draw.random() < 0.8 else None
    resolved = created + draw.randrange(300_000, 3_000_000) if draw.random() < 0.7 else None
    return {
        "ticket_id": f"{id_}-{number}",
        "customer_id": id_,
        "subject": draw.choice(TEXTS),
        "created_at": created,
        "first_response_at": answered,
        "resolved_at": resolved,
        "reopened": draw.choice((0, 0, 1, None)),
    }


def stamp(day):
    return number_of(day) * 86_400


def dataset(rows):
    tables = {
        kind: pa.table(
            {name: [row[name] for row in rows[kind]] for name in types}, pa.schema(types)
        )
        for kind, types in TYPES.items()
    }
    tables["tickets"] = timed(tables["tickets"])
    return Dataset(tables, window=Window(months=12))


def history(rows, settings=None):
    data = dataset(rows)
    settings = settings or Settings()
    return History.of(data, data.membership(Period.parse("2025-06")), settings)


def flags(past_of, close, settings=None):
    """The ids that each rule flags at a close, with the day from which the sign was there."""
    past, numbers = past_of.at(number_of(close)), told(settings or Settings())
    ids = past_of.ids.to_pylist()
    return {
        rule.name: {ids[who]: day_of(day) for who, day in zip(found.who, found.since, strict=True)}
        for rule in rules()
        if isinstance(found := rule.answer(past, numbers), Found)
    }


def known(rows, close):
    """What was known at a close, and no more."""

    def later(day):
        return day is None or day >= close

    at = stamp(close)
    return {
        "customers": [row for row in rows["customers"] if row["start_date"] < close],
        "invoices": [
            {
                **row,
                "paid_date": None
                if not row["paid_date"] or row["paid_date"] >= str(close)
                else row["paid_date"],
            }
            for row in rows["invoices"]
            if row["invoice_date"] < close
        ],
        "tickets": [
            {
                name: None if name.endswith("_at") and (cell or 0) >= at else cell
                for name, cell in row.items()
            }
            for row in rows["tickets"]
            if row["created_at"] < at
        ],
        "surveys": [row for row in rows["surveys"] if not later(row["responded_at"])],
    }


def there(rows, close):
    return {
        row["customer_id"]
        for row in rows["customers"]
        if row["start_date"] < close and (row["end_date"] is None or row["end_date"] >= close)
    }


def quantile(values, share):
    ranked = sorted(values)
    rank = (len(ranked) - 1) * share
    low, high = ranked[floor(rank)], ranked[ceil(rank)]
    return low + (high - low) * (rank - floor(rank))


def gaps(days):
    return [(b - a).days for a, b in pairwise(days)]


def silent(days, close, least=0):
    between = gaps(days)
    if len(between) < 4:
        return False
    return (close - days[-1]).days - 1 > max(quantile(between, 0.95), least)


def slow_flags(rows, close):
    """The ids that each rule flags at a close, one customer at a time."""
    seen, found = known(rows, close), {}
    present = there(rows, close)
    for id_ in sorted(present):
        mine = {kind: [row for row in seen[kind] if row["customer_id"] == id_] for kind in seen}
        for rule, test in RULES.items():
            if test(mine, close, seen):
                found.setdefault(rule, set()).add(id_)
    return found


def bought(mine):
    return sorted({row["invoice_date"] for row in mine["invoices"] if row["amount"] >= 0})


def contacts(mine):
    days = {day_of(row["created_at"] // 86_400) for row in mine["tickets"]}
    return sorted(days | {row["responded_at"] for row in mine["surveys"]})


def windows(days, close):
    begin = close - timedelta(days=90)
    first = begin - timedelta(days=365)
    return [d for d in days if d >= begin], [d for d in days if first <= d < begin]


def fewer(mine, close, _):
    days = bought(mine)
    now, before = windows(days, close)
    begin = close - timedelta(days=90)
    span = min((begin - days[0]).days, 365) if days else 0
    expected = len(before) * 90 / span if span >= 90 else 0
    return expected >= 3 and len(now) < 0.5 * expected


def falling(mine, close, _):
    begin, first = add_months(close, -3), add_months(close, -6)
    now = sum(row["amount"] for row in mine["invoices"] if row["invoice_date"] >= begin)
    earlier = [row for row in mine["invoices"] if first <= row["invoice_date"] < begin]
    before = sum(row["amount"] for row in earlier)
    days = [day for day in bought(mine) if first <= day < begin]
    return before > 0 and 10 * now <= 7 * before and len(days) >= 2


def created(row):
    return day_of(row["created_at"] // 86_400)


def many_tickets(mine, close, seen):
    now, before = windows([created(row) for row in mine["tickets"]], close)
    firsts = [row["start_date"] for row in mine["customers"]]
    firsts += [row["invoice_date"] for row in mine["invoices"]] + contacts(mine)
    opened = min((created(row) for row in seen["tickets"]), default=close)
    span = min((close - timedelta(days=90) - max(min(firsts), opened)).days, 365)
    return span >= 90 and len(now) >= 3 and len(now) >= 2 * len(before) * 90 / span


def slower(mine, close, _):
    begin = close - timedelta(days=90)
    first = begin - timedelta(days=365)
    done = [row for row in mine["tickets"] if row["first_response_at"] is not None]
    now = [r["first_response_at"] - r["created_at"] for r in done if created(r) >= begin]
    before = [r["first_response_at"] - r["created_at"] for r in done if first <= created(r) < begin]
    return min(len(now), len(before)) >= 3 and median(now) > 1.5 * median(before)


def reopened(mine, close, _):
    at = stamp(close - timedelta(days=90))
    return any(r["reopened"] and (r["resolved_at"] or 0) >= at for r in mine["tickets"])


def took(row):
    return row["resolved_at"] // 86_400 - row["created_at"] // 86_400


def unresolved(mine, close, seen):
    own = [took(row) for row in mine["tickets"] if row["resolved_at"] is not None]
    every = [took(row) for row in seen["tickets"] if row["resolved_at"] is not None]
    usual = own if len(own) >= 4 else every
    ages = [(close - created(r)).days - 1 for r in mine["tickets"] if r["resolved_at"] is None]
    return bool(usual) and any(age > quantile(usual, 0.95) for age in ages)


def share(row):
    return (row["score"] - row["scale_min"]) / (row["scale_max"] - row["scale_min"])


def falling_score(mine, close, _):
    hit = False
    for kind in ("nps", "csat"):
        ours = [row for row in mine["surveys"] if row["kind"] == kind]
        ours.sort(key=lambda row: row["responded_at"])
        if len(ours) > 2 and (close - ours[-1]["responded_at"]).days <= 180:
            mean = sum(map(share, ours[:-1])) / (len(ours) - 1)
            hit |= mean - share(ours[-1]) >= 0.2 - 1e-9
    return hit


def detractor(mine, close, _):
    ours = [row for row in mine["surveys"] if row["kind"] == "nps"]
    ours.sort(key=lambda row: row["responded_at"])
    return bool(ours) and ours[-1]["score"] <= 6 and (close - ours[-1]["responded_at"]).days <= 180


def late(mine, close, _):
    for row in mine["invoices"]:
        due, paid = date.fromisoformat(row["due_date"]), row["paid_date"]
        until = date.fromisoformat(paid) if paid else close - timedelta(days=1)
        recent = not paid or until >= close - timedelta(days=90)
        if row["amount"] > 0 and recent and (until - due).days > 14:
            return True
    return False


def words(mine, close, _):
    begin = close - timedelta(days=90)
    return any(r["subject"] == TEXTS[1] and created(r) >= begin for r in mine["tickets"])


def ends(mine, close, _):
    (row,) = mine["customers"]
    return (
        row["end_date"] is not None
        and row["notice_date"] is not None
        and row["notice_date"] < close
    )


RULES = {
    "silence": lambda mine, close, _: silent(bought(mine), close),
    "contact_quiet": lambda mine, close, _: silent(contacts(mine), close, 30),
    "fewer_purchases": fewer,
    "falling_revenue": falling,
    "more_tickets": many_tickets,
    "slower_answers": slower,
    "reopened_tickets": reopened,
    "unresolved_ticket": unresolved,
    "falling_score": falling_score,
    "detractor": detractor,
    "late_payment": late,
    "leaving_words": words,
    "contract_ends": ends,
}
