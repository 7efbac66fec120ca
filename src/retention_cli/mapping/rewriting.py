"""The cells of a column as they were decided to be read: in canonical text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.cells.cells import Cells, each_distinct
from retention_cli.mapping.cells.currencies import code_of
from retention_cli.mapping.cells.dates import DateDecision, rewrite_dates
from retention_cli.mapping.cells.durations import (
    DurationDecision,
    is_of_work,
    rewrite_as_hours,
    rewrite_clock_hours,
    rewrite_durations,
)
from retention_cli.mapping.cells.ids import without_decimals
from retention_cli.mapping.cells.numbers import NumberDecision, rewrite_numbers
from retention_cli.mapping.cells.placeholders import without_told
from retention_cli.mapping.cells.words import known_words, rewrite_words
from retention_cli.mapping.cooking import cooked
from retention_cli.reading.text import WHITE_SPACE
from retention_cli.records.base import (
    CODE,
    DAY,
    DURATION,
    HOURS,
    IDENTITY,
    INSTANT,
    form_of,
    words_of,
)
from retention_cli.settings import Recipe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic.fields import FieldInfo

    from retention_cli.mapping.evidence import Source
    from retention_cli.mapping.layout import Layout
    from retention_cli.settings import ExportRule, Settings

_TIMES = (DURATION, HOURS, DAY, INSTANT)


def rewritten(
    column: str,
    sources: Sequence[Source],
    layout: Layout,
    settings: Settings,
    told: Mapping[str, str],
) -> Cells:
    """Give the cells of a column, made of those of its headers."""
    cells = [as_decided(source, settings) for source in sources]
    recipe = layout.sources[column]
    info = layout.model.model_fields[column]
    form = form_of(info)
    cooks = isinstance(recipe, Recipe) and not (form in _TIMES and recipe.from_)
    made = cells[0]
    if isinstance(recipe, Recipe) and cooks:
        whole = cells[: len(cells) - len(recipe.less or ())]
        made = Cells(cooked(recipe, [one.text for one in whole], column))
    if form == DURATION:
        made = without_told(made, told)
    if form == IDENTITY:
        made = made.each(without_decimals).each(_composed)
    header = sources[0].header
    made = made.each(partial(_in_our_words, info=info, header=header, told=told))
    if (blank := known_words(info, header, told).get("")) is not None:
        made = Cells(pc.fill_null(made.text, blank))
    return made


def _composed(ids: Any) -> Any:
    return ids if pc.all(pc.string_is_ascii(ids)).as_py() else pc.utf8_normalize(ids, "NFC")


def _in_our_words(text: Any, info: FieldInfo, header: str, told: Mapping[str, str]) -> Any:
    if form_of(info) == CODE:
        text = each_distinct(text, code_of, pa.string())
    words = known_words(info, header, told)
    own = words_of(info)
    return rewrite_words(text, words, own.meaning if own else None) if words else text


def constant_of(column: str, value: str, layout: Layout, rule: ExportRule | None) -> str:
    """Give what a column is in all rows, in our words."""
    told = rule.values.get(column, {}) if rule else {}
    info = layout.model.model_fields[column]
    made: str = _in_our_words(pa.array([value.strip(WHITE_SPACE)]), info, "", told)[0].as_py()
    return made


def as_decided(source: Source, settings: Settings) -> Cells:
    """Give the cells below one header."""
    return source.cells.each(partial(_texts_as_decided, source=source, settings=settings))


def _working_day(source: Source, settings: Settings) -> int | None:
    """Give the day of a column that counts days of work, by its header or in its cells."""
    counted = isinstance(source.decision, DurationDecision) and source.decision.unit is not None
    return None if counted and not is_of_work(source.header) else settings.working_day


def _texts_as_decided(texts: Any, source: Source, settings: Settings) -> Any:
    decision = source.decision
    if isinstance(decision, DateDecision):
        zone, moments = settings.time_zone, source.form == INSTANT
        return rewrite_dates(texts, decision.order, zone=zone, keep_time=moments)
    if isinstance(decision, DurationDecision):
        if source.form == HOURS:
            return rewrite_as_hours(texts, decision.unit)
        return rewrite_durations(texts, decision.unit, _working_day(source, settings))
    if isinstance(decision, NumberDecision):
        numbers = rewrite_numbers(texts, decision.mark)
        if source.typed is not None:
            numbers = pc.if_else(source.typed, texts, numbers)
        return rewrite_clock_hours(numbers) if source.form == HOURS else numbers
    return texts
