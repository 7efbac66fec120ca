"""Whatever way a known table was exported, its figures are the known ones, a question, or undefined.

The tables are small and unruly: customers who leave, return, or leave on the last day; lists that
are written every month; files that are split, shuffled and exported twice.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.kpis import computing
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located
from retention_cli.values.periods import Period
from seeded import seeds

pytestmark = pytest.mark.sweep

JUNE = Period.parse("2025-06")
TODAY = date(2025, 9, 30)
FIGURES = ("retention_rate", "churn_rate", "customers_lost", "customers_acquired")
MONEY = (*FIGURES, "revenue", "average_purchase_value", "repeat_purchase_rate")
SEEDS = seeds(6, 200)
WORDS = {
    "active": ("active", "Aktiv", "current", "actif", "Stayed", "vigente"),
    "ended": ("churned", "Gekündigt", "cancelled", "résilié", "Baja", "Left"),
    "new": ("joined", "New", "neu", "nouveau", "Alta", "Joined"),
}


def rng_of(seed):
    return random.Random(seed)  # noqa: S311  # a test has a seed and no secrets


def customers(rng, count=40):
    """A known table: id, start, end; some came back, some left on an edge of June."""
    edges = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1)]
    rows = []
    for number in range(count):
        start = date(2024, 1, 1) + timedelta(days=rng.randrange(540))
        end = rng.choice([None, None, *edges, start + timedelta(days=rng.randrange(400))])
        if end is not None and (end < start or end >= TODAY):
            end = None
        rows.append((f"c{number}", start, end))
        if end is not None and rng.random() < 0.3:
            back = end + timedelta(days=rng.randrange(2, 60))
            if back < TODAY:
                rows.append((f"c{number}", back, None))
    return rows


def invoices(rng, people):
    """Invoices of some customers, of one line or more, equal lines among them."""
    rows = []
    for number in range(60):
        who, day = rng.choice(people)[0], date(2025, 3, 1) + timedelta(days=rng.randrange(180))
        lines = range(rng.choice([1, 1, 1, 2, 3]))
        rows += [(f"i{number}", who, day, rng.choice(["10.00", "12.50", "-3.00"])) for _ in lines]
    return rows


def written(folder, name, header, rows):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *[["" if c is None else c for c in r] for r in rows]])
    return path


def figures(paths, names, *, settings=None, period=JUNE, limit=5):
    """The values of figures over files, in the order that they are given in."""
    told = settings or Settings()
    parts = [part for path in paths for part in read_parts(Located(path), told)]
    with RejectsFile(None) as rejects:
        allowed = RejectLimit(percent=limit)
        loaded = load(parts, settings=told, limit=allowed, rejects=rejects, as_of=TODAY)
    given = dict(told)
    found = computing.compute(names, dataset=loaded.dataset, period=period, settings=given)
    return {name: found[name].value for name in names}


SPELL = ("customer_id", "start_date", "end_date")
SALES = ("invoice_id", "customer_id", "invoice_date", "amount")


@pytest.mark.parametrize("seed", SEEDS)
def test_splitting_files_by_month_and_shuffling_all_of_it_changes_no_figure(seed, tmp_path):
    rng = rng_of(seed)
    people = customers(rng)
    sales = invoices(rng, people)
    whole = [
        written(tmp_path, "customers.csv", SPELL, people),
        written(tmp_path, "invoices.csv", SALES, sales),
    ]
    known = figures(whole, MONEY)
    split = []
    for kind, header, rows, day in (("k", SPELL, people, 1), ("r", SALES, sales, 2)):
        months = {}
        for row in rows:
            months.setdefault(f"{row[day]:%Y-%m}", []).append(row)
        for month, of_month in months.items():
            rng.shuffle(of_month)
            name = f"{kind}-{month}.csv" if seed % 2 else f"{kind}{rng.randrange(10**9)}.csv"
            split.append(written(tmp_path, name, header, of_month))
    rng.shuffle(split)
    assert figures(split, MONEY) == known


def service(rng, people):
    """Tickets, answers and costs of some customers: a header and rows for each, their day last."""

    def day():
        return date(2025, 4, 1) + timedelta(days=rng.randrange(150))

    def stamp(on, hours):
        return f"{on + timedelta(hours=hours) if hours >= 24 else on} {hours % 24:02}:30"

    tickets, answers, costs = [], [], []
    for number in range(60):
        who, on = rng.choice(people)[0], day()
        first = None if rng.random() < 0.2 else stamp(on, 8 + rng.randrange(16))
        solved = None if first is None else stamp(on, 24 + rng.randrange(24))
        replies, reopened = rng.randrange(1, 4), rng.choice(["yes", "no", "no"])
        tickets.append((f"t{number}", who, first, solved, replies, reopened, stamp(on, 7)))
        answers.append((f"a{number}", who, "nps", rng.randrange(11), 10, day()))
        answers.append((f"b{number}", who, "csat", rng.randrange(1, 6), 5, day()))
        costs.append((who, rng.choice(["5.00", "7.25", "5.00"]), day()))
    told_of_answers = ("response_id", "customer_id", "kind", "score", "scale_max")
    told = ("ticket_id", "customer_id", "first_response_at", "resolved_at", "contacts", "reopened")
    return {
        "tickets": ((*told, "created_at"), tickets),
        "answers": ((*told_of_answers, "responded_at"), answers),
        "costs": (("customer_id", "amount", "cost_date"), costs),
    }


SERVICE = (
    *("first_response_time", "first_response_median", "unanswered_tickets", "resolution_time"),
    *("first_contact_resolution", "reopen_rate", "csat", "csat_mean", "nps", "account_margin"),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_tickets_answers_and_costs_may_be_split_and_shuffled_too(seed, tmp_path):
    rng = rng_of(seed)
    people = customers(rng)
    tables = {"invoices": (SALES, invoices(rng, people)), **service(rng, people)}
    whole = [written(tmp_path, f"{kind}.csv", *table) for kind, table in tables.items()]
    known = figures(whole, SERVICE)
    assert None not in known.values()
    split = []
    for kind, (header, rows) in tables.items():
        at = header.index("invoice_date") if kind == "invoices" else -1
        months = {}
        for row in rows:
            months.setdefault(str(row[at])[:7], []).append(row)
        for month, of_month in months.items():
            rng.shuffle(of_month)
            split.append(written(tmp_path, f"{kind}-{month}.csv", header, of_month))
    rng.shuffle(split)
    assert figures(split, SERVICE) == known


def list_at(people, day, rng):
    """The list of customers as it was at the close of a day: nothing of what came after."""
    rows = [
        (who, start, end if end is not None and end <= day else None)
        for who, start, end in people
        if start <= day
    ]
    rng.shuffle(rows)
    return rows


@pytest.mark.parametrize("seed", SEEDS)
def test_monthly_lists_bring_each_other_up_to_date(seed, tmp_path):
    rng = rng_of(seed)
    people = customers(rng)
    days = [date(2025, month, 1) - timedelta(days=1) for month in (3, 5, 6, 7, 8)] + [TODAY]
    known = figures([written(tmp_path, "known.csv", SPELL, list_at(people, TODAY, rng))], FIGURES)
    lists = [
        written(tmp_path, f"customers {day}.csv", SPELL, list_at(people, day, rng)) for day in days
    ]
    rng.shuffle(lists)
    assert figures(lists, FIGURES) == known


@pytest.mark.parametrize("seed", SEEDS)
def test_lists_without_a_date_in_their_names_are_ordered_by_their_cells_or_refused(seed, tmp_path):
    rng = rng_of(seed)
    people = customers(rng)
    known = figures([written(tmp_path, "known.csv", SPELL, list_at(people, TODAY, rng))], FIGURES)
    lists = [
        written(tmp_path, f"list{rng.randrange(10**6)}.csv", SPELL, list_at(people, day, rng))
        for day in (date(2025, 4, 30), date(2025, 5, 31), TODAY)
    ]
    rng.shuffle(lists)
    try:
        assert figures(lists, FIGURES, limit=0) == known
    except DataRefusedError as refusal:
        assert "rows are rejected" in refusal.message


@pytest.mark.parametrize("seed", SEEDS)
def test_exports_that_overlap_count_each_invoice_once_as_it_was_last_exported(seed, tmp_path):
    """The May export has drafts and mistakes that the July export has put right."""
    rng = rng_of(seed)
    people = customers(rng)
    sales = [(*row, "paid") for row in invoices(rng, people)]
    header = (*SALES, "status")
    known = figures([written(tmp_path, "known.csv", header, sales)], ("revenue",))
    cut = date(2025, 6, 1) + timedelta(days=rng.randrange(30))
    earlier = [
        (*row[:3], rng.choice([row[3], row[3], "99.00"]), rng.choice(["paid", "open", "draft"]))
        for row in sales
        if row[2] <= cut
    ]
    numbers = {row[0] for row in sales if row[2] > date(2025, 5, 15)}
    later = [row for row in sales if row[0] in numbers]
    kept = {row[0] for row in earlier} - numbers
    earlier = [row for row in earlier if row[0] in numbers] + [r for r in sales if r[0] in kept]
    files = [
        written(tmp_path, "sales-a.csv", header, earlier),
        written(tmp_path, "sales-b.csv", header, later),
    ]
    rng.shuffle(files)
    assert figures(files, ("revenue",)) == known


@pytest.mark.parametrize("seed", SEEDS)
def test_a_status_tells_who_has_left_in_any_language_or_the_figure_is_undefined(seed, tmp_path):
    """Where some have no end date, nothing is said of the others alone."""
    rng = rng_of(seed)
    people = customers(rng)
    known = figures([written(tmp_path, "known.csv", SPELL, people)], FIGURES)
    hidden = {who for who, _, end in people if end and rng.random() < 0.2}
    rows = [
        (
            who,
            start,
            None if who in hidden else end,
            rng.choice(WORDS["ended" if end else "active"]),
        )
        for who, start, end in people
    ]
    path = written(tmp_path, "crm.csv", ("Customer ID", "Start Date", "End Date", "Status"), rows)
    before_july = [s for who, s, end in people if who in hidden and end and s < JUNE.end]
    found = figures([path], FIGURES)
    assert found["customers_acquired"] == known["customers_acquired"]
    leaving = [name for name in FIGURES if name != "customers_acquired"]
    if before_july:
        assert [found[name] for name in leaving] == [None] * len(leaving)
    else:
        assert found == known


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flag_with_any_words_counts_who_stayed_who_left_and_who_is_new(seed, tmp_path):
    rng = rng_of(seed)
    kinds = [rng.choice(["active", "active", "ended", "new"]) for _ in range(30)] + ["active"]
    rows = [(f"c{n}", rng.choice(WORDS[kind])) for n, kind in enumerate(kinds)]
    path = written(tmp_path, "customers.csv", ("Customer ID", "Status"), rows)
    stayed, left = kinds.count("active"), kinds.count("ended")
    found = figures([path], ("retention_rate", "customers_lost"))
    assert found["retention_rate"] == pytest.approx(stayed / (stayed + left))
    assert found["customers_lost"] == left


@pytest.mark.parametrize("seed", SEEDS)
def test_starts_without_ends_are_followed_by_purchases_or_by_nothing(seed, tmp_path):
    rng = rng_of(seed)
    people = customers(rng)
    sales = [
        (number, who, day - timedelta(days=365 * rng.randrange(2)), net)
        for number, (_, who, day, net) in enumerate(invoices(rng, people))
    ]
    starts = [(who, start) for who, start, _ in {row[0]: row for row in people}.values()]
    crm = written(tmp_path, "crm.csv", SPELL[:2], starts)
    shop = written(tmp_path, "shop.csv", SALES, sales)
    alone = figures([crm], FIGURES)
    in_june = sum(JUNE.start <= start < JUNE.end for _, start in starts)
    assert alone == {**dict.fromkeys(FIGURES), "customers_acquired": in_june}
    assert figures([crm, shop], FIGURES) == figures([shop], FIGURES)


@pytest.mark.parametrize("seed", SEEDS)
def test_times_of_day_keep_sales_of_one_day_apart_in_every_split(seed, tmp_path):
    """A till without invoice numbers: equal amounts of one day are distinguished by the clock alone."""
    rng = rng_of(seed)
    sales = {
        (f"2025-06-0{rng.randrange(1, 4)} 0{rng.randrange(10)}:{rng.randrange(60):02}", "3.50")
        for _ in range(40)
    }
    rows = sorted(sales)
    header = ("Invoice Date", "Amount")
    known = figures([written(tmp_path, "till.csv", header, rows)], ("revenue",))
    halves = [rows[::2], rows[1::2]]
    again = rng.sample(rows, 5)
    files = [written(tmp_path, f"{n}.csv", header, half) for n, half in enumerate(halves)]
    files.append(written(tmp_path, "again.csv", header, again))
    rng.shuffle(files)
    assert figures(files, ("revenue",)) == known


@pytest.mark.parametrize("seed", SEEDS)
def test_the_day_of_notice_beside_the_day_of_the_end_is_never_the_end(seed, tmp_path):
    rng = rng_of(seed)
    people = customers(rng)
    known = figures([written(tmp_path, "known.csv", SPELL, people)], FIGURES)
    told, gone = rng.choice(
        [
            ("Canceled At", "Ended At"),
            ("Cancellation Date", "Churn Date"),
            ("Gekündigt am", "Gekündigt zum"),
            ("Notice Given", "End Date"),
            ("Date de résiliation", "Date de fin"),
        ]
    )
    rows = [
        (who, start, end and end - timedelta(days=min(90, (end - start).days)), end)
        for who, start, end in people
    ]
    columns = [("Customer ID", 0), ("Start Date", 1), (told, 2), (gone, 3)]
    rng.shuffle(columns)
    path = written(
        tmp_path,
        "subscriptions.csv",
        [name for name, _ in columns],
        [[row[at] for _, at in columns] for row in rows],
    )
    assert figures([path], FIGURES) == known
