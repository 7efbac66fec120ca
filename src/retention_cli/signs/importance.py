"""What customers say matters to them, beside how we do: a survey of kind `importance`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.frames.columns import as_text
from retention_cli.results.review import Importance
from retention_cli.signs.cells import CELLS, topped
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.measures import measures
from retention_cli.values.measures import Unit
from retention_cli.values.periods import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.dataset.dataset import Dataset
    from retention_cli.settings import Settings
    from retention_cli.signs.history import Past

_KIND = "importance"
_MONTHS = 12


def importance(dataset: Dataset, past: Past, settings: Settings) -> tuple[Importance, ...]:
    """Give each question on importance with what we have of it, what matters most first.

    Formula: the mean of answers, each on 0 to 1 between the ends of its scale. How we do is the satisfied
        share of CSAT answers to the same question, else the measure of that name over twelve months.
    """
    if not dataset.has("surveys") or "kind" not in dataset.rows("surveys").column_names:
        return ()
    surveys = dataset.rows("surveys")
    kind = as_text(surveys["kind"])
    asked = surveys.filter(pc.fill_null(pc.equal(kind, _KIND), False))
    rated = surveys.filter(pc.fill_null(pc.equal(kind, "csat"), False))
    scores = topped(CELLS["surveys"](rated), settings)
    names = _questions(rated)
    found = []
    for question, n, mean in _means(asked):
        mine = (names == _plain(question)) & (scores["answers"] > 0)
        told = _satisfied(scores, mine) if mine.any() else _measured(question, past)
        found.append(Importance(question, n, mean, *told))
    return tuple(sorted(found, key=lambda one: (-one.mean, one.question)))


def _means(asked: pa.Table) -> Iterator[tuple[str, int, float]]:
    questions = _column(asked)
    score, low, high = (
        np.asarray(pc.fill_null(asked[name].cast(pa.float64()), np.nan))
        for name in ("score", "scale_min", "scale_max")
    )
    share = (score - low) / np.where(high > low, high - low, np.nan)
    for question in sorted({one for one in questions if one is not None}):
        mine = share[np.array([one == question for one in questions], np.bool_)]
        known = mine[~np.isnan(mine)]
        if len(known):
            yield question, len(known), float(known.mean())


def _column(table: pa.Table) -> list[str | None]:
    if "question" not in table.column_names:
        return ["all"] * len(table)
    found: list[str | None] = as_text(table["question"]).cast(pa.string()).to_pylist()
    return found


def _questions(table: pa.Table) -> Any:
    return np.array([_plain(one or "") for one in _column(table)], dtype=object)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def _satisfied(scores: dict[str, Any], mine: Any) -> tuple[str, Unit, float]:
    n = int(scores["answers"][mine].sum())
    hits = int(scores["answers"][mine & np.asarray(scores["satisfied"], np.bool_)].sum())
    return "CSAT of the same question", Unit.RATIO, hits / n


def _measured(question: str, past: Past) -> tuple[str | None, Unit | None, float | None]:
    for measure in measures():
        if _plain(question) in {_plain(measure.name), _plain(measure.title)}:
            series = measure.series(past)
            if series is None:
                break
            value = series.whole(number_of(add_months(day_of(past.close), -_MONTHS)), past.close)
            return measure.title, measure.unit, None if np.isnan(value) else value
    return None, None, None
