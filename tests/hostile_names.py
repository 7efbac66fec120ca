"""Names that a user's file may hold, and that a terminal, a spreadsheet or a page must not follow."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass

from retention_cli.kpis import registry


@dataclass(frozen=True)
class Name:
    what: str
    text: str
    shown: str
    """How a terminal shows it, by hand."""


def plain(what, text):
    return Name(what, text, text)


NAMES = (
    plain("a formula", "=cmd|' /C calc'!A0"),
    plain("a plus", "+49 30 1234"),
    plain("a minus", "-Acme"),
    plain("an at", "@SUM(A1:A9)"),
    plain("a formula after blanks", "x;   =1+1"),
    plain("a formula after a quote", '"=1+1"'),
    plain("a formula after a semicolon", 'Acme;=HYPERLINK("//evil")'),
    Name("a formula after a tab", "Acme\t=1+1", "Acme\\x09=1+1"),
    Name("a formula after a line break", "Acme\n=1+1", "Acme\\x0a=1+1"),
    plain("a full-width formula", "\uff1d1+1"),
    Name("a formula after what nobody sees", "Acme;\u200b=1+1", "Acme;\\u200b=1+1"),
    Name("a colour", "\x1b[31mAcme", "\\x1b[31mAcme"),
    Name("a title of the window", "\x1b]0;owned\x07Acme", "\\x1b]0;owned\\x07Acme"),
    Name("an eight-bit escape", "\x9b31mAcme", "\\x9b31mAcme"),
    Name("a bell and a delete", "A\x07c\x7fme", "A\\x07c\\x7fme"),
    Name("a line written over", "Profit 1\rAcme", "Profit 1\\x0aAcme"),  # read as a line break
    Name("a line that is ours", "Acme\nRead", "Acme\\x0aRead"),
    Name("a NUL", "Ac\x00me", "Ac\\x00me"),
    Name("text turned round", "Acme\u202egpj.exe", "Acme\\u202egpj.exe"),
    Name("text kept apart", "Ac\u2066me\u2069", "Ac\\u2066me\\u2069"),
    Name("nothing to see", "Ac\u200b\u2060me\ufeff.", "Ac\\u200b\\u2060me\\ufeff."),
    Name("a line of Unicode's own", "Ac\u2028me\u2029.", "Ac\\u2028me\\u2029."),
    Name("a tag", "Acme\U000e0041.", "Acme\\U000e0041."),
    plain("markup", "[red]Acme[/red]"),
    plain("markup that closes nothing", "[/x]Acme"),
    plain("a link of a terminal", "[link=file:///etc/passwd]Acme[/link]"),
    plain("an emoji's name", ":bomb: Acme"),
    plain("pipes", "a|b||c"),
    plain("backticks", "`rm -rf`"),
    plain("a backslash and a pipe", "a\\|b"),
    plain("emphasis", "*a* _b_ ~c~ #d"),
    plain("a link", "[Acme](javascript:alert(1))"),
    plain("a picture", "![x](https://evil.example/p.png)"),
    plain("a script", "</script><script>alert(1)</script>"),
    Name("an entity", "&lt;b&gt;", "<b>"),  # read as the signs that it stands for
    plain("quotes", "\"Acme\", 'Ltd'"),
    plain("right to left", "\u0634\u0631\u0643\u0629 Acme"),
    plain("signs over each other", "Q" + "\u0301" * 20 + "alg"),
    plain("wide letters", "\u682a\u5f0f\u4f1a\u793e"),
    plain("a very long name", "Long" * 500 + "."),
)
"""Reading takes blanks and marks of no width off the ends, and composes letters: none has such."""

NOT_UTF_8 = b"caf\xe9-\xff.csv"
"""The name of a file that is not text: half characters in Python."""


def write_world(folder, *, files=True):
    """Write exports, settings and benchmarks with a name wherever one can stand.

    Without `files` all invoices are in one file: quick to read, and no file has a name to fear.

    Each name is a customer's id and name and its manager's, some are a segment's; each is the value
    of a cell that is refused; a header; a file's, where a file can have it; an owner, a reason and a
    source.
    """
    folder.mkdir(exist_ok=True)
    headers = ["customer_id", "customer_name", "manager", "segment", "start_date", "end_date"]
    extra = [f"{name.text}." for name in NAMES]
    segments = [NAMES[place % 8 * 5].text for place in range(len(NAMES))]  # few: each costs time
    good = [
        [*[name.text] * 3, segment, "2024-01-01", ""]
        for name, segment in zip(NAMES, segments, strict=True)
    ]
    bad = [[f"bad {place}", name.text, "m", "s", name.text, ""] for place, name in enumerate(NAMES)]
    write_csv(folder / "customers.csv", [*headers, *extra], good + bad)
    every = []
    for place, name in enumerate(NAMES):
        rows = [
            [f"{place}-{day}", name.text, day, "-10.00" if place % 7 == 3 else "12.50", "5", "EUR"]
            for day in ("2025-05-05", "2025-06-05", "2025-06-30")
        ]
        file = os.fsdecode(NOT_UTF_8) if name.what == "a NUL" else f"{name.text}.csv"
        usable = "/" not in file and len(os.fsencode(file)) < 200 and not file.startswith(".")
        path = folder / (file if usable else f"invoices {place}.csv")
        headings = ["invoice_id", "customer_id", "invoice_date", "amount", "cost", "currency"]
        every += rows if "\x00" not in name.text else []
        if files:
            write_csv(path, headings, rows)
    if not files:
        write_csv(folder / "invoices.csv", headings, every)
    (folder / "benchmarks.toml").write_text("".join(benchmarks()), "utf-8")


def benchmarks():
    for place, kpi in enumerate(registry.every()):
        owner, reason, source = (in_toml(NAMES[(place + by) % len(NAMES)]) for by in (0, 13, 26))
        target = '"1 EUR"' if kpi.unit == "money" else "1"
        role = "reference" if place % 3 == 2 else "target"
        yield f'[[benchmark]]\nkpi = "{kpi.name}"\ntarget = {target}\nrole = "{role}"\n'
        yield f"owner = {owner}\nreason = {reason}\nsource = {{ name = {source} }}\n"


def in_toml(name):
    return json.dumps(name.text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_csv(path, headings, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(row + [""] * (len(headings) - len(row)) for row in rows)
