"""Customers, tickets and answers of a known table, each export with a flaw: its figures, a question, or a line that says so.

Where a line says how rows are left out, or a question has lines to paste, the figures that come of
pasting them are those of the table.
"""

from __future__ import annotations

import json
import random
import re
from fractions import Fraction

import pytest

from retention_cli.cli import run
from seeded import seeds

pytestmark = pytest.mark.sweep

SEEDS = seeds(4, 300)
ASKED = 3
KEY = re.compile(r"leave_out = \{.*\}")


def customers(draw):
    """Some who stay through June, some who leave in it: (id, start, end), and the rate."""
    stay, leave = draw.randint(3, 9), draw.randint(1, 4)
    rows = [(f"K{n}", "2024-01-01", "") for n in range(stay)]
    rows += [
        (f"K{stay + n}", "2024-02-01", f"2025-06-{draw.randint(10, 28)}") for n in range(leave)
    ]
    return rows, {"retention_rate": Fraction(stay, stay + leave)}


def _with(draw, rows, header, plain, odd, more):
    """Write customers with a column beside them, and some rows that are none by that column."""
    told = [(*row, draw.choice(plain)) for row in rows]
    told += [(f"X{n}", "2024-01-01", "", draw.choice(odd)) for n in range(more)]
    return {"customers.csv": (f"Customer ID,Start,End,{header}", [",".join(row) for row in told])}


def no_customers(draw):
    rows, known = customers(draw)
    header, plain, odd = draw.choice(
        [
            ("Is Test", ["FALSE", "no"][:1], ["TRUE"]),
            ("Account Type", ["Customer", "Reseller"], ["Prospect", "Supplier", "Test"]),
            ("Art", ["Kunde"], ["Interessent", "Lieferant"]),
            ("Merged Into", [""], ["K0", "K1"]),
            ("Papierkorb", ["nein"], ["ja"]),
        ]
    )
    return _with(draw, rows, header, plain, odd, draw.randint(1, 3)), known


def contradicting_statuses(draw):
    rows, known = customers(draw)
    second = draw.choice(["Subscription Status", "Churned", "Active"])
    words = {"Churned": ("No", "Yes"), "Active": ("Yes", "No")}.get(second, ("active", "cancelled"))
    told = [f"{who},{start},{end},active,{words[bool(end)]}" for who, start, end in rows]
    told.append(f"X1,2024-01-01,,active,{words[1]}")
    return {"customers.csv": (f"Customer ID,Start,End,Status,{second}", told)}, known


def two_starts(draw):
    rows, known = customers(draw)
    first, bought = draw.choice(
        [("Created", "First Purchase"), ("Angelegt am", "Erstkauf"), ("Créé le", "Premier achat")]
    )
    told = [f"{who},{start},{start},{end}" for who, start, end in rows]
    told.append("X1,2024-01-01,2025-06-20,")
    return {"customers.csv": (f"Customer ID,{first},{bought},End", told)}, known


def open_ends(draw):
    rows, known = customers(draw)
    word = draw.choice(
        ["ongoing", "9999-12-31", "0000-00-00", "unbefristet", "en cours", "1900-01-01", "tbd", "-"]
    )
    told = [f"{who},{start},{end or word}" for who, start, end in rows]
    return {"customers.csv": ("Customer ID,Start,End", told)}, known


def only_who_stayed(draw):
    rows, _ = customers(draw)
    told = [f"{who},{start}," for who, start, end in rows if not end]
    told.append("K99,2025-06-29,")
    return {"customers.csv": ("Customer ID,Start,End", told)}, {"retention_rate": None}


def no_tickets(draw):
    answered = draw.randint(2, 6)
    header, plain, odd = draw.choice(
        [
            ("Status", "open", ["Spam", "merged", "duplicate", "deleted"]),
            ("Richtung", "eingehend", ["ausgehend"]),
            ("Spam", "false", ["true"]),
        ]
    )
    told = [f"{n},2025-06-0{n},2025-06-0{n + 1},{plain}" for n in range(1, answered + 1)]
    told += [f"9{n},2025-06-03,,{draw.choice(odd)}" for n in range(draw.randint(1, 3))]
    known = {"unanswered_tickets": Fraction(0), "first_response_time": Fraction(86400)}
    return {"tickets.csv": (f"Ticket ID,Created At,First Response At,{header}", told)}, known


def turned_round(draw):
    words = {1: "Very satisfied", 2: "Satisfied", 3: "Neutral", 4: "Dissatisfied"}
    words[5] = "Very dissatisfied"
    scores = [1, 5, *(draw.randint(1, 5) for _ in range(draw.randint(2, 9)))]
    told = [f"{n},2025-06-03,{score},{words[score]}" for n, score in enumerate(scores)]
    known = {"csat": Fraction(sum(score < 3 for score in scores), len(scores))}
    return {"survey.csv": ("Response ID,Date,CSAT (1-5),Label", told)}, known


FLAWS = (
    *(no_customers, contradicting_statuses, two_starts, open_ends, only_who_stayed, no_tickets),
    turned_round,
)


def computed(folder, capsys):
    capsys.readouterr()
    code = run(["compute", str(folder), "--period", "2025-06", "--format", "json", "--quiet"])
    out = capsys.readouterr()
    assert code in {0, ASKED}, out.err
    return (None, out.err) if code == ASKED else (json.loads(out.out), out.err)


def is_right(found, known):
    """Whether figures are those of the table, or not given, or said to rest on something."""
    figures = {one["kpi"]: one for one in found["figures"]}
    for kpi, value in known.items():
        shown = figures[kpi]["value"]
        if shown is not None and (value is None or shown != pytest.approx(float(value))):
            return False
    return True


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: flaw.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_known_figures_or_a_line_that_says_why_not(flaw, seed, tmp_path, capsys):
    draw = random.Random(seed)  # noqa: S311  # a world to test with
    files, known = flaw(draw)
    for name, (header, rows) in files.items():
        draw.shuffle(rows)
        (tmp_path / name).write_text("\n".join([header, *rows]) + "\n", "utf-8")
    found, said = computed(tmp_path, capsys)
    if found is None:
        assert "hint:" in said
        lines = [line[2:] for line in said.splitlines() if line.startswith("  ")]
        if flaw is not turned_round:
            return
    elif is_right(found, known):
        return
    elif flaw is only_who_stayed:
        notes = next(one["notes"] for one in found["figures"] if one["kpi"] == "retention_rate")
        assert any("no customer has an end" in note for note in notes)
        return
    else:
        kind, (key,) = name.partition(".")[0], KEY.findall("\n".join(found["data"]["assumed"]))
        lines = ["[[export]]", f'file = "{name}"', f'kind = "{kind}"', key]
    (tmp_path / "retention.toml").write_text("\n".join(lines) + "\n", "utf-8")
    found, said = computed(tmp_path, capsys)
    assert found is not None, said
    assert is_right(found, known)
    assert not KEY.search("\n".join(found["data"]["assumed"]))
