"""Write the exports of an invented company, with the flaws that real exports have."""

from __future__ import annotations

import csv
import io
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from service import COST_HEADER, TICKET_HEADER, cost_rows, ticket_rows
from simulate import LAST, MONTHS, Company, Spell, last_day, live, some_day

SEED = 2025
FOLDER = "brambeck"
FLAWED = [date(2024, 6, 1), date(2024, 2, 1), date(2024, 10, 1), date(2025, 2, 1)]
"""The months of the ends of four customers whose rows are written wrongly."""
CUSTOMER_HEADER = [
    "Customer ID",
    "Customer Name",
    "Start Date",
    "End Date",
    "Status",
    "Segment",
    "Account Manager",
    "Plan",
    "Region",
]
INVOICE_HEADER = [
    "Invoice No",
    "Customer ID",
    "Invoice Date",
    "Net Amount",
    "Currency",
    "Cost",
    "Status",
    "Product",
]
SURVEY_HEADER = [
    "Response ID",
    "Customer ID",
    "Ticket ID",
    "Sent At",
    "Responded At",
    "Kind",
    "Score",
    "Scale Max",
    "Comment",
]
COMMENTS = {
    "good": ["Quick, friendly, done.", "Technician was here the same day", "All good, thank you!"],
    "bad": ["Third visit for the same fault", 'We were told "tomorrow", twice', "Milk unit leaks"],
}
Row = list[str]


def main(folder: Path) -> None:
    """Write all files of the example company below a folder."""
    company = live(SEED)
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    _write(target / "customers.csv", _text([CUSTOMER_HEADER, *customer_rows(company)], ","))
    surveys = survey_rows(random.Random(SEED), company.spells)
    _write(target / "surveys.csv", _text([SURVEY_HEADER, *surveys], ","))
    accepted = _sound(company.spells)
    tickets = ticket_rows(random.Random(SEED + 1), accepted, surveys)
    _write(target / "tickets.csv", _text([TICKET_HEADER, *tickets], ","))
    costs = cost_rows(random.Random(SEED + 2), accepted, tickets)
    _write(target / "costs.csv", _text([COST_HEADER, *costs], ","))
    for month, text in invoice_files(company).items():
        encoding = {"2023-07": "cp1252", "2023-08": "cp1252", "2024-01": "utf-8-sig"}
        name = f"invoices-{month}.csv"
        _write(target / name, text, encoding=encoding.get(month, "utf-8"))


def customer_rows(company: Company) -> list[Row]:
    """Give the customer export: one row a spell, by id and start, with its planted flaws."""
    spells = sorted(company.spells, key=lambda spell: (spell.customer_id, spell.start))
    once = _once(spells)
    rows = {id(spell): [_customer_row(spell)] for spell in spells}

    impossible, undated, backwards, overlapping = (_ended_in(once, month) for month in FLAWED)
    rows[id(impossible)][0][3] = "31/06/2024"
    rows[id(undated)][0][2] = ""
    swapped = rows[id(backwards)][0]
    swapped[2], swapped[3] = swapped[3], swapped[2]
    first, second = _customer_row(overlapping), _customer_row(overlapping)
    first[3], second[2] = "31/10/2024", "15/09/2024"
    rows[id(overlapping)] = [first, second]
    twice = next(s for s in once[200:] if s.end is None)
    rows[id(twice)] *= 2
    return [row for spell in spells for row in rows[id(spell)]]


def _once(spells: list[Spell]) -> list[Spell]:
    ids = [spell.customer_id for spell in spells]
    return [spell for spell in spells if ids.count(spell.customer_id) == 1]


def _sound(spells: list[Spell]) -> list[Spell]:
    """Leave out the customers whose rows the customer export has wrong."""
    once = _once(sorted(spells, key=lambda spell: (spell.customer_id, spell.start)))
    wrong = {_ended_in(once, month).customer_id for month in FLAWED}
    return [spell for spell in spells if spell.customer_id not in wrong]


def _ended_in(spells: list[Spell], month: date) -> Spell:
    ended = [spell for spell in spells if spell.end and month <= spell.end <= last_day(month)]
    return ended[0]


def _customer_row(spell: Spell) -> Row:
    return [
        spell.customer_id,
        spell.name,
        f"{spell.start:%d/%m/%Y}",
        f"{spell.end:%d/%m/%Y}" if spell.end else "",
        "Ended" if spell.end else "Active",
        spell.segment,
        spell.manager,
        spell.plan,
        spell.region,
    ]


def invoice_files(company: Company) -> dict[str, str]:
    """Give the text of each monthly invoice export, with its planted flaws."""
    months: dict[str, list[Row]] = {f"{month:%Y-%m}": [] for month in MONTHS}
    for number, bill in enumerate(company.invoices, 104_001):
        months[f"{bill.day:%Y-%m}"] += [
            [
                f"RE-{number}",
                bill.customer_id,
                f"{bill.day:%d.%m.%Y}",
                german(amount),
                "EUR",
                german(cost),
                bill.status,
                product,
            ]
            for product, amount, cost in bill.lines
        ]
    _flaws_in_cells(months)
    texts = {month: _text([INVOICE_HEADER, *rows], ";") for month, rows in months.items()}
    texts["2024-11"] = _after_line(texts["2024-11"], 120, "")
    texts["2025-03"] = _tear(texts["2025-03"], 333)
    return texts


def _flaws_in_cells(months: dict[str, list[Row]]) -> None:
    _usage(months["2024-10"], 20)[1] = "00917"
    _usage(months["2025-02"], 31)[1] = ""
    _usage(months["2025-06"], 12)[3] = "n/a"
    signed = _usage(months["2025-06"], 40)
    signed[3] = f"€ {signed[3]}"
    months["2025-05"][:0] = [row for row in months["2025-04"] if row[2] == "30.04.2025"]


def _usage(rows: list[Row], number: int) -> Row:
    return [row for row in rows if row[7] == "Verbrauch Kaffee"][number]


def _after_line(text: str, number: int, line: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:number], line, *lines[number:]])


def _tear(text: str, number: int) -> str:
    """Cut one line off in the middle of its fourth field."""
    lines = text.split("\n")
    before = ";".join(lines[number].split(";")[:4])
    lines[number] = before[:-2]
    return "\n".join(lines)


def german(cents: int) -> str:
    """Write cents as a German system does: 1.234,50."""
    euros, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{euros:,}".replace(",", ".") + f",{rest:02}"


def survey_rows(rng: random.Random, spells: list[Spell]) -> list[Row]:
    """Give the survey export by day of sending, unanswered invitations included."""
    rows = []
    for month in MONTHS:
        rows += _tickets(rng, spells, month)
        if month.month % 3 == 0:
            rows += _nps_wave(rng, spells, month)
    rows.sort(key=lambda row: (row[3], row[1]))
    for number, row in enumerate(rows, 1):
        row[0] = f"R-{number:06}"
        row[2] = f"T-{51_200 + number}" if row[5] == "csat" else ""
    answered = [n for n, row in enumerate(rows) if row[6] and row[5] == "csat"]
    rows[answered[-9]][6] = "6"
    rows.insert(answered[-4] + 1, rows[answered[-4]])
    return rows


def _tickets(rng: random.Random, spells: list[Spell], month: date) -> list[Row]:
    rows = []
    for _ in range(rng.randint(40, 52)):
        day = some_day(rng, month)
        spell = rng.choice([spell for spell in spells if spell.runs_on(day)])
        score = rng.choices([5, 4, 3, 2, 1], [44, 35, 11, 6, 4])[0]
        rows.append(_invitation(rng, spell, day, score, kind="csat"))
    if month == LAST.replace(day=1):
        spell = next(spell for spell in spells if spell.end is None)
        on_the_last_day = _invitation(rng, spell, LAST, 4, kind="csat")
        on_the_last_day[4], on_the_last_day[6] = f"{LAST}T16:40:12", "4"
        rows.append(on_the_last_day)
    return rows


def _nps_wave(rng: random.Random, spells: list[Spell], month: date) -> list[Row]:
    rows = []
    for spell in spells:
        day = month.replace(day=rng.randint(10, 12))
        score = rng.choices(range(11), [1, 0, 1, 2, 2, 5, 6, 14, 24, 25, 20])[0]
        if spell.runs_on(day) and rng.random() < 0.6:
            rows.append(_invitation(rng, spell, day, score, kind="nps"))
    return rows


def _invitation(rng: random.Random, spell: Spell, day: date, score: int, *, kind: str) -> Row:
    """Give one invitation: about a third are answered, within six days."""
    sent = f"{day}T{rng.randint(8, 13):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
    reply = day + timedelta(days=max(0, rng.randint(-4, 6)))
    responded = f"{reply}T{rng.randint(14, 21):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
    answered = rng.randint(1, 100) <= 36 and reply <= LAST
    mood = "good" if score >= (4 if kind == "csat" else 9) else "bad"
    comment = rng.choice(COMMENTS[mood]) if rng.random() < 0.2 else ""
    scale = "5" if kind == "csat" else "10"
    answer = (
        [responded, kind, str(score), scale, comment] if answered else ["", kind, "", scale, ""]
    )
    return ["", spell.customer_id, "", sent, *answer]


def _text(rows: list[Row], delimiter: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _write(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    path.write_bytes(text.encode(encoding))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
