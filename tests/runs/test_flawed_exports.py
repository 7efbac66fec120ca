"""Exports built from a known table, each with a flaw: the known figures, or a question.

Never another number: the oracle adds up the table in fractions, and knows nothing of files.
"""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest

from retention_cli.cli import run
from seeded import seeds

pytestmark = pytest.mark.sweep

ASKED = 3
SEEDS = seeds(6, 300)


def world(seed):
    """Orders of June: id, customer, lines of net cents, cost in cents; hours of customers."""
    draw = random.Random(seed)  # noqa: S311  # a world to test with
    orders = []
    for number in range(draw.randint(2, 7)):
        lines = [draw.randint(100, 99_999) for _ in range(draw.randint(1, 3))]
        orders.append((number + 1, draw.choice("abc"), lines, draw.randint(1, 20_000)))
    hours = [
        (draw.choice("abc"), draw.randint(1, 240), draw.choice([4850, 6000])) for _ in range(5)
    ]
    return draw, orders, hours


def money(cents):
    return f"{cents / 100:.2f}"


def repeated_totals(draw, orders, hours):
    beside = draw.choice(["", ",Worth"])
    header = f"Order ID,Order Date,Customer ID,Order Total,Product{beside}"
    rows = [
        f"{number},2025-06-0{number},{who},{money(sum(lines))},P{place}"
        + (f",{money(line)}" if beside else "")
        for number, who, lines, _ in orders
        for place, line in enumerate(lines)
    ]
    return {"orders.csv": (header, rows)}


def tax_beside(draw, orders, hours):
    names = draw.choice(
        [("Subtotal", "Tax", "Total"), ("Total", "VAT", "Amount Due"), ("Amount", "MwSt", "Summe")]
    )
    kept = draw.choice([(0, 1, 2), (0, 1), (2, 1)])
    rate = draw.choice([0, 7, 19, 20])
    rows = []
    for number, who, lines, _ in orders:
        net = sum(lines)
        tax = round(net * rate / 100)
        cells = (net, tax, net + tax)
        rows.append(
            f"{number},2025-06-0{number},{who}," + ",".join(money(cells[at]) for at in kept)
        )
    header = "Invoice No,Invoice Date,Customer ID," + ",".join(names[at] for at in kept)
    return {"invoices.csv": (header, rows)}


def one_row_a_day(draw, orders, hours):
    count = draw.choice(["Orders", "Number of orders", "Anzahl", "Transactions"])
    days = {}
    for number, _, lines, _ in orders:
        days.setdefault(number % 4, []).append(sum(lines))
    rows = [f"2025-06-0{day + 1},{len(some)},{money(sum(some))}" for day, some in days.items()]
    return {"revenue.csv": (f"Date,{count},Net Sales", rows)}


def in_a_unit(draw, orders, hours):
    header, written = draw.choice(
        [
            ("amount_cents", str),
            ("Umsatz in TEUR", lambda cents: f"{cents / 100_000:.5f}"),
            ("Revenue (k$)", lambda cents: f"{cents / 100_000:.5f}"),
        ]
    )
    rows = [f"{n},2025-06-0{n},{who},{written(sum(lines))}" for n, who, lines, _ in orders]
    return {"invoices.csv": (f"Invoice No,Invoice Date,Customer ID,{header}", rows)}


def negative_costs(draw, orders, hours):
    rows = [
        f"{n},2025-06-0{n},{who},{money(sum(lines))},{money(-cost)}"
        for n, who, lines, cost in orders
    ]
    return {"invoices.csv": ("Invoice No,Invoice Date,Customer ID,Net Amount,Cost", rows)}


def priced_hours(draw, orders, hours):
    digits = draw.choice([9, 12, 15])
    spent = [
        f"2025-06-03,{who},{minutes / 60:.{digits}f},{money(rate)}" for who, minutes, rate in hours
    ]
    months = [f"2025-07,{who},1.5,10.00" for who, _, _ in hours[: draw.randint(0, 1)]]
    return plain(draw, orders, hours) | {
        "costs.csv": ("Work Date,Customer ID,Hours,Hourly Rate", spent + months)
    }


def plain(draw, orders, hours):
    rows = [f"{n},2025-06-0{n},{who},{money(sum(lines))}" for n, who, lines, _ in orders]
    return {"invoices.csv": ("Invoice No,Invoice Date,Customer ID,Net Amount", rows)}


FLAWS = (plain, repeated_totals, tax_beside, one_row_a_day, in_a_unit, negative_costs, priced_hours)


def expected(flaw, orders, hours):
    """The figures of the table, as fractions of the currency."""
    revenue = Fraction(sum(sum(lines) for _, _, lines, _ in orders), 100)
    found = {"revenue": revenue, "average_purchase_value": revenue / len(orders)}
    if flaw is negative_costs:
        cost = Fraction(sum(cost for *_, cost in orders), 100)
        found["account_margin"] = (revenue - cost) / revenue
    if flaw is priced_hours:
        cost = sum(Fraction(minutes, 60) * Fraction(rate, 100) for _, minutes, rate in hours)
        found["account_margin"] = (revenue - cost) / revenue
    return found


def figures_of(flaw, seed, folder, capsys):
    """Write the flawed exports, rows in any order; the figures read off them, or None: a question."""
    draw, orders, hours = world(seed)
    for name, (header, rows) in flaw(draw, orders, hours).items():
        draw.shuffle(rows)
        (folder / name).write_text("\n".join([header, *rows]) + "\n", "utf-8")
    capsys.readouterr()
    code = run(["compute", str(folder), "--period", "2025-06", "--format", "json", "--quiet"])
    out = capsys.readouterr()
    if code == ASKED:
        assert "hint:" in out.err
        return None
    assert code == 0, out.err
    return {one["kpi"]: one["value"] for one in json.loads(out.out)["figures"]}


def hold(flaw, seed, folder, capsys):
    found = figures_of(flaw, seed, folder, capsys)
    if found is None:
        assert flaw is not plain
        return
    _, orders, hours = world(seed)
    for kpi, value in expected(flaw, orders, hours).items():
        shown = found[kpi]
        if isinstance(shown, str):
            assert shown == money_text(value), (kpi, shown, value)
        else:
            assert shown == pytest.approx(float(value), abs=1e-12), kpi


def money_text(value):
    scaled = round(value * 10_000)
    whole, rest = divmod(abs(scaled), 10_000)
    return f"{'-' if scaled < 0 else ''}{whole}.{f'{rest:04d}'.rstrip('0').ljust(2, '0')}"


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: flaw.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_known_figures_or_a_question(flaw, seed, tmp_path, capsys):
    hold(flaw, seed, tmp_path, capsys)
