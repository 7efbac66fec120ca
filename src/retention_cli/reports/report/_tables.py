"""The tables of a report: headings, and rows of cells that a page can show and sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_cli.reports.accounts import _shown as accounts_shown
from retention_cli.reports.bridge import _shown as bridge_shown
from retention_cli.reports.cohorts import _shown as cohorts_shown
from retention_cli.reports.scorecard._grid import (
    CHANGE,
    INTERVAL,
    OWNER,
    TARGET,
    VALUE,
    VERDICT,
    N,
    Usual,
    row_of,
)
from retention_cli.reports.words.figures import group_name, left_out, target_of
from retention_cli.reports.words.numbers import count, text
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from retention_cli.results.accounts import Accounts
    from retention_cli.results.bridge import Bridge
    from retention_cli.results.cohorts import Cohorts
    from retention_cli.results.manifest import Content
    from retention_cli.results.report import Report
    from retention_cli.results.scorecard import Line, Scorecard

MOST = 500
"""More accounts than this are too many for a page: the first and the last half are shown."""
PAPER = 16
"""More cohorts than this do not fit on paper: the latest are shown."""
_STEPS = 5
"""Of colour: the first up to a half, then one for each tenth."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, and how it looks."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption; the first cell of a row names it, `sums` stand below the rows."""

    caption: str
    headings: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Sequence[Cell]] = ()
    look: str = ""
    after: str = ""


def scorecard(card: Scorecard) -> Iterator[Table]:
    """Give a table for each group of figures: each with its owner and the reason for its target."""
    lines = [line for line in card.lines if not left_out(line)]
    usual = Usual.of(lines)
    names = (VALUE, CHANGE, TARGET, VERDICT, N, INTERVAL, OWNER)
    numbers = {VALUE, CHANGE, TARGET, N, INTERVAL}
    for group in dict.fromkeys(line.kpi.group for line in lines):
        rows = []
        for line in (line for line in lines if line.kpi.group is group):
            cells = row_of(line, usual).cells
            look = {VERDICT: line.verdict.value, OWNER: "words"}
            shown = [
                Cell(
                    cells[name].plain if name in cells else "",
                    look="number" if name in numbers else look.get(name, ""),
                )
                for name in names
            ]
            rows.append([_title(line), *shown, Cell(_reason(line), look="words")])
        headings = [
            Cell("Figure"),
            *(Cell(name, look="number" if name in numbers else "") for name in names),
            Cell("Why this target"),
        ]
        yield Table(group.value, headings, rows)


def _title(line: Line) -> Cell:
    if line.group is None:
        return Cell(line.kpi.title, look="whole")
    return Cell(f"{line.group[0]}: {group_name(line)}", look="group")


def _reason(line: Line) -> str:
    held = target_of(line)
    return (held.reason or "") if held else ""


def bridge(found: Bridge) -> Iterator[Table]:
    """Give the walk of customers and that of money, each line with its sign."""
    walks = (
        ("Customers", bridge_shown.customer_rows(found.total), ""),
        ("Money", bridge_shown.money_rows(found.total), "Customers"),
    )
    for caption, rows, counted in walks:
        if rows:
            headings = [Cell("Line"), Cell(caption, look="number")]
            headings += [Cell(counted, look="number")] if counted else []
            yield Table(
                caption,
                headings,
                [
                    [
                        Cell(f"{sign} {name}".strip(), look="whole" if sign in {"", "="} else ""),
                        Cell(amount, look="number"),
                        *([Cell(n, look="number")] if counted else []),
                    ]
                    for sign, name, amount, n in rows
                ],
            )


def cohorts(found: Cohorts, *, most: int | None) -> Iterator[Table]:
    """Give the shares of each cohort as a map: the darker, the more; only the latest where told so."""
    for grid in cohorts_shown.grids(found):
        if "(%)" not in grid.title:
            continue
        *all_rows, average = grid.rows
        known = [row for row in all_rows if any(cell.heat is not None for cell in row[2])]
        rows = known[-most:] if most else known
        ages = max((len(cells) for _, _, cells in rows), default=0)
        unknown, left = len(all_rows) - len(known), len(known) - len(rows)
        said = [f"{count(unknown)} cohorts of which this is not known are left out."] * bool(
            unknown
        )
        said += [f"{count(left)} earlier cohorts are left out: retention cohorts has all."] * bool(
            left
        )
        yield Table(
            grid.title,
            [
                *(Cell("Cohort"), Cell("Customers", look="number")),
                *(Cell(str(age), look="number") for age in range(ages)),
            ],
            [
                [Cell(name), Cell(size), *(Cell(c.text, look=_heat(c.heat)) for c in cells[:ages])]
                for name, size, cells in [*rows, average]
            ],
            look="heat",
            after=" ".join(said),
        )


def _heat(share: Fraction | None) -> str:
    if share is None:
        return ""
    return f"h{max(0, min(int(share * 10) - 4, _STEPS))}"


def accounts(found: Accounts, *, names: bool, most: int | None) -> Table:
    """Give the accounts by profit; of more than `most` the first and the last."""
    rows = accounts_shown.rows(found)
    many = len(found.accounts)
    kept = [
        at for at in accounts_shown.filled(rows) if names or accounts_shown.HEADINGS[at] != "Name"
    ]
    places = range(many)
    if most and many > most:
        places = [*range(most // 2), *range(many - most // 2, many)]  # type: ignore[assignment]
    numbers = [name in accounts_shown.NUMBERS for name in accounts_shown.HEADINGS]

    # The account names its row, so it stands first.
    order = sorted(kept, key=lambda at: (accounts_shown.HEADINGS[at] != "Account", at))

    def cells(row: Sequence[str]) -> list[Cell]:
        return [Cell(row[at], "number" if numbers[at] else "") for at in order]

    left = many - len(places)
    return Table(
        f"Accounts by profit{f', in {found.currency}' if found.currency else ''}",
        cells(accounts_shown.HEADINGS),
        [cells(rows[at]) for at in places],
        [cells(row) for row in rows[many:]],
        "sorts long",
        f"{count(left)} accounts between these are left out: retention accounts --format csv has all."
        if left
        else "",
    )


def files(found: Report) -> Table:
    """Give each file with its counts, which add up, and its fingerprint."""
    headings = ("File", "Kind", "Rows", "Accepted", "Rejected", "Skipped", "SHA-256")
    counted = set(headings[2:6])
    return Table(
        "Files that were read: accepted, rejected and skipped rows add up to all rows",
        [Cell(name, look="number" if name in counted else "") for name in headings],
        [
            [
                Cell(one.name),
                Cell(one.kind),
                *(
                    Cell(count(n), "number")
                    for n in (one.rows, one.accepted, one.rejected, one.skipped)
                ),
                Cell(one.sha256, look="hash"),
            ]
            for one in found.exports
        ],
        look="sorts",
    )


def settings(read: Iterable[Content]) -> Table:
    """Give the settings and benchmarks with their fingerprints."""
    return Table(
        "Settings and benchmarks",
        [Cell("File"), Cell("Bytes", look="number"), Cell("SHA-256")],
        [
            [
                Cell(one.file),
                Cell("" if one.size is None else count(one.size), look="number"),
                Cell(one.sha256 or "", look="hash"),
            ]
            for one in read
        ],
    )


def numbers(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Give the numbers of a chart."""
    return Table(
        caption,
        [Cell(name, look="number" if at else "") for at, name in enumerate(headings)],
        [[Cell(one, look="number" if at else "") for at, one in enumerate(row)] for row in rows],
    )


def duration(seconds: int) -> str:
    """Write how long something took."""
    return text(seconds, Unit.SECONDS)
