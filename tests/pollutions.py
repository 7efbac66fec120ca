"""Tables polluted in one way each, with what a reader should make of them.

The ways are those of Pollock (Vitagliano and others, PVLDB 16(8), 2023); all files are made here.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Cell(NamedTuple):
    """A text, and whether its writer puts it in quotes."""

    text: str
    quoted: bool = False


class Polluted(NamedTuple):
    """A file, the way it is polluted in, and its rows as they should be read, header first."""

    name: str
    kind: str
    data: bytes
    answer: list[tuple[str, ...]]


TITLES = ("Quarterly sales", "all shops")
GOODS = (
    "Trail Lamp", "Kids' Wool Cap", "Tent, Two Persons", 'Table, Round 42"', "Cord", "Men's Vest",
    "Bench", 'Rod, 8\'6"', "Women's  Rope Set", "Mug/Flask, Steel", 'Saw 10" Blade', "3-Way Valve",
    "Towel", "Chair, Print", "Oar",
)  # fmt: skip
PRAISE = (
    "Bright, light and made to last; it won't let you down.",
    "Knit from soft yarns, it keeps warm even when wet.",
    "Room for two, and for all that they carry.",
    'Seats six around its 42" top, in any weather.',
    "An easy one: fold it, hang it, forget it.",
    "You'll never want to take it off. Rated 50+ by all who tried.",
)
HEADER = ("DAY", "HOUR", "Count", "ITEMNO", "Price", "ItemName", "ItemText", "LINK", "Remarks")


def invented_table(rows: int = 40) -> list[list[Cell]]:
    """Make a table of dates, times, counts, numbers, prices, texts, links and a blank column."""
    draw = random.Random(7)  # noqa: S311  # always the same table
    table = [[Cell(name, name in {"ItemText", "LINK"}) for name in HEADER]]
    for row in range(rows):
        name, number = GOODS[row % len(GOODS)], draw.randrange(1000, 9999)
        group = draw.choice(("AB", "CD", "EF"))
        price = draw.choice((f"${draw.randrange(100, 9999) / 100:.2f}", f"${draw.randrange(90)}.5"))
        table.append([
            Cell(f"{13 + row % 15}/{1 + row // 15:02}/2021"),
            Cell(f"{row // 4 % 24:02}:{row % 4 * 15:02}"),
            Cell(str(draw.randrange(30))),
            Cell(f"{group}-{number}"),
            Cell(price),
            Cell(name, "," in name or '"' in name),
            Cell(f"{PRAISE[row % len(PRAISE)]} No {row}.", True),
            Cell(f"https://shop.example/item/{group}_{number}.html", True),
            Cell(""),
        ])  # fmt: skip
    return table


def answer(table: list[list[Cell]]) -> list[tuple[str, ...]]:
    """Give the texts of a table."""
    return [tuple(cell.text for cell in row) for row in table]


def written(cells: list[Cell], mark: str = ",", quote: str = '"', escape: str | None = None) -> str:
    """Write one row; quotes inside of quoted cells are escaped, by doubling unless told."""
    escaped = (quote if escape is None else escape) + quote
    return mark.join(
        quote + cell.text.replace(quote, escaped) + quote if cell.quoted else cell.text
        for cell in cells
    )


def row_pollutions(table: list[list[Cell]], rows: Sequence[int] | None = None) -> list[Polluted]:
    """Pollute each row of a table, or some, at each cell, in each way that one row can be."""
    rows = range(len(table)) if rows is None else rows
    places = [(row, col) for row in rows for col in range(len(table[0]))]
    return [
        *(_less(table, row, col) for row, col in places if col),
        *(_more(table, row, col) for row, col in places),
        *(_quote(table, row, col) for row, col in places),
        *(_blanks(table, row) for row in rows),
    ]


def file_pollutions(table: list[list[Cell]]) -> list[Polluted]:
    """Pollute a table as a whole, in each way."""
    lines, right = [written(row) for row in table], answer(table)
    made = {
        "no_trailing_newline": _ended(lines)[:-1],
        "double_trailing_newline": _ended(lines) + "\n",
        "record_delimiter_0xA": _ended(lines),
        "record_delimiter_0xD": _ended(lines).replace("\n", "\r"),
        "record_delimiter_0xD_0xA": _ended(lines).replace("\n", "\r\n"),
        "field_delimiter_0x3B": _rewritten(table, ";"),
        "field_delimiter_0x9": _rewritten(table, "\t"),
        "field_delimiter_0x2C_0x20": _rewritten(table, ", "),
        "field_delimiter_0x20": _rewritten(table, " "),
        "field_delimiter_0x20_quoted": _rewritten(_quoted(table, " "), " "),
        "quotation_char_0x27": _rewritten(table, quote="'"),
        "quotation_char_0x27_undoubled": _rewritten(table, quote="'", escape=""),
        "escape_char_0x5C": _rewritten(table, escape="\\"),
        "escape_char_0x00": _rewritten(table, escape=""),
        "preamble": "\n".join(
            (TITLES[0] + "," * (len(table[0]) - 1), TITLES[1], "", _ended(lines))
        ),
    }
    half = [row[: len(row) // 2] for row in table]
    wide = [[*row, *row[:2]] for row in table]
    made |= {
        f"multitable_{how}": _ended(lines) + _ended([written(row) for row in other])
        for how, other in (("less", half), ("more", wide), ("same", table))
    }
    answers = {
        "no_payload": ("", []),
        "no_header": (_ended(lines[1:]), right[1:]),
        "header_only": (_ended(lines[:1]), right[:1]),
        "one_data_row": (_ended(lines[:2]), right[:2]),
    }
    for times in (2, 3):
        joined = tuple(" ".join([name] * times) for name in right[0])
        several = _ended(lines[:1] * times + lines[1:])
        answers[f"header_multirow_{times}"] = (several, [joined, *right[1:]])
    answers |= {kind: (text, right) for kind, text in made.items()}
    return [
        Polluted(f"file_{kind}", f"file_{kind}", text.encode(), wanted)
        for kind, (text, wanted) in answers.items()
    ]


def _less(table: list[list[Cell]], row: int, col: int) -> Polluted:
    left, right = table[row][:col], table[row][col:]
    return _with_row(table, "row_less_sep", row, col, written(left) + written(right))


def _more(table: list[list[Cell]], row: int, col: int) -> Polluted:
    cells = [*table[row][:col], Cell(""), *table[row][col:]]
    return _with_row(table, "row_more_sep", row, col, written(cells))


def _quote(table: list[list[Cell]], row: int, col: int) -> Polluted:
    left, right = written([*table[row][:col], Cell("")]), written(table[row][col:])
    found = _with_row(table, "row_extra_quote", row, col, f'{left}"{right}')
    cells = list(found.answer[row])
    cells[col] = '"' + cells[col]
    found.answer[row] = tuple(cells)
    return found


def _blanks(table: list[list[Cell]], row: int) -> Polluted:
    return _with_row(table, "row_field_delimiter", row, 0x20, written(table[row], " "))


def _with_row(table: list[list[Cell]], kind: str, row: int, col: int, text: str) -> Polluted:
    lines = [written(cells) for cells in table]
    lines[row] = text
    return Polluted(f"{kind}_row{row}_col{col}", kind, _ended(lines).encode(), answer(table))


def _rewritten(
    table: list[list[Cell]], mark: str = ",", quote: str = '"', escape: str | None = None
) -> str:
    return _ended([written(row, mark, quote, escape) for row in table])


def _quoted(table: list[list[Cell]], mark: str) -> list[list[Cell]]:
    return [[Cell(text, quoted or mark in text) for text, quoted in row] for row in table]


def _ended(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
