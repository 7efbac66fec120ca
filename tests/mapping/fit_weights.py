"""Fit the weights of facts to rows whose kind is known: `make weights` writes weights.toml again.

The rows are those of weighed_rows.txt, in the form of wild_rows.py: first those drawn from public code, then
those of tests. They and wild_rows.py have to be read right, and count four times. The name of a sheet stands
after that of its file: `book.xlsx#Sheet`. A kind is chosen by multinomial logistic regression with a penalty on
squares. Weights that come out small are left out, and the others are fitted again.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize
from tests.mapping.wild_rows import ROWS, cells

from retention_cli import records
from retention_cli.mapping import weighing
from retention_cli.mapping.words.naming import Worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Bounds = list[tuple[float | None, float | None]]

KINDS = (*records.names(), "none")
DRAWN = Path(__file__).with_name("weighed_rows.txt")
WEIGHTS = Path(weighing.__file__).with_name("weights.toml")
HELD = {
    # Too few rows show these to tell more than a direction, and all of them are of one kind.
    "asked for, and how urgent": {"tickets": (12, 12), "none": (-12, -12)},
    "a problem of somebody": {"tickets": (8, None), "none": (None, -6)},
    "direction": {"tickets": (-20, -20), "none": (20, 20)},
    "from day to day, and a day of entry": {"tickets": (-16, -16)},
    "leave among types": {"tickets": (-20, -20), "none": (20, 20)},
    "leave": {"tickets": (None, -10), "none": (10, None)},
    "vote": {"surveys": (-25, -25), "none": (20, 20)},
    "audit": {"surveys": (None, -25), "none": (10, None)},
    "building": {"tickets": (None, -20), "none": (16, None)},
    "how long tickets waited": {"tickets": (16, None), "none": (None, -14)},
    "file building": {"tickets": (None, -20), "none": (16, None)},
    "law": {"tickets": (None, -36), "none": (26, None)},
    "from hour to hour": {
        "tickets": (-30, -30),
        "surveys": (-10, -10),
        "customers": (-5, -5),
        "costs": (6, 6),
    },
    "numbered tickets and what they are about": {
        "invoices": (-40, -40),
        "tickets": (16, 16),
        "none": (-14, -14),
    },
    "questions of nobody": {"surveys": (-20, -20), "none": (10, 10)},
    "receipts of a till": {"invoices": (18, 18), "tickets": (-20, -20)},
    "hours that were charged": {"invoices": (40, 40), "costs": (-40, -40)},
    "ids of customers, and a bank": {"invoices": (20, 20), "none": (-40, -40)},
    "unknown ids again": {"invoices": (14, 14), "none": (-12, -12)},
    "blood of donors": {"customers": (-40, -40), "none": (25, 25)},
    "income among types": {"none": (24, None), "costs": (None, -20), "invoices": (None, -15)},
    "file invited": {"customers": (None, -25), "none": (20, None)},
    "file quote": {"none": (36, None)},
    "file revenue": {"invoices": (16, None), "costs": (None, -16)},
    # A file called tickets with an id and one duration is to be read, though no row here is so short.
    "file ticket": {"tickets": (36, None)},
    "subject": {"tickets": (15, None)},
}
"""What is told by hand: the least and the most that a fact weighs for a kind; 0 for kinds unnamed if both."""
_COLUMNS = ("lacking", "asked", "found")
_UNIT, _STRICT, _LEAST_ROWS, _LEAST_WEIGHT = 10, 0.2, 3, 3
_IMPORTANT = 4
_ROWS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose kind is known, with what it says of each kind."""

    line: str
    kind: str
    weight: int
    facts: frozenset[str]
    columns: tuple[tuple[int, int, int], ...]


def rows() -> list[Row]:
    """Give the rows to fit weights to."""
    seen, _, tried = DRAWN.read_text("utf-8").partition("\n\n")
    needed = [*tried.splitlines(), *ROWS.strip().splitlines()]
    drawn = [_row(line, 1) for line in seen.splitlines()]
    return [*drawn, *(_row(line, _IMPORTANT) for line in needed)]


def _row(line: str, weight: int) -> Row:
    name, kind, *columns = line.split(" | ")
    file, _, sheet = name.partition("#")
    told = [re.fullmatch(r"(.*):(\w)(?:[>?]\w+)?", one).groups() for one in columns]
    made = [
        pa.array([cell or None for cell in cells(letter, _ROWS)], pa.string()) for _, letter in told
    ]
    worded = Worded.of([header for header, _ in told], made.__getitem__)
    readings = {one: weighing._read(worded, one) for one in records.names()}
    facts = weighing.facts(worded, readings, file, sheet or None)
    counted = ((bool(r.missing), r.asked, min(r.matches.score, 10)) for r in readings.values())
    return Row(line, kind, weight, frozenset(facts), tuple(counted))


class Fit:
    """Weights as one array: three of columns, then those of each kind for each fact."""

    def __init__(self, known: Sequence[Row]) -> None:
        """Count what rows show."""
        shown = Counter(fact for row in known for fact in row.facts)
        self.facts = sorted({fact for fact, n in shown.items() if n >= _LEAST_ROWS} | {*HELD})
        self.shows = np.array([[fact in row.facts for fact in self.facts] for row in known], float)
        self.columns = np.array([row.columns for row in known], float)
        self.kinds = np.array([KINDS.index(row.kind) for row in known])
        self.times = np.array([row.weight for row in known], float)
        self.shape = (len(KINDS), len(self.facts))

    def weights(self) -> np.ndarray:
        """Fit, leave out what is small, fit again, and round."""
        first = self._fitted(self._bounds())
        held = self._bounds()
        small = np.abs(first) < _LEAST_WEIGHT / _UNIT
        free = [low is None and high is None for low, high in held]
        bounds = [(0, 0) if s and f else b for s, f, b in zip(small, free, held, strict=True)]
        found = np.round(self._fitted(bounds) * _UNIT)
        facts = found[len(_COLUMNS) :].reshape(self.shape)
        facts[:, self.facts.index("any sheet")] -= facts[-1, self.facts.index("any sheet")]
        return found

    def odds(self, weights: np.ndarray) -> np.ndarray:
        """Give the sum of weights for each row and kind."""
        of_columns, facts = np.split(weights, [len(_COLUMNS)])
        ours = np.pad(self.columns @ of_columns, ((0, 0), (0, 1)))
        return ours + self.shows @ facts.reshape(self.shape).T

    def _fitted(self, bounds: Bounds) -> np.ndarray:
        start = np.zeros(len(bounds))
        strict = np.full(len(bounds), _STRICT)
        strict[: len(_COLUMNS)] = _STRICT / 4  # There are few of them, and all rows tell of them.
        strict[len(_COLUMNS) + self.facts.index("any sheet") :: len(self.facts)] = 0.01

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            odds = self.odds(weights)
            odds -= odds.max(1, keepdims=True)
            shares = np.exp(odds) / np.exp(odds).sum(1, keepdims=True)
            at = (np.arange(len(self.kinds)), self.kinds)
            lost = -(self.times * np.log(shares[at] + 1e-12)).sum()
            shares[at] -= 1
            slope = shares * self.times[:, None]
            of_columns = np.einsum("nk,nks->s", slope[:, :-1], self.columns)
            slopes = np.concatenate([of_columns, (slope.T @ self.shows).ravel()])
            return lost + (strict * weights**2).sum(), slopes + 2 * strict * weights

        return minimize(
            loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}
        ).x

    def _bounds(self) -> Bounds:
        bounds: Bounds = [(None, None)] * (len(_COLUMNS) + len(KINDS) * len(self.facts))
        for fact, told in HELD.items():
            whole = all(low == high for low, high in told.values())
            for place, kind in enumerate(KINDS):
                at = len(_COLUMNS) + place * len(self.facts) + self.facts.index(fact)
                low, high = told.get(kind, (0, 0) if whole else (None, None))
                bounds[at] = tuple(None if one is None else one / _UNIT for one in (low, high))
        return bounds


def text_of(fit: Fit, weights: np.ndarray) -> Iterator[str]:
    """Write weights below the head of the file as it is."""
    yield WEIGHTS.read_text("utf-8").partition("\nkinds =")[0]
    yield f"kinds = {[*KINDS]}\n\n[columns]".replace("'", '"')
    of_columns, facts = np.split(weights.astype(int), [len(_COLUMNS)])
    for name, weight in zip(_COLUMNS, of_columns, strict=True):
        yield f"{name} = {weight}"
    lines = dict(zip(fit.facts, facts.reshape(fit.shape).T.tolist(), strict=True))
    yield f'\n[facts]\n"any sheet" = {lines.pop("any sheet")}'
    for part in (r"\w+", r"first \w+", r"file \w+", ".* .*"):
        mine = [fact for fact in fit.facts if fact in lines and re.fullmatch(part, fact)]
        told = [(fact, line) for fact in mine if any(line := lines.pop(fact))]
        quote = '"' if " " in part else ""
        yield from (f"{quote}{fact}{quote} = {line}" for fact, line in told)
        yield ""


def main() -> None:
    """Write the file of weights again, and say which rows it does not decide right."""
    known = rows()
    fit = Fit(known)
    weights = fit.weights()
    WEIGHTS.write_text("\n".join(text_of(fit, weights)).rstrip() + "\n", "utf-8")
    for row, best in zip(known, fit.odds(weights).argmax(1), strict=True):
        if KINDS[best] != row.kind:
            sys.stdout.write(f"{KINDS[best]}, and not {row.kind}: {row.line}\n")


if __name__ == "__main__":
    main()
