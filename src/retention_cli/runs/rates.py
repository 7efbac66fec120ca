"""The rates of a run: those of the settings, and those of a file beside the exports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.errors import DataRefusedError
from retention_cli.patterns import lazy_pattern
from retention_cli.sources.beside import find
from retention_cli.sources.rates import RATES_FILE, is_rates, rate_rows
from retention_cli.values.rates import Rate, contradicting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from retention_cli.settings import Settings
    from retention_cli.sources.rates import RateRow

_CODE = lazy_pattern(r"[A-Za-z]{3}")
_NUMBER = lazy_pattern(r"[0-9]{1,12}(?:[.,][0-9]{1,12})?")


def with_rates(settings: Settings, beside: Sequence[Path]) -> tuple[Settings, Path | None]:
    """Add the rates of a file, where there is one and amounts are to be converted.

    Errors: DataRefusedError for rows that cannot be read, and for two rates of one day and pair.
    """
    path = find(beside, RATES_FILE, is_rates) if settings.report_currency else None
    if path is not None:
        found = tuple(_rates(path, settings.decimal))
        settings = settings.model_copy(update={"rates": (*settings.rates, *found)})
    if pair := contradicting(settings.rates):
        one, other = pair
        raise DataRefusedError(
            f"{path or settings.path}: two rates from {one.of} to {one.to or settings.report_currency}"
            f" on {one.day}: {_shown(one.rate)} and {_shown(other.rate)}",
            "keep one of them",
        )
    return settings, path


def _rates(path: Path, decimal: str | None) -> Iterator[Rate]:
    for one in rate_rows(path):
        place = f"{path} row {one.row}"
        for code in (one.of, one.to):
            if not _CODE.fullmatch(code):
                raise DataRefusedError(f"{place}: '{code}' is not a currency code", "write USD")
        yield Rate(
            _day(one, place), one.of.upper(), one.to.upper(), _rate(one, place, decimal), one.source
        )


def _day(one: RateRow, place: str) -> date:
    try:
        return date.fromisoformat(one.day)
    except ValueError:
        raise DataRefusedError(
            f"{place}: the date '{one.day}' is not written as 2025-06-30",
            "write year, month and day",
        ) from None


def _rate(one: RateRow, place: str, decimal: str | None) -> Fraction:
    if not _NUMBER.fullmatch(one.rate) or not Decimal(one.rate.replace(",", ".")):
        raise DataRefusedError(f"{place}: '{one.rate}' is not a rate", "write it as 0.9231")
    if "," in one.rate and decimal != ",":
        raise DataRefusedError(
            f"{place}: '{one.rate}' may be {one.rate.replace(',', '.')} or {one.rate.replace(',', '')}",
            'write the rate with a point, or decimal = "," in retention.toml',
        )
    return Fraction(one.rate.replace(",", "."))


def _shown(rate: Fraction) -> str:
    return f"{float(rate):g}"
