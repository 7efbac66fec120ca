"""Hours of work beside amounts and rates: what was billed for them is not what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.mapping.cells.durations import DurationUnit, unit_of
from retention_cli.mapping.headers import folded
from retention_cli.mapping.words.meaning import namings
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.mapping.headers import Match
    from retention_cli.mapping.words.cells import Samples
    from retention_cli.mapping.words.meaning import Meaning

    Headers = Sequence[str]
    Meant = Mapping[int, Meaning]

_BILLED = lazy_pattern(
    "billable|billed|abrechenbar|verrechenbar|fakturierbar|facturable|fatturabil|faturavel|declarabel"
)
_OWN_NAMES = {"customer_id", "amount"}
"""Costs written in the names of this program mean what those say."""
_COSTS = {"cost", "expense", "payroll"}
_SECONDS = {DurationUnit.SECONDS: 1, DurationUnit.MINUTES: 60}
_HOUR, _ROUNDED = 3600, 36
"""Hours are written with two decimals."""


def earn(headers: Headers, meant: Meant, found: Mapping[str, Sequence[Match]]) -> bool:
    """Say whether hours are billed: a word says so, or they have a customer and an amount of no cost."""
    said = list(meant.values())
    if any("revenue" in one.any or ("invoice" in one.any and _is_billed(one)) for one in said):
        return True
    amounts = (one.any & {"amount", "total"} and not one.any & {"unit", "quantity"} for one in said)
    whose = "customer_id" in found or any("customer" in one.any for one in said)
    ours = {*headers} >= _OWN_NAMES
    if whose and any(amounts) and not ours and not any(one.any & _COSTS for one in said):
        return True
    return any(_BILLED.search(folded(headers[at])) for at in meant)


def _is_billed(said: Meaning) -> bool:
    """Say whether a header of bills is that alone, or how the bill of a row stands."""
    return len(said.words) == 1 or bool(said.any & {"status", "gross"})


def worked(headers: Headers, meant: Meant, samples: Samples, added: dict[str, list[Match]]) -> None:
    """Drop durations that are the hours beside them, and amounts of hours that are billed."""
    if "hours" not in added:
        return
    hours = sorted(added["hours"], key=lambda one: "hours" not in _words(meant, one))
    first = hours[0].index
    rest = (one for one in hours[1:] if not _same(samples, headers, (first, one.index)))
    added["hours"] = [hours[0], *rest]
    charged = any("price" in _words(meant, one) for one in added.get("amount", ()))
    if charged or (not added.get("rate") and _bills(meant, added.get("amount", ()))):
        del added["amount"]


def _words(meant: Meant, match: Match) -> frozenset[str]:
    said = meant.get(match.index)
    return said.any if said else frozenset()


def _bills(meant: Meant, amounts: Sequence[Match]) -> bool:
    """Say whether a rate stands beside amounts, and no word says that either is what hours cost."""
    rate = namings("costs")["rate"]
    rated = any(rate.tier(said, asked=True) for said in meant.values())
    return bool(amounts) and rated and not any(_words(meant, one) & _COSTS for one in amounts)


def _same(samples: Samples, headers: Headers, places: tuple[int, int]) -> bool:
    """Say whether two columns are the same times in every row, each in its own unit."""
    first, second = (_seconds(samples, at, headers[at]) for at in places)
    if first is None or second is None or len(first) != len(second):
        return False
    return all(abs(a - b) <= _ROUNDED for a, b in zip(first, second, strict=True))


def _seconds(samples: Samples, place: int, header: str) -> list[float] | None:
    unit = unit_of(header)
    each = _SECONDS.get(unit, _HOUR) if unit else _HOUR
    try:
        return [
            sum(
                int(part) * 60**at
                for at, part in enumerate(reversed((text + ":00").split(":")[:3]))
            )
            if ":" in text
            else float(text.replace(",", ".")) * each
            for text in samples.filled(place).to_pylist()
        ]
    except ValueError:
        return None
