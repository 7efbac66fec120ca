"""Customer lists of known days, written as systems write them: the known figures, or a question."""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta

import pytest

from retention_cli.cli import run
from seeded import seeds

pytestmark = pytest.mark.sweep

START, END = date(2025, 1, 1), date(2025, 7, 1)


class Customers:
    """Spells of known days, and one way to write them."""

    def __init__(self, seed):
        self.rng = random.Random(seed)  # noqa: S311  # a seeded world is not a secret
        self.spells = [self._spell() for _ in range(self.rng.randint(3, 25))]
        self.rule = []
        self.asked = ()
        self.columns = {}

    def _spell(self):
        start = date(2024, 1, 1) + timedelta(days=self.rng.randrange(500))
        end = start + timedelta(days=self.rng.randrange(1, 400))
        return start, end if self.rng.random() < 0.4 and end < date(2025, 12, 31) else None

    def write(self, start, end):
        never = self.rng.choice(("", "-", "N/A", "?", "0"))
        self.columns["Start Date"] = [start(spell[0]) for spell in self.spells]
        self.columns["End Date"] = [end(spell[1]) if spell[1] else never for spell in self.spells]

    def same(self, form):
        self.write(lambda day: day.strftime(form), lambda day: day.strftime(form))

    def expected(self):
        at_start, at_end = (
            {
                n
                for n, (first, last) in enumerate(self.spells)
                if first < day and not (last and last < day)
            }
            for day in (START, END)
        )
        kept = at_start & at_end
        return (len(kept) / len(at_start) if at_start else None), len(at_start)

    def files(self, folder):
        names = ["Customer ID", *self.columns]
        rows = [
            [f"C{n}", *cells] for n, cells in enumerate(zip(*self.columns.values(), strict=True))
        ]
        out = io.StringIO()
        csv.writer(out).writerows([names, *rows])
        (folder / "customers.csv").write_text(out.getvalue(), "utf-8", newline="")
        head = ["[[export]]", 'file = "customers.csv"', 'kind = "customers"']
        text = "\n".join([*head, *self.rule]) if self.rule else ""
        (folder / "retention.toml").write_text(text, "utf-8")
        return out.getvalue()


def in_one_form(customers):
    form = customers.rng.choice(
        (
            "%Y-%m-%d",
            "%d.%m.%Y",
            "%d %B %Y",
            "%a, %d %b %Y",
            "%A, %B %d, %Y",
            "%Y%m%d",
            "%a %b %d %Y",
        )
    )
    customers.same(form)


def in_an_order(customers):
    """Slashes and dashes: some cell proves the order, or it is asked."""
    customers.same(customers.rng.choice(("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y")))
    customers.asked = ("--date-order",)


def with_short_years(customers):
    """Years of two digits between dashes: where they stand is proven, or it is asked."""
    customers.same(customers.rng.choice(("%d-%m-%y", "%m-%d-%y", "%y-%m-%d")))
    customers.rule = [f"two_digit_years = {customers.rng.choice((1950, 1990, 2000))}"]
    customers.asked = ("--date-order",)


def counted(customers):
    unit = customers.rng.choice((1, 1_000))

    def count(day):
        moment = datetime(day.year, day.month, day.day, customers.rng.randrange(24), tzinfo=UTC)
        return str(int(moment.timestamp()) * unit)

    customers.write(count, count)


def by_excel(customers):
    def serial(day):
        clock = customers.rng.choice(("", ".0", ".5", ".999"))
        return f"{(day - date(1899, 12, 30)).days}{clock}"

    customers.write(serial, serial)
    customers.rule = [
        "[export.columns]",
        'start_date = { from = "Start Date", unit = "excel-days" }',
        'end_date = { from = "End Date", unit = "excel-days" }',
    ]


def in_parts(customers):
    """A year and a month: each spell begins and ends on a first."""
    customers.spells = [
        (first.replace(day=1), last and last.replace(day=1)) for first, last in customers.spells
    ]
    customers.spells = [
        (first, last if last and last > first else None) for first, last in customers.spells
    ]
    form = customers.rng.choice(("%m", "%B", "%b"))
    customers.columns = {
        "From Year": [str(first.year) for first, _ in customers.spells],
        "From Month": [first.strftime(form) for first, _ in customers.spells],
        "To Year": [str(last.year) if last else "" for _, last in customers.spells],
        "To Month": [last.strftime(form) if last else "" for _, last in customers.spells],
    }
    customers.rule = [
        "[export.columns]",
        'start_date = { year = "From Year", month = "From Month", day = 1 }',
        'end_date = { year = "To Year", month = "To Month", day = 1 }',
    ]


def half_exchanged(customers):
    """A spreadsheet of the other order took what it could for a date, and left the rest as text."""
    form = customers.rng.choice(("%m/%d/%Y", "%d/%m/%Y"))

    def cell(day):
        return f"{day.year}-{day.day:02}-{day.month:02}" if day.day <= 12 else day.strftime(form)

    customers.write(cell, cell)
    if customers.rng.random() < 0.5:
        customers.rule = ['date_cells = "swapped"']
    customers.asked = ("swapped day and month", "--date-order")


WRITERS = (
    *(in_one_form, in_an_order, with_short_years, counted, by_excel, in_parts, half_exchanged),
)


def half_proves(customers):
    """Whether some column of exchanged days holds a date and a text: one alone proves nothing."""
    columns = [[s[place] for s in customers.spells if s[place]] for place in (0, 1)]
    return any(
        any(day.day > 12 for day in days)
        and any(day.day <= 12 and day.day != day.month for day in days)
        for days in columns
    )


def computed(folder):
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        period = f"{START}..{END - timedelta(days=1)}"
        code = run(["compute", str(folder), "--period", period, "--format", "json"])
    text = out.buffer.getvalue().decode()
    return code, err.getvalue(), {f["kpi"]: f for f in json.loads(text)["figures"]} if text else {}


@pytest.mark.parametrize("seed", seeds(49, 2_000))
def test_known_days_give_the_known_retention(seed, tmp_path):
    customers = Customers(seed)
    writer = WRITERS[seed % len(WRITERS)]
    writer(customers)
    if writer is half_exchanged and not half_proves(customers):
        return
    text = customers.files(tmp_path)
    code, err, figures = computed(tmp_path)
    if code == 3:
        assert any(asks in err for asks in customers.asked), f"{err}\n{text}"
        return
    assert code == 0, f"{err}\n{text}"
    value, count = customers.expected()
    if str(figures["retention_rate"]["reason"]).startswith("no data in the period"):
        return
    assert figures["retention_rate"]["value"] == pytest.approx(value), text
    assert value is None or figures["retention_rate"]["n"] == count
