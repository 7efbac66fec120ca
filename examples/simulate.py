"""The invented company behind the example exports: two years of Brambeck, month by month."""

from __future__ import annotations

import random
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

MONTHS = [date(2023 + (6 + i) // 12, (6 + i) % 12 + 1, 1) for i in range(24)]
RETURNS = {date(2024, 3, 1), date(2024, 9, 1), date(2025, 1, 1), date(2025, 6, 1)}
STARTERS = 258
RENEWED = date(2025, 1, 1)
LAST = date(2025, 6, 30)
MANAGERS = ["Anneke Vroom", "Ida Lunde", "Jonas Petri", "Maëlle Gireau", "Tobias Kernel"]
SEGMENTS = {  # share of customers, fee in steps of 5 EUR, chance of leaving a month in 1/10,000
    "Small": (58, (25, 85), 150),
    "Mid-market": (31, (90, 250), 90),
    "Enterprise": (11, (340, 900), 40),
}
PLANS = {
    "Small": ["Essential", "Essential", "Comfort"],
    "Mid-market": ["Comfort", "Comfort", "Premium"],
    "Enterprise": ["Premium"],
}
NAMES = {  # beginnings and endings of invented names, and what stands around them
    "DACH": (
        "Varn Ost Fenne Kranz Wuls Zehr Klüv Löven Möhr Brüg Eichel Jütt",
        "holt beck stedt kamp rode brink",
        (
            "{} Logistik GmbH|{} Metallbau GmbH & Co. KG|{} Druckhaus AG|{}, Ahrnd & Partner mbB|"
            'Hotel "Haus {}" KG|{} Möbelwerke GmbH|{} Pflegedienste gGmbH'
        ),
    ),
    "Benelux": (
        "Ven Oud Krol Zuid Hage",
        "hoek dijk meer broek",
        "{} Transport B.V.|{} Accountants N.V.|{} Zorggroep|{}, Smeek & Zn. B.V.|{} Techniek B.V.",
    ),
    "France": (
        "Beau Noir Crève Châte Évre Fonte",
        "vaux lory bois sauge",
        "{} Conseil SARL|Imprimerie {} SAS|Hôtel de {} SA|{} Santé SAS|Les Ateliers « {} »",
    ),
    "Nordics": (
        "Hal Elver Skov Grøn Åke",
        "dal strup vik holm",
        "{} Møbler ApS|{} Rådgivning A/S|{} Arkitekter AB|{} Teknik Oy",
    ),
}


@dataclass
class Spell:
    """One row of the customer export, and what the company bills while it lasts."""

    customer_id: str
    name: str
    region: str
    segment: str
    plan: str
    manager: str
    start: date
    fee: int  # cents a month
    usage: int = 0  # per cent of the fee
    care: int = 0  # per cent of the fee, for large machines
    annual_month: int = 0  # the month of the yearly invoice; 0 is billed monthly
    end: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the contract covers a day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass
class Invoice:
    """One invoice or credit note: its lines are (product, amount, cost) in cents."""

    day: date
    customer_id: str
    lines: list[tuple[str, int, int]]
    status: str = "paid"


@dataclass
class Company:
    """Everything that happened, in the order it happened."""

    rng: random.Random
    names: list[tuple[str, str]] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)


def last_day(month: date) -> date:
    """Give the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def some_day(rng: random.Random, month: date) -> date:
    """Give any day of a month."""
    return month.replace(day=rng.randint(1, last_day(month).day))


def live(seed: int) -> Company:
    """Let the company live for two years."""
    company = Company(random.Random(seed))
    company.names = _names(company.rng)
    for number in range(STARTERS):
        years, months = divmod(company.rng.randint(0, 77), 12)
        start = some_day(company.rng, date(2017 + years, months + 1, 1))
        _join(company, start, annual=number % 36 == 11)
    company.spells.sort(key=lambda spell: spell.start)
    for number, spell in enumerate(company.spells):
        spell.customer_id = f"{203 + number:05}"
    for month in MONTHS:
        _one_month(company, month)
    return company


def _names(rng: random.Random) -> list[tuple[str, str]]:
    found = []
    for region, (firsts, seconds, patterns) in NAMES.items():
        parts = product(firsts.split(), seconds.split(), patterns.split("|"))
        found += [(region, pattern.format(first + second)) for first, second, pattern in parts]
    rng.shuffle(found)
    return found


def _join(company: Company, start: date, *, annual: bool = False) -> Spell:
    rng = company.rng
    shares = [share for share, _, _ in SEGMENTS.values()]
    segment = "Small" if annual else rng.choices(list(SEGMENTS), shares)[0]
    region, name = company.names.pop()
    spell = Spell(
        customer_id=f"{203 + len(company.spells):05}",
        name=name,
        region=region,
        segment=segment,
        plan=rng.choice(PLANS[segment]),
        manager=rng.choice(MANAGERS),
        start=start,
        fee=500 * rng.randint(*SEGMENTS[segment][1]),
        usage=0 if annual or rng.random() < 0.6 else rng.randint(4, 16),
        care=rng.randint(8, 15) if segment == "Enterprise" else 0,
    )
    if annual:
        yearly = sum(1 for other in company.spells if other.annual_month)
        spell.annual_month = [6, 1, 2, 3, 9, 10, 11, 12][yearly]
        spell.start = date(min(start.year, 2022), spell.annual_month, min(start.day, 28))
    company.spells.append(spell)
    return spell


def _one_month(company: Company, month: date) -> None:
    rng = company.rng
    for spell in [spell for spell in company.spells if spell.end is None]:
        _change_fee(rng, spell)
        _maybe_leave(rng, spell, month)
    if month == RENEWED:
        _renew(company)
    if month in RETURNS:
        _come_back(company, month)
    for _ in range(rng.randint(6, 10)):
        _join(company, some_day(rng, month))
    if month == LAST.replace(day=1):
        _join(company, month.replace(day=3)).end = month.replace(day=24)
        _join(company, LAST)
    _bill(company, month)


def _change_fee(rng: random.Random, spell: Spell) -> None:
    dice = rng.randint(1, 1000)
    if dice <= 48:
        spell.fee += spell.fee * rng.randint(8, 30) // 10_000 * 100
    elif dice <= 76:
        spell.fee -= spell.fee * rng.randint(10, 30) // 10_000 * 100


def _maybe_leave(rng: random.Random, spell: Spell, month: date) -> None:
    half_year = month.month in (6, 12)  # where most contracts may be given up
    chance = SEGMENTS[spell.segment][2] * (4 if half_year else 3) // 3
    if rng.randint(1, 10_000) <= chance and not spell.annual_month:
        spell.end = last_day(month) if rng.random() < 0.6 else some_day(rng, month)


def _renew(company: Company) -> None:
    """Move one customer to another plan: its old spell ends the day before the new one starts."""
    before = next(s for s in company.spells if s.end is None and s.segment == "Mid-market")
    before.end = RENEWED - timedelta(days=1)
    plan = "Premium" if before.plan == "Comfort" else "Comfort"
    company.spells.append(replace(before, start=RENEWED, end=None, plan=plan))


def _come_back(company: Company, month: date) -> None:
    rows = [spell.customer_id for spell in company.spells]
    left = [
        spell
        for spell in company.spells
        if spell.end and 100 < (month - spell.end).days < 300 and rows.count(spell.customer_id) == 1
    ]
    spell = company.rng.choice(left)
    start = month.replace(day=company.rng.randint(4, 24))
    company.spells.append(replace(spell, start=start, end=None))


def _bill(company: Company, month: date) -> None:
    bills: list[Invoice] = []
    for spell in company.spells:
        bills += _bills_of(company.rng, spell, month)
    company.invoices += sorted(bills, key=lambda bill: (bill.day, bill.customer_id))


def _bills_of(rng: random.Random, spell: Spell, month: date) -> list[Invoice]:
    first = spell.start if spell.start >= month else month.replace(day=min(spell.start.day, 28))
    day_in_month = first <= last_day(month) and spell.runs_on(first)
    found = []
    if day_in_month and spell.annual_month in (0, month.month):
        found.append(_contract(rng, spell, first))
        found += _afterwards(rng, spell, found[0])
    close = last_day(month)
    if spell.usage and spell.runs_on(close):
        amount = spell.fee * spell.usage // 100 * rng.randint(82, 118) // 100
        lines = [("Verbrauch Kaffee", amount, _cost(rng, amount, 50, 60))]
        found.append(Invoice(close, spell.customer_id, lines, _paid(rng, close)))
    return found


def _contract(rng: random.Random, spell: Spell, day: date) -> Invoice:
    fee = spell.fee * (12 if spell.annual_month else 1)
    lines = [(f"Servicevertrag {spell.plan}", fee, _cost(rng, fee, 40, 50))]
    if spell.care:
        care = spell.fee * spell.care // 100
        lines.append(("Wartung Großgeräte", care, _cost(rng, care, 52, 60)))
    return Invoice(day, spell.customer_id, lines, _paid(rng, day))


def _afterwards(rng: random.Random, spell: Spell, bill: Invoice) -> list[Invoice]:
    """Give what may follow an invoice: a credit note, the same bill in error, spare parts."""
    dice = rng.randint(1, 1000)
    close = last_day(bill.day)
    day = min(bill.day + timedelta(days=rng.randint(2, 9)), close)
    if dice <= 9:
        credit = -(spell.fee * rng.randint(5, 18) // 100)
        return [Invoice(day, spell.customer_id, [("Gutschrift Service", credit, 0)])]
    if dice <= 14:
        return [Invoice(day, spell.customer_id, bill.lines, "void")]
    if dice <= 16:
        return [Invoice(day, spell.customer_id, [("Ersatzteil Garantie", 0, 4350)])]
    if dice <= 24 and close == LAST:
        return [Invoice(day, spell.customer_id, bill.lines[:1], "draft")]
    return []


def _cost(rng: random.Random, amount: int, low: int, high: int) -> int:
    return amount * rng.randint(10 * low, 10 * high) // 1000


def _paid(rng: random.Random, day: date) -> str:
    age = (LAST - day).days
    chance_open = 75 if age < 14 else 30 if age < 45 else 2 if age < 200 else 0
    return "open" if rng.randint(1, 100) <= chance_open else "paid"
