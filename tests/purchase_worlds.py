"""Customers who buy as they like and leave, drawn at random: as rows, and as the files of a folder."""

from __future__ import annotations

import random
from datetime import date, timedelta

START = date(2023, 1, 2)


def purchases(count, days, seed=7):
    """Give invoices as (id, day, amount): some on one day, some credits, some of nobody."""
    draw = random.Random(seed)  # noqa: S311  # rows of a test
    rows = []
    for number in range(count):
        rate, leaving = draw.gammavariate(0.9, 1 / 25), draw.betavariate(0.8, 2.5)
        worth = draw.gammavariate(5, 20)
        day = draw.randrange(days // 2)
        while day < days:
            rows.append(
                (f"c{number:03}", START + timedelta(day), round(worth * draw.uniform(0.5, 1.5), 2))
            )
            if draw.random() < 0.05:
                rows.append((f"c{number:03}", START + timedelta(day), -5.0))
            if draw.random() < leaving:
                break
            day += 1 + int(draw.expovariate(rate))
    rows.append(("", START + timedelta(9), 12.5))
    return rows


def write(folder, rows, *, cost=False):
    """Write invoices as the file of a folder."""
    folder.mkdir(exist_ok=True)
    lines = ["customer_id,invoice_date,amount" + (",cost" if cost else "")]
    for id_, day, amount in rows:
        lines.append(f"{id_},{day},{amount}" + (f",{round(amount * 0.6, 4)}" if cost else ""))
    (folder / "invoices.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
