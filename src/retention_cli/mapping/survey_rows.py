"""Rows of a survey export that are not answers: tests, unfinished ones, and what is below them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.findings.problems import Outcome, Problem
from retention_cli.mapping.headers import is_named
from retention_cli.mapping.plan import used_columns
from retention_cli.mapping.preparing import Prepared
from retention_cli.patterns import lazy_pattern
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.base import NO, YES
from retention_cli.records.header_names import names
from retention_cli.records.scores.wordings import fold_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

_STATUS = "surveys.completion"
_PART = lazy_pattern(r"[0-9]{1,2}(?: [0-9]+)?")
_WHOLE = frozenset(("100",))
_TESTS = frozenset(map(fold_words, names("surveys.test")))
_UNFINISHED = frozenset(map(fold_words, names("surveys.unfinished")))
_NOT_YET, _SO = frozenset((*map(fold_words, NO), "0")), frozenset((*map(fold_words, YES), "1"))
_SUMS = frozenset(map(fold_words, names("surveys.sum")))
_MEANS = frozenset(map(fold_words, names("surveys.mean")))
_OF_ONE_ANSWER = ("response_id", "customer_id", "ticket_id", "responded_at", "sent_at")
_MOST_BELOW = 50


def without_other_rows(ready: Prepared, layout: Layout, *, preset: bool) -> Prepared:
    """Leave out what is not an answer; a preset has rules of its own for tests and unfinished ones."""
    if layout.kind != "surveys" or not ready.sheet.batches:
        return ready
    skipped = [] if preset else list(_by_status(ready.sheet, layout))
    skipped += _below(ready.sheet, layout, {one.row for one in skipped})
    if not skipped:
        return ready
    gone = pa.array([one.row for one in skipped], pa.int64())
    batches = [
        kept
        for batch in ready.sheet.batches
        if len((kept := batch.where(pc.invert(pc.is_in(batch.rows, value_set=gone)))).rows)
    ]
    sheet = replace(ready.sheet, batches=batches)
    return Prepared(sheet, (*ready.skipped, *sorted(skipped, key=lambda one: one.row)))


def _left_out(row: int, code: str, because: str) -> Problem:
    return Problem(row, code, f"left out: {because}", outcome=Outcome.SKIPPED)


def _by_status(sheet: TextSheet, layout: Layout) -> Iterator[Problem]:
    seen: set[int] = set()
    for header, place in layout.others.items():
        words: list[tuple[frozenset[str], str, str]] = []
        if is_named(header, _STATUS):
            words = [
                (_TESTS, "test-row", "it is a preview or a test of the survey"),
                (_UNFINISHED, "not-finished", "the answer was not finished"),
            ]
        elif is_named(header, "surveys.finished"):
            words = [(_NOT_YET, "not-finished", "the answer was not finished")]
        elif fold_words(header) in _UNFINISHED:
            words = [(_SO, "not-finished", "the answer was not finished")]
        elif is_named(header, "surveys.progress"):
            words = [(_below_whole(sheet, place), "not-finished", "the answer was not finished")]
        for known, code, because in words:
            for row in _rows_that_say(sheet, place, known):
                if row not in seen:
                    seen.add(row)
                    yield _left_out(row, code, because)


def _below_whole(sheet: TextSheet, place: int) -> frozenset[str]:
    """Give the shares below 100 of a column in which some are 100."""
    cells = {fold_words(text) for text in pc.unique(sheet.column(place)).to_pylist() if text}
    part = frozenset(cell for cell in cells if _PART.fullmatch(cell))
    return part if cells & _WHOLE else frozenset()


def _rows_that_say(sheet: TextSheet, place: int, known: frozenset[str]) -> Iterable[int]:
    cells = sheet.column(place)
    said = [text for text in pc.unique(cells).to_pylist() if text and fold_words(text) in known]
    found: list[int] = sheet.numbers.filter(
        pc.is_in(cells, value_set=pa.array(said, pa.string()))
    ).to_pylist()
    return found


def _below(sheet: TextSheet, layout: Layout, gone: set[int]) -> Iterator[Problem]:
    """Find the rows below the last answer: those that hold nothing of it, or sum up what is above."""
    ours = sorted(used_columns(layout, sheet))
    numbers = sheet.numbers.slice(max(0, len(sheet.numbers) - _MOST_BELOW)).to_pylist()
    if len(ours) < 2 or not numbers:
        return
    told = {column: at for column, at in layout.sources.items() if isinstance(at, int)}
    for number in reversed(numbers):
        if number in gone:
            continue
        cells = [cell.strip(WHITE_SPACE) for cell in sheet.raw(number)]
        if not any(cells[place] for place in ours):
            yield _left_out(number, "footer", "it is below the answers, and holds none")
        elif _sums_up(cells, told):
            yield _left_out(number, "totals-row", "it sums up the rows above")
        else:
            return


def _sums_up(cells: Sequence[str], told: Mapping[str, int]) -> bool:
    """Say whether a row has a word for a sum or a mean, no day, no id, and else numbers only."""
    score, unread = told.get("score"), {told.get("kind"), told.get("comment")}
    words = {
        place: fold_words(cell)
        for place, cell in enumerate(cells)
        if place not in unread and any(letter.isalpha() for letter in cell)
    }
    if any(
        cells[told[name]] and told[name] not in words for name in _OF_ONE_ANSWER if name in told
    ):
        return False
    # "Average" in the column of scores is an answer in words.
    return bool(words) and all(
        word in _SUMS or (word in _MEANS and place != score) for place, word in words.items()
    )
