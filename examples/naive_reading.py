"""Read the example exports by naive code, line by line: the first half of the oracle."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

NOT_REVENUE = {"draft", "void", "voided", "cancelled"}
ENDED = {"ended", "churned", "cancelled", "inactive"}
Row = dict[str, str]


@dataclass
class Export:
    """The rows of one file that count, and the numbers of those that do not."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    lines: int = 0
    skipped: list[int] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """Give what the tool must print about this file, with spreadsheet row numbers."""
        return {
            "rows": self.lines,
            "accepted": len(self.rows),
            "rejected": len(self.rejected),
            "skipped": len(self.skipped),
            "rejected_rows": sorted(self.rejected),
            "skipped_rows": sorted(self.skipped),
        }

    def drop(self, number: int, *, into: list[int]) -> None:
        """Take one row out and note its number."""
        self.rows = [(other, row) for other, row in self.rows if other != number]
        into.append(number)


@dataclass(frozen=True)
class Spell:
    """One row of the customers."""

    customer_id: str
    start: date
    end: date | None

    def active(self, instant: date) -> bool:
        """Tell whether the spell covers the close of the day before."""
        return self.start < instant and (self.end is None or self.end >= instant)


@dataclass(frozen=True)
class Line:
    """One row of the invoices that is neither a draft nor voided."""

    invoice_id: str
    customer_id: str
    day: date
    amount: Decimal
    cost: Decimal = Decimal()


@dataclass(frozen=True)
class Ticket:
    """One row of the tickets."""

    created: datetime
    replied: datetime | None
    solved: datetime | None
    contacts: int | None
    reopens: int | None


@dataclass(frozen=True)
class Booking:
    """One row of the costs: hours at a rate."""

    customer_id: str
    day: date
    amount: Decimal


@dataclass(frozen=True)
class Answer:
    """One row of the surveys; an unanswered invitation has no score."""

    kind: str
    sent: date
    answered: date | None
    score: int | None


def read_lines(path: Path, delimiter: str) -> Export:
    """Read one file line by line: blank lines are skipped, rows of another width rejected."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    header, *lines = text.removesuffix("\n").split("\n")
    names = next(csv.reader([header], delimiter=delimiter))
    export = Export(lines=len(lines))
    for number, line in enumerate(lines, 2):
        if not line.strip():
            export.skipped.append(number)
            continue
        cells = next(csv.reader([line], delimiter=delimiter))
        if len(cells) == len(names):
            export.rows.append((number, dict(zip(names, cells, strict=True))))
        else:
            export.rejected.append(number)
    return export


def skip_repeats(export: Export, key: tuple[str, ...]) -> None:
    """Skip rows equal to an earlier one; reject all rows that share the key and differ."""
    groups: dict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    for number, row in export.rows:
        groups[tuple(row[name] for name in key)].append((number, row))
    for group in groups.values():
        first = group[0][1]
        same = all(row == first for _, row in group)
        for number, _ in group[1:] if same else group:
            export.drop(number, into=export.skipped if same else export.rejected)


def day_of(text: str) -> date | None:
    """Read DD/MM/YYYY or DD.MM.YYYY; None where there is no such day."""
    try:
        day, month, year = (int(part) for part in text.replace(".", "/").split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def money_of(text: str) -> Decimal | None:
    """Read 1.234,50 with or without a euro sign; None where it is no number."""
    plain = text.replace("€", "").strip().replace(".", "").replace(",", ".")
    return Decimal(plain) if plain.lstrip("-").replace(".", "", 1).isdigit() else None


def read_customers(path: Path) -> tuple[Export, list[Spell]]:
    """Read the customers."""
    export = read_lines(path, ",")
    skip_repeats(export, ("Customer ID", "Start Date"))
    spells: dict[int, Spell] = {}
    for number, row in list(export.rows):
        start, end = day_of(row["Start Date"]), day_of(row["End Date"])
        end_is_missing = row["End Date"] == "" and row["Status"].lower() in ENDED
        end_is_wrong = row["End Date"] != "" and (end is None or (start and end < start))
        if not row["Customer ID"] or start is None or end_is_missing or end_is_wrong:
            export.drop(number, into=export.rejected)
        else:
            spells[number] = Spell(row["Customer ID"], start, end)
    for number in overlapping(spells):
        export.drop(number, into=export.rejected)
        del spells[number]
    return export, joined(list(spells.values()))


def overlapping(spells: dict[int, Spell]) -> set[int]:
    """Give the rows whose spell runs into another of the same customer."""
    found = set()
    for number, one in spells.items():
        for other_number, other in spells.items():
            if number == other_number or one.customer_id != other.customer_id:
                continue
            first, second = sorted((one, other), key=lambda spell: spell.start)
            if first.end is None or first.end > second.start:
                found.add(number)
    return found


def joined(spells: list[Spell]) -> list[Spell]:
    """Join spells of one customer that touch."""
    found: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.customer_id, spell.start)):
        last = found[-1] if found else None
        if (
            last
            and last.customer_id == spell.customer_id
            and last.end
            and (spell.start - last.end).days <= 1
        ):
            found[-1] = Spell(spell.customer_id, last.start, spell.end)
        else:
            found.append(spell)
    return found


def read_invoices(paths: list[Path]) -> tuple[dict[str, Export], list[Line]]:
    """Read the invoice files in order of their names."""
    exports: dict[str, Export] = {}
    kept: Counter[tuple[str, ...]] = Counter()
    rows: list[Row] = []
    for path in paths:
        export = exports[path.name] = read_lines(path, ";")
        here: Counter[tuple[str, ...]] = Counter()
        for number, row in list(export.rows):
            cells = tuple(row.values())
            here[cells] += 1
            wrong = (
                day_of(row["Invoice Date"]) is None
                or money_of(row["Net Amount"]) is None
                or money_of(row["Cost"]) is None
            )
            if wrong:
                export.drop(number, into=export.rejected)
            elif here[cells] <= kept[cells]:
                export.drop(number, into=export.skipped)
            else:
                rows.append(row)
        kept |= here
    return exports, [line_of(row) for row in rows if row["Status"].lower() not in NOT_REVENUE]


def line_of(row: Row) -> Line:
    """Give the typed form of an invoice row that was accepted."""
    day, amount = day_of(row["Invoice Date"]), money_of(row["Net Amount"])
    cost = money_of(row["Cost"])
    if day is None or amount is None or cost is None or row["Currency"] != "EUR":
        raise ValueError(row)
    return Line(row["Invoice No"], row["Customer ID"], day, amount, cost)


def read_tickets(path: Path) -> tuple[Export, list[Ticket]]:
    """Read the tickets: one that was answered before it was created is rejected."""
    export = read_lines(path, ",")
    skip_repeats(export, ("Ticket ID",))
    tickets = []
    for number, row in list(export.rows):
        moments = (row["Created"], row["First Reply"], row["Solved"])
        created, replied, solved = (datetime.fromisoformat(m) if m else None for m in moments)
        if created is None or any(m and m < created for m in (replied, solved)):
            export.drop(number, into=export.rejected)
            continue
        contacts, reopens = (
            int(row[name]) if row[name] else None for name in ("Replies", "Reopens")
        )
        tickets.append(Ticket(created, replied, solved, contacts, reopens))
    return export, tickets


def read_costs(path: Path) -> tuple[Export, list[Booking]]:
    """Read the time sheets: hours that are no number are rejected."""
    export = read_lines(path, ",")
    bookings = []
    for number, row in list(export.rows):
        if not row["Hours"].replace(".", "", 1).isdigit():
            export.drop(number, into=export.rejected)
            continue
        amount = Decimal(row["Hours"]) * Decimal(row["Hourly Rate"])
        bookings.append(Booking(row["Customer ID"], date.fromisoformat(row["Date"]), amount))
    return export, bookings


def read_surveys(path: Path) -> tuple[Export, list[Answer]]:
    """Read the surveys: a score outside its scale is rejected, a blank one is no answer."""
    export = read_lines(path, ",")
    skip_repeats(export, ("Response ID",))
    answers = []
    for number, row in list(export.rows):
        lowest, highest = (1, 5) if row["Kind"] == "csat" else (0, 10)
        if row["Scale Max"] != str(highest):
            raise ValueError(row)
        score = int(row["Score"]) if row["Score"] else None
        if score is not None and not lowest <= score <= highest:
            export.drop(number, into=export.rejected)
            continue
        answered = date.fromisoformat(row["Responded At"][:10]) if row["Responded At"] else None
        sent = date.fromisoformat(row["Sent At"][:10])
        answers.append(Answer(row["Kind"], sent, answered, score))
    return export, answers
