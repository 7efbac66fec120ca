"""What is said of a file whose headers do not settle what it is, with the lines that would."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from retention_cli import records
from retention_cli.errors import Ask, DataRefusedError, NoKindError, UnrecognisedFileError
from retention_cli.mapping.amounts.tax_headers import gross_header, is_tax
from retention_cli.mapping.joined_parts import parts_joined
from retention_cli.mapping.money.asking import recipe_text
from retention_cli.mapping.money.two_sides import charged_headers
from retention_cli.mapping.place import written
from retention_cli.mapping.suggesting import (
    MOST_HEADERS,
    changed_preset,
    likely_headers,
    likely_preset,
)
from retention_cli.mapping.words.meaning import meaning
from retention_cli.records.scales import NPS, kind_told_by
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted
from retention_cli.text.wording import quoted_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from retention_cli.mapping.headers import Matches
    from retention_cli.mapping.place import Place
    from retention_cli.records.base import Record

_NUMBERED = 3
_OF_AMOUNTS = ("invoices", "costs")
_MONEY = {"amount", "total", "paid", "filler"}
_MARKS = (";", "\t", "|", ",")


def missing_columns(
    model: type[Record], found: Mapping[str, object], rivals: Mapping[str, object]
) -> list[str]:
    """List the columns that a kind cannot do without and a file does not have."""
    here = {*found, *rivals}
    missing = [n for n, info in model.model_fields.items() if info.is_required() and n not in here]
    if model.needs_one_of and not here & set(model.needs_one_of):
        missing.append(" or ".join(model.needs_one_of[:2]))
    return missing


def needed_columns(model: type[Record]) -> tuple[str, ...]:
    """List the columns that a kind cannot do without, or of which it needs one."""
    required = (name for name, info in model.model_fields.items() if info.is_required())
    return (*required, *model.needs_one_of)


def refuse_changed(headers: Sequence[str], kind: str, place: Place, told: Collection[str]) -> None:
    """Refuse an export of a system that lacks a column which its figures rest on.

    Errors: UnrecognisedFileError with the column, and how to read the file by others anyway.
    """
    near = changed_preset(headers, told)
    if near is None:
        return
    needed = missing_columns(records.model(kind), {}, {})
    raise UnrecognisedFileError(
        f"{place}: {near}, and other columns are not read in its place",
        "restore the column's name in a copy of the file, or name the columns in retention.toml:",
        snippet=place.rule(kind, **{column.partition(" or ")[0]: "…" for column in needed}),
    )


def header_names(headers: Sequence[str]) -> str:
    """List the first names of a header row, and say where there are none."""
    headers = headers[:-1] if parts_joined(tuple(headers)) else headers
    unnamed = [str(place) for place, header in enumerate(headers, start=1) if not header]
    named = quoted_names([header for header in headers if header], ", ") or "none"
    if not unnamed:
        return named
    if len(unnamed) > _NUMBERED:
        return f"{named}, and {len(unnamed)} without a name"
    return f"{named}, and {' and '.join(unnamed)} without a name"


def unrecognised(
    headers: Sequence[str], place: Place, kind: str, missing: list[str], matches: Matches
) -> DataRefusedError:
    """Make the error about a file that lacks columns of what it looks like."""
    if not matches.score:
        meant = _kind_meant([header for header in headers if header], place)
        if meant is None:
            return NoKindError(
                f"{place}: no kind of export has its columns:"
                f" {header_names(headers)}{_looks(headers)}",
                f"kinds are {', '.join(records.names())}; is it the right file, or the right"
                f" {'sheet' if place.sheet else 'delimiter'}?",
            )
        kind, missing = meant, missing_columns(records.model(meant), {}, {})
    if kind != "surveys" and any(map(_is_question, _questions(headers, matches))):
        kind, missing = "surveys", missing_columns(records.model("surveys"), {}, {})
    lacks = f"{place}: looks most like {kind}, but has no column for {', '.join(missing)}"
    return _lacking(headers, place, kind, missing, matches, lacks=lacks)


def lacking(
    headers: Sequence[str], place: Place, kind: str, missing: list[str], matches: Matches
) -> DataRefusedError:
    """Make the error about a file that is said to be of a kind, and lacks columns of it."""
    seen = "looks most like" if matches.score else "is to be read as"
    lacks = f"{place}: {seen} {kind}, but has no column for {', '.join(missing)}"
    return _lacking(headers, place, kind, missing, matches, lacks=lacks)


def _looks(headers: Sequence[str]) -> str:
    likely = likely_preset(headers)
    return f"; {likely}" if likely else ""


def _lacking(  # what lacks, of what, and the words for it
    headers: Sequence[str],
    place: Place,
    kind: str,
    missing: list[str],
    matches: Matches,
    *,
    lacks: str,
) -> DataRefusedError:
    (first, *more) = headers
    if not more and (marks := [mark for mark in _MARKS if mark in first]):
        return UnrecognisedFileError(
            f"{lacks}; its header is one column: '{first}'",
            f"is '{marks[0]}' the delimiter? then leave out what says another",
        )
    pair = charged_headers(headers)
    if pair is not None and kind in _OF_AMOUNTS:
        return _in_two_columns(place, pair, matches)
    named, looks = header_names(headers), _looks(headers)
    gross = gross_header(headers) if kind == "invoices" and "amount" in missing else None
    if gross is not None:
        return _gross(lacks, looks, gross, headers, place)
    # Of several that would do, the first is asked for.
    needed = [columns.partition(" or ")[0] for columns in missing] or ["…"]
    asked = _answers(headers, kind, needed, matches, place)
    meant = " and ".join(
        f"'{header}'"
        for given in asked.values()
        if given != "…"
        for header in ([given] if isinstance(given, str) else given)
    )
    typed = _mapped(kind, asked)
    return UnrecognisedFileError(
        f"{lacks}; its columns are {named}{looks}",
        f"did you mean {meant}? then {typed}write in retention.toml:"
        if meant
        else "if one of them is, write in retention.toml:",
        snippet=place.rule(kind, **asked),
    ).asking(_asks(place, kind, asked, _free(headers, matches)))


def _free(headers: Sequence[str], matches: Matches) -> list[str]:
    taken = {match.index for match in matches.found.values()}
    return [header for at, header in enumerate(headers) if header and at not in taken]


def _answers(
    headers: Sequence[str],
    kind: str,
    needed: Sequence[str],
    matches: Matches,
    place: Place,
) -> dict[str, str | tuple[str, ...]]:
    """Give what each column that lacks may be read from; `…` where nothing is likely."""
    free = _free(headers, matches)
    slips: dict[str, str | tuple[str, ...]] = {
        **_slips(free, kind, {*matches.found, *matches.rivals}, place)
    }
    if "amount" in needed and "amount" not in slips:
        slips |= _only_numbers([h for h in free if h not in slips.values()], kind, place)
    questions = _questions(headers, matches)
    if kind == "surveys" and "score" in needed and questions:
        slips = {"score": questions if len(questions) > 1 else questions[0]}
    return {column: slips.pop(column, "…") for column in needed} | slips


def _only_numbers(free: Sequence[str], kind: str, place: Place) -> dict[str, str]:
    """Give the one header over numbers of which no word says that they are something else."""
    fits = place.fits
    if fits is None or len(free) > MOST_HEADERS:
        return {}
    found = [h for h in free if meaning(h).any <= _MONEY and fits(h, kind, "amount")]
    return {"amount": found[0]} if len(found) == 1 else {}


def _mapped(kind: str, asked: Mapping[str, str | tuple[str, ...]]) -> str:
    """Write the options that say the same as the lines, where all of it is headers as they are."""
    plain = [one for one in asked.items() if written(one[1]) == f'"{one[1]}"' and one[1] != "…"]
    options = " ".join(f"--map {quote(f'{kind}.{column}={given}')}" for column, given in plain)
    return f"add {options}, or " if len(plain) == len(asked) else ""


def _asks(
    place: Place,
    kind: str,
    asked: Mapping[str, str | tuple[str, ...]],
    free: Sequence[str],
) -> Iterator[Ask]:
    for column, given in asked.items():
        if given == "…":
            yield Ask(place.file, kind, column, None, tuple(free), sheet=place.sheet)
        else:
            yield place.ask(kind, column, *([given] if isinstance(given, str) else given))


def _questions(headers: Sequence[str], matches: Matches) -> tuple[str, ...]:
    """Give the headers that nothing takes, and that cover a survey."""
    taken = {match.index for match in matches.found.values()}
    return tuple(h for at, h in enumerate(headers) if at not in taken and kind_told_by(h))


def _is_question(header: str) -> bool:
    return kind_told_by(header) == NPS or header.rstrip().endswith("?")


def _gross(
    lacks: str, looks: str, gross: str, headers: Sequence[str], place: Place
) -> UnrecognisedFileError:
    """Propose what makes an amount of one with tax in it: the tax of its column, or its rate."""
    taxes = [header for header in headers if is_tax(header)]
    said = f"{lacks}, which is net of sales tax; its columns are {header_names(headers)}{looks}"
    if taxes:
        parts = ", ".join(quoted(header) for header in (gross, *taxes))
        return UnrecognisedFileError(
            said,
            f"if '{gross}' is the amount, with the tax of {quoted_names(taxes)} in it, write in"
            " retention.toml:",
            snippet=place.lines("invoices", f"amount = {{ subtract = [{parts}] }}"),
        )
    return UnrecognisedFileError(
        said,
        f"if '{gross}' is the amount including tax, name both in retention.toml:",
        snippet=('tax = "included 19%"', *place.rule("invoices", amount=gross)),
    )


def _in_two_columns(place: Place, pair: tuple[str, str], matches: Matches) -> DataRefusedError:
    """Make the error about a ledger, which has no column of amounts but two."""
    model = records.model("invoices")
    others = [one for one in missing_columns(model, matches.found, {}) if one != "amount"]
    debit, credit = pair
    rule = place.rule("invoices", **dict.fromkeys(others, "…"))
    return UnrecognisedFileError(
        f"{place}: has no column for amount, which may be in '{debit}' and '{credit}'",
        f"if rows in '{debit}' are invoices and rows in '{credit}' credit notes, write in"
        f" retention.toml (negate = true, where '{credit}' has the invoices; amount = {quoted(debit)},"
        f" where '{credit}' has payments):",
        snippet=(*rule, f"amount = {recipe_text(Recipe(charged=(debit, credit)))}"),
    )


def _kind_meant(headers: Sequence[str], place: Place) -> str | None:
    """Give the kind whose necessary columns all have headers that are nearly their names."""
    slips = {kind: _slips(headers, kind, set(), place) for kind in records.names()}
    whole = [k for k in slips if not missing_columns(records.model(k), slips[k], {})]
    return max(whole, key=lambda kind: len(slips[kind]), default=None)


def _slips(
    headers: Sequence[str], kind: str, found: Collection[str], place: Place
) -> dict[str, str]:
    """Give the headers that are nearly names of columns that a file still lacks."""
    model = records.model(kind)
    needed = [name for name, info in model.model_fields.items() if info.is_required()]
    open_columns = dict.fromkeys((*needed, *model.figures_rest_on))
    slips = likely_headers(headers, model, [one for one in open_columns if one not in found])
    fits = place.fits
    return {c: header for c, header in slips.items() if fits is None or fits(header, kind, c)}
