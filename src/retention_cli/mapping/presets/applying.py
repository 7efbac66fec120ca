"""A preset that was recognised, as the rule by which a file is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import UnrecognisedFileError
from retention_cli.mapping.headers import currency_in, places_of
from retention_cli.mapping.presets import preset
from retention_cli.mapping.presets.recognition import SURE, Recognition, fitting, surest
from retention_cli.mapping.presets.vocabulary import Made
from retention_cli.mapping.rivals import refuse_rivals
from retention_cli.settings import ExportRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from retention_cli.mapping.place import Place
    from retention_cli.mapping.presets.vocabulary import Feed, Preset
    from retention_cli.settings import Recipe


@dataclass(frozen=True, slots=True)
class Applied:
    """A preset for one kind of export, under what the settings say.

    Shape: `rule` holds both; `reasons` names the preset for each column that it decides; `assumed`
        is what the reader of any figure should know; `confidence` how sure the preset is.
    """

    preset: Preset
    kind: str
    rule: ExportRule
    reasons: Mapping[str, str]
    assumed: tuple[str, ...]
    confidence: Fraction = Fraction(1)

    @property
    def feed(self) -> Feed:
        """What the preset says of the kind."""
        return self.preset.feeds[self.kind]


def applied_presets(
    headers: Sequence[str],
    *,
    place: Place,
    kind: str | None,
    rule: ExportRule | None,
    named: Sequence[str] = (),
) -> list[Applied]:
    """Find the preset of a file, once for each kind that it feeds; nothing where there is none.

    One of `named` that fits is taken before one that is recognised. Where the kind is told, only
    presets that feed it are.
    Errors: UnknownNameError for a preset that there is not; UnrecognisedFileError where two fit
        equally well, and for a file that is not an export unless somebody says so by hand.
    """
    for name in named:
        preset(name)
    fits = [one for one in fitting(headers) if kind is None or kind in preset(one.preset).feeds]
    by_hand = [one for one in fits if one.preset in named]
    sure = [one for one in fits if one.confidence >= SURE]
    chosen = _only(by_hand, place) or surest(sure, file=str(place))
    if chosen is None:
        return []
    found = preset(chosen.preset)
    if not by_hand and _asks_something_else(found, headers, place):
        return []
    if found.only_by_hand and not by_hand:
        if kind is not None:
            return []
        raise UnrecognisedFileError(
            f"{place}: looks like {found.object} of {found.system}: {found.only_by_hand}",
            f"remove it from the folder, or read it anyway: --preset {found.name}",
        )
    kinds = [kind] if kind else list(found.feeds)
    return [
        replace(_applied(found, one, headers, rule, place), confidence=chosen.confidence)
        for one in kinds
        if _feeds(found, one, headers, rule)
    ]


def _only(by_hand: Sequence[Recognition], place: Place) -> Recognition | None:
    if len(by_hand) > 1:
        names = " and ".join(one.preset for one in by_hand)
        raise UnrecognisedFileError(f"{place}: {names} both fit it", "name one with --preset")
    return by_hand[0] if by_hand else None


def _feeds(found: Preset, kind: str, headers: Sequence[str], rule: ExportRule | None) -> bool:
    """Say whether the file has what the kind cannot do without: users leave columns out."""
    if rule is not None or len(found.feeds) == 1:
        return True
    fields = records.model(kind).model_fields
    told = found.feeds[kind].columns
    needed = [name for name, info in fields.items() if info.is_required()]
    return all(_source(told[name], headers) is not None for name in needed)


def _applied(
    found: Preset, kind: str, headers: Sequence[str], rule: ExportRule | None, place: Place
) -> Applied:
    feed = found.feeds[kind]
    own = rule or ExportRule(file=place.file, kind=kind)
    columns = dict(_columns(feed, kind, headers, place, told={*own.columns, *own.constants}))
    constants = {**_currency(feed, headers), **feed.constants}
    constants = {c: v for c, v in constants.items() if c not in {*own.columns, *own.constants}}
    values = {
        column: {**feed.values.get(column, {}), **own.values.get(column, {})}
        for column in {*feed.values, *own.values}
    }
    merged = own.model_copy(
        update={
            "columns": {**columns, **own.columns},
            "constants": {**constants, **own.constants},
            "values": values,
        }
    )
    reasons = dict.fromkeys((*columns, *constants), f"preset {found.name}")
    return Applied(found, kind, merged, reasons, tuple(_assumed(found, feed, headers, columns)))


def _columns(
    feed: Feed, kind: str, headers: Sequence[str], place: Place, *, told: set[str]
) -> Iterator[tuple[str, str | Recipe]]:
    for column, sources in feed.columns.items():
        source = None if column in told else _source(sources, headers)
        if source is None:
            continue
        if isinstance(source, Made):
            named = tuple(headers[places_of(headers, name)[0]] for name in source.headers)
            yield column, source.recipe(named)
            continue
        places = _places(source, sources, headers)
        if len(places) > 1 and "*" in source:
            places = [at for at in places if place.may_be(headers[at], kind, column)] or places
        if len(places) == 1:
            yield column, headers[places[0]]
        else:
            refuse_rivals(headers, {column: tuple(places)}, kind, place)


def _asks_something_else(found: Preset, headers: Sequence[str], place: Place) -> bool:
    """Say whether a question is worded as a preset wants one, and its answers are something else."""
    for kind, feed in found.feeds.items():
        sources = feed.columns.get("score", ())
        source = _source(sources, headers)
        if isinstance(source, str) and "*" in source:
            asked = (headers[at] for at in _places(source, sources, headers))
            return not any(place.may_be(header, kind, "score") for header in asked)
    return False


def _places(source: str, sources: Sequence[str | Made], headers: Sequence[str]) -> list[int]:
    """Find the headers of a source; of patterns, those of all: a question has no fixed text."""
    patterns = [one for one in sources if isinstance(one, str) and "*" in one]
    names = patterns if source in patterns else [source]
    return sorted({place for name in names for place in places_of(headers, name)})


def _source(sources: Sequence[str | Made], headers: Sequence[str]) -> str | Made | None:
    """Give the first of some sources whose headers are all there."""
    for source in sources:
        wanted = source.headers if isinstance(source, Made) else (source,)
        if all(places_of(headers, name) for name in wanted):
            return source
    return None


def _currency(feed: Feed, headers: Sequence[str]) -> Mapping[str, str]:
    """Give the currency that is in the header of an amount."""
    for sources in feed.columns.values():
        for source in sources:
            found = currency_in(headers, source) if isinstance(source, str) else None
            if found:
                return {"currency": found}
    return {}


def _parts_lacking(feed: Feed, headers: Sequence[str], columns: Collection[str]) -> Iterator[str]:
    """Say what an amount is read from, where the export has only some of its parts."""
    for column, sources in feed.columns.items():
        best, taken = sources[0], _source(sources, headers)
        if column not in columns or taken is None or not (isinstance(best, Made) and best.subtract):
            continue
        lacking = [name for name in best.headers if not places_of(headers, name)]
        if lacking:
            read = taken.headers if isinstance(taken, Made) else (taken,)
            without, alone = (" and ".join(f"'{n}'" for n in some) for some in (lacking, read))
            yield f"there is no column {without}: {column} is read from {alone} alone"


def _assumed(
    found: Preset, feed: Feed, headers: Sequence[str], columns: Mapping[str, object]
) -> Iterator[str]:
    yield from feed.assumed
    yield from _parts_lacking(feed, headers, columns)
    for rule, effect in (
        *((rule, "rows are left out") for rule in feed.skip),
        *((rule, "amounts are negative") for rule in found.negate),
    ):
        for condition in rule.when:
            if not rule.rare and not any(places_of(headers, name) for name in condition.column):
                yield (
                    f"there is no column '{condition.column[0]}', by which {effect} where"
                    f" {rule.because}"
                )
    for column in feed.values:
        if column in feed.columns and column not in columns:
            yield f"there is no column '{feed.columns[column][0]}': {column} is not known"
