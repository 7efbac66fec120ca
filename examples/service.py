"""What the service desk of the example company did: its tickets, and the hours booked on customers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from simulate import LAST, MONTHS, Spell, last_day, some_day

if TYPE_CHECKING:
    import random

TICKET_HEADER = [
    "Ticket ID",
    "Customer ID",
    "Created",
    "First Reply",
    "Solved",
    "Status",
    "Replies",
    "Reopens",
    "Priority",
    "Assignee",
    "Subject",
]
COST_HEADER = ["Date", "Customer ID", "Employee", "Task", "Hours", "Hourly Rate", "Currency"]
DESK = ["Carla Weiden", "Femke Storm", "Hugo Lamarre", "Nils Aaberg"]
TECHNICIANS = {"Bruno Keller": "58.00", "Dora Vinke": "54.50", "Pelle Sund": "61.00"}
DESK_RATE = "42.00"
SUBJECTS = [
    *("Machine does not heat", "Milk unit leaks", "Grinder is stuck", "Error E-14 on the display"),
    *("Coffee too weak", "Question about invoice", "Move machine to another floor", "New beans"),
    *("Water filter due", "Card reader offline", "Second machine wanted", "Cancel a delivery"),
]
MORNING = 7
Row = list[str]
Ticket = tuple[datetime, Row]


def ticket_rows(rng: random.Random, spells: list[Spell], surveys: list[Row]) -> list[Row]:
    """Give the ticket export by time of creation, with its planted flaws.

    Every invitation to a CSAT survey was sent as its ticket was solved; as many tickets again led
    to none.
    """
    known = {spell.customer_id for spell in spells}
    asked = {row[2]: row for row in surveys if row[5] == "csat" and row[1] in known}
    free = (number for number in range(51_201, 59_999) if f"T-{number}" not in asked)
    tickets = [
        _ticket(rng, row[2], row[1], datetime.fromisoformat(row[3])) for row in asked.values()
    ]
    for month in MONTHS:
        for _ in range(rng.randint(24, 34)):
            day = some_day(rng, month)
            solved = datetime.combine(day, time(rng.randint(9, 17), rng.randint(0, 59)))
            spell = rng.choice([spell for spell in spells if spell.runs_on(day)])
            tickets.append(_ticket(rng, f"T-{next(free)}", spell.customer_id, solved))
    tickets.sort(key=lambda ticket: (ticket[0], ticket[1][0]))
    rows = [row for _, row in tickets]
    _flaws(rows)
    return rows


def _ticket(rng: random.Random, name: str, customer_id: str, solved: datetime) -> Ticket:
    hours = rng.choices([0, 2, 5, 20, 45, 70], [12, 30, 25, 18, 10, 5])[0]
    created = solved - timedelta(hours=hours, minutes=rng.randint(12, 110))
    if created.hour < MORNING:
        created -= timedelta(hours=12)
    wait = rng.randint(4, 55) * rng.choice([1, 1, 2, 5, 9])
    if hours >= 20:
        wait = rng.choice([wait, wait + 60 * rng.randint(1, hours - 2)])
    replied = created + timedelta(minutes=wait)
    if replied.hour < MORNING:
        replied = replied.replace(hour=MORNING)
    replied = min(replied, solved)
    replies = rng.choices([1, 2, 3, 4, 5], [58, 22, 11, 6, 3])[0]
    reopens = rng.choices([0, 1, 2], [93, 6, 1])[0]
    return created, [
        name,
        customer_id,
        *(f"{moment:%Y-%m-%d %H:%M}" for moment in (created, replied, solved)),
        rng.choice(["Solved", "Closed", "closed"]),
        str(replies + reopens),
        str(reopens),
        rng.choice(["Low", "Normal", "Normal", "normal", "High", "Urgent"]),
        rng.choice(DESK),
        rng.choice(SUBJECTS),
    ]


def _flaws(rows: list[Row]) -> None:
    of_june = [row for row in rows if row[2].startswith("2025-06")]
    for row in (of_june[17], of_june[-3]):  # never answered
        row[3], row[4], row[5], row[6], row[7] = "", "", "Open", "", ""
    pending = of_june[-9]
    pending[4], pending[5], pending[7] = "", "Pending", ""
    early = of_june[30]
    early[3] = early[2].replace("2025-06", "2025-05")
    rows[200][6] = ""
    rows.insert(rows.index(of_june[8]) + 1, [*of_june[8]])


def cost_rows(rng: random.Random, spells: list[Spell], tickets: list[Row]) -> list[Row]:
    """Give the time sheets by day: hours of the desk and visits, with their planted flaws."""
    rows = [
        [ticket[4][:10], ticket[1], ticket[9], "Support", _quarters(rng, 1, 5), DESK_RATE]
        for ticket in tickets
        if ticket[4] and rng.random() < 0.7
    ]
    for month in MONTHS:
        rows += [_visit(rng, spells, some_day(rng, month)) for _ in range(rng.randint(48, 66))]
        trained = ["", "Dora Vinke", "Training", "6.00", TECHNICIANS["Dora Vinke"]]
        rows.append([str(last_day(month)), *trained])
    rows = [[*row, "EUR"] for row in sorted({tuple(row[:4]): row for row in rows}.values())]
    visits = [
        row for row in rows if row[3] == "Maintenance visit" and row[0][:7] == f"{LAST:%Y-%m}"
    ]
    visits[4][4] = "2h?"
    return rows


def _visit(rng: random.Random, spells: list[Spell], day: date) -> Row:
    there = [spell for spell in spells if spell.runs_on(day)]
    spell = rng.choice(there)
    who = rng.choice(list(TECHNICIANS))
    task = rng.choice(["Maintenance visit", "Repair", "Installation"])
    return [str(day), spell.customer_id, who, task, _quarters(rng, 4, 18), TECHNICIANS[who]]


def _quarters(rng: random.Random, low: int, high: int) -> str:
    return f"{rng.randint(low, high) / 4:.2f}"
