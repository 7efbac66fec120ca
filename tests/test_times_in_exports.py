"""Exports of known moments, written as systems write them: the known figures, or a question.

Each export is built from a table of moments in UTC. Its writer decides on a form: offsets of any
sort, the clock of a zone, what programs print, counts since 1970, days of Excel, durations. The
figures expected come from datetime and zoneinfo alone.
"""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from retention_cli.cli import run
from seeded import seeds

pytestmark = pytest.mark.sweep

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "America/Santiago", "UTC")
NIGHTS = (
    *((2025, 3, 30), (2025, 10, 26), (2025, 3, 9), (2025, 11, 2), (2025, 4, 6), (2025, 9, 7)),
    *((2025, 5, 31), (2025, 6, 15), (2025, 12, 31)),
)
OFFSETS = (-10, -3.5, 0, 1, 2, 5.75)
NEVER = ("", "-", "N/A", "?", "0", "NULL", "0000-00-00 00:00:00")
HEADERS = {
    "created_at": ("Created At", "created_at", "Erstellt am", "Date de création", "Opened"),
    "first_response_at": (
        "First Response At",
        "Erste Antwort",
        "First response time",
        "First reply",
    ),
    "resolved_at": ("Resolved At", "Closed", "Resolution time", "Gelöst am"),
    "first_response_duration": ("First response time", "FRT", "Erstreaktionszeit", "First reply"),
    "resolution_duration": ("Resolution time", "Bearbeitungszeit", "Time to resolution"),
}


class Export:
    """A table of moments, and one way to write it."""

    def __init__(self, seed):
        self.rng = random.Random(seed)  # noqa: S311  # a seeded world is not a secret
        self.zone = self.rng.choice(ZONES)
        self.tickets = [self._ticket() for _ in range(self.rng.randint(2, 9))]
        self.settings = {}
        self.columns = {}

    def _ticket(self):
        night = datetime(*self.rng.choice(NIGHTS), tzinfo=UTC)
        created = night + timedelta(seconds=self.rng.randrange(-14 * 3_600, 26 * 3_600))
        ends = [
            None if self.rng.random() < share else created + timedelta(seconds=self._wait())
            for share in (0.2, 0.3)
        ]
        return (created, *ends)

    def _wait(self):
        return self.rng.choice((1, 59, 600, self.rng.randrange(1, 90_000), 3_600))

    def text(self):
        names = ["Ticket ID", *self.columns]
        rows = [
            [f"T{n}", *cells] for n, cells in enumerate(zip(*self.columns.values(), strict=True))
        ]
        order = self.rng.sample(range(len(names)), len(names))
        out = io.StringIO()
        csv.writer(out).writerows([row[place] for place in order] for row in [names, *rows])
        return out.getvalue()

    def add(self, column, cells):
        self.columns[self.rng.choice(HEADERS[column])] = cells

    def expected(self, clock):
        """Give the figures of each day's tickets: `clock` is where a moment's day is looked up."""
        asked = self.rng.choice(self.tickets)[0]
        month = f"{clock(asked):%Y-%m}"
        created = [t for t in self.tickets if f"{clock(t[0]):%Y-%m}" == month]
        resolved = [t for t in self.tickets if t[2] and f"{clock(t[2]):%Y-%m}" == month]
        waits = [int((t[1] - t[0]).total_seconds()) for t in created if t[1]]
        works = [int((t[2] - t[0]).total_seconds()) for t in resolved]
        return month, {
            "first_response_time": mean(waits),
            "unanswered_tickets": Fraction(len(created) - len(waits)),
            "resolution_time": mean(works),
        }


def mean(seconds):
    return Fraction(sum(seconds), len(seconds)) if seconds else None


def in_zone(name):
    return lambda moment: moment.astimezone(ZoneInfo(name))


def says_itself(moment, zone):
    """Whether the clock of a zone shows a moment once only, or now for the first time."""
    return moment.astimezone(ZoneInfo(zone)).fold == 0


def printed(moment, there, form):
    local = moment.astimezone(there)
    offset = f"{local:%z}"
    match form:
        case "iso":
            return local.isoformat()
        case "apart":
            return f"{local:%Y-%m-%d %H:%M:%S} {offset}"
        case "javascript":
            return f"{local:%a %b %d %Y %H:%M:%S} GMT{offset} (Some Standard Time)"
        case "mail":
            return f"{local:%a, %d %b %Y %H:%M:%S} {offset}"
        case "ruby":
            return f"{local:%a %b %d %H:%M:%S} {offset} {local:%Y}"
        case _:
            return f"{local.isoformat()}[Some/Zone]"


PRINTED = ("iso", "apart", "javascript", "mail", "ruby", "java")
STAMPS = ("created_at", "first_response_at", "resolved_at")


def with_offsets(export):
    """Write each column in one form, each stamp with an offset of its own; a zone may be told."""
    never = export.rng.choice(NEVER)
    fixed = timezone(timedelta(hours=export.rng.choice(OFFSETS)))
    told = export.rng.random() < 0.6
    for place, column in enumerate(STAMPS):
        form = export.rng.choice(PRINTED)
        cells = []
        for ticket in export.tickets:
            # Without a zone days are as written: one clock for all keeps them known.
            free = timezone(timedelta(hours=export.rng.choice(OFFSETS)))
            there = export.rng.choice((free, ZoneInfo(export.zone))) if told else fixed
            cells.append(printed(ticket[place], there, form) if ticket[place] else never)
        export.add(column, cells)
    if told:
        export.settings["--tz"] = export.zone
        return in_zone(export.zone)
    return lambda moment: moment.astimezone(fixed)


def on_the_clock(export):
    """Write what the clock of a zone shows, without an offset; some columns may have one."""
    export.tickets = [t for t in export.tickets if all(says_itself(m, export.zone) for m in t if m)]
    form = export.rng.choice(
        ("%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%A, %d/%m/%Y %H:%M:%S", "%B %d, %Y %I:%M:%S %p")
    )
    utc = export.rng.random() < 0.3
    never = export.rng.choice(NEVER)
    for place, column in enumerate(STAMPS):
        moments = [ticket[place] for ticket in export.tickets]
        local = [moment and moment.astimezone(ZoneInfo(export.zone)) for moment in moments]
        aware = utc and column != "created_at"
        cells = [m.strftime(form) if m else never for m in local]
        if aware:
            cells = [f"{m:%Y-%m-%dT%H:%M:%SZ}" if m else never for m in moments]
        export.add(column, cells)
    export.settings["--tz"] = export.zone
    return in_zone(export.zone)


def since_1970(export):
    """Write counts, in seconds or less; 0 stands for never."""
    unit = export.rng.choice((1, 10**3, 10**6))
    for place, column in enumerate(STAMPS):
        cells = [str(int(t[place].timestamp()) * unit) if t[place] else "0" for t in export.tickets]
        export.add(column, cells)
    if export.rng.random() < 0.5:
        export.settings["--tz"] = export.zone
        return in_zone(export.zone)
    return in_zone("UTC")


def spoken(seconds, form, rng):
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, left = divmod(rest, 60)
    clock = f"{hours:02}:{minutes:02}:{left:02}"
    match form:
        case "iso":
            return f"P{days}DT{hours}H{minutes}M{left}S"
        case "pandas":
            return f"{days} days {clock}"
        case "clock":
            return f"{seconds // 3_600}:{minutes:02}:{left:02}"
        case "net":
            return f"{days}.{clock}"
        case _:
            units = {
                "letters": "dhms",
                "German": (" Tage", " Std.", " Min.", " Sek."),
                "French": (" jours", " heures", " minutes", " secondes"),
                "Spanish": (" días", " horas", " minutos", " segundos"),
            }[form]
            parts = zip((days, hours, minutes, left), units, strict=True)
            told = [f"{number}{unit}" for number, unit in parts if number]
            return rng.choice((" ", ", ")).join(told)


SPOKEN = ("iso", "pandas", "clock", "net", "letters", "German", "French", "Spanish")


def as_durations(export):
    """Write creations with an offset, and durations that say their units."""
    fixed = timezone(timedelta(hours=export.rng.choice(OFFSETS)))
    never = export.rng.choice(("", "-", "N/A", "?"))
    export.add("created_at", [printed(t[0], fixed, "iso") for t in export.tickets])
    for place, column in ((1, "first_response_duration"), (2, "resolution_duration")):
        form = export.rng.choice(SPOKEN)
        export.add(
            column,
            [
                spoken(int((t[place] - t[0]).total_seconds()), form, export.rng)
                if t[place]
                else never
                for t in export.tickets
            ],
        )
    return lambda moment: moment.astimezone(fixed)


def half_with_offsets(export):
    """Write one end with an offset and the other without, and tell no zone: nothing is known."""
    for place, column in enumerate(STAMPS):
        moments = [ticket[place] for ticket in export.tickets]
        form = "%Y-%m-%dT%H:%M:%SZ" if place == 0 else "%Y-%m-%d %H:%M:%S"
        export.add(column, [moment.strftime(form) if moment else "" for moment in moments])
    return in_zone("UTC")


ASKED = ("could each be it", "it is not known whether it is seconds", "--date-order")
WRITERS = (with_offsets, on_the_clock, since_1970, as_durations)


def computed(folder, export, month):
    file = folder / "tickets.csv"
    file.write_text(export.text(), "utf-8", newline="")
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    told = [part for pair in export.settings.items() for part in pair]
    with redirect_stdout(out), redirect_stderr(err):
        asked = ["compute", "--tickets", str(file), "--period", month, "--format", "json"]
        code = run([*asked, *told])
    text = out.buffer.getvalue().decode()
    return code, err.getvalue(), {f["kpi"]: f for f in json.loads(text)["figures"]} if text else {}


@pytest.mark.parametrize("seed", seeds(48, 2_000))
def test_known_moments_give_the_known_times(seed, tmp_path):
    export = Export(seed)
    clock = WRITERS[seed % len(WRITERS)](export)
    if not export.tickets:
        return
    month, expected = export.expected(clock)
    code, err, figures = computed(tmp_path, export, month)
    if code == 3:  # asked: two headers that name one thing, or a column of nothing but 0
        assert any(asks in err for asks in ASKED), f"{err}\n{export.text()}"
        return
    assert code == 0, f"{err}\n{export.text()}"
    for kpi, value in expected.items():
        found = figures[kpi]["value"]
        wanted = None if value is None else float(value)
        assert found == pytest.approx(wanted), f"{kpi}\n{month}\n{export.settings}\n{export.text()}"


@pytest.mark.parametrize("seed", range(8))
def test_times_of_unknown_zones_give_no_times(seed, tmp_path):
    export = Export(seed)
    month, expected = export.expected(half_with_offsets(export))
    code, err, figures = computed(tmp_path, export, month)
    assert code == 0, f"{err}\n{export.text()}"
    for kpi in ("first_response_time", "resolution_time"):
        assert figures[kpi]["value"] is None
        if expected[kpi] is not None:
            assert "one has an offset from UTC" in figures[kpi]["reason"]
    assert figures["unanswered_tickets"]["value"] == expected["unanswered_tickets"]
