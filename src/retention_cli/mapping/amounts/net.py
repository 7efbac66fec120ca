"""Amounts beside their sales tax: net by proof, or asked about; none is taken for net unsaid."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.amounts.other_numbers import numbers_of
from retention_cli.mapping.amounts.tax_headers import is_tax, is_tax_rate, is_withheld
from retention_cli.mapping.headers import Strength, folded
from retention_cli.mapping.money.finding import are_flags, words_of
from retention_cli.mapping.place import Place
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.base import NO, headers_of
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retention_cli.mapping.amounts.other_numbers import Numbers
    from retention_cli.mapping.headers import Matches
    from retention_cli.mapping.layout import Layout
    from retention_cli.reading.text import TextSheet

_NOT_SURELY_NET = {"amount", "invoiceamount"}
_WITH_TAX = lazy_pattern("incl|inkl|compris|ttc")
_MOST_COLUMNS = 16
_SHARE = r"\A\s*[0-9]{1,2}(?:[.,][0-9]+)?\s*%?\s*\z"
_HIGHEST_RATE, _FEW_RATES = 30, 4


def net_by_proof(sheet: TextSheet, matches: Matches) -> tuple[int, str] | None:
    """Find the amount without tax where a column and the tax add up to another, in every row.

    Shape: its place, and what proves it. Nothing where no row has tax, where nothing adds up, and
        where the column that is named as the amount is the net one already.
    Errors: AmbiguousColumnError where a column that is named as net has the tax in it.
    """
    named = named_amounts(matches)
    taxes = _taxes(sheet, range(len(sheet.headers)))
    if not named or not taxes:
        return None
    taken = {one.index for column, one in matches.found.items() if column != "amount"}
    free = [at for at in range(len(sheet.headers)) if at not in {*taken, *taxes}]
    found = _pairs(_columns(sheet, free), taxes, sheet)
    proven = {net: said for net, gross, said in found if net in named or gross in named}
    if len(proven) != 1 or named == tuple(proven):
        return None
    ((net, said),) = proven.items()
    says = not meaning(sheet.headers[net]).any.isdisjoint({"net", "sub"})
    if net not in named and not says and _surely_net(matches):
        raise _contradiction(sheet, named[0], net, said)
    return net, said


def _surely_net(matches: Matches) -> bool:
    match = matches.found.get("amount")
    if match is None or match.strength == Strength.WEAK:
        return False
    return match.alias not in _NOT_SURELY_NET


def _contradiction(sheet: TextSheet, named: int, net: int, said: str) -> AmbiguousColumnError:
    return AmbiguousColumnError(
        sheet.name,
        f"amount ('{sheet.headers[named]}')",
        f"it is named as net of tax, but {said}",
        "say which is net in retention.toml:",
        snippet=Place(sheet.file, sheet.sheet).lines(
            "invoices",
            f"amount = {quoted(sheet.headers[net])}",
            f"# amount = {quoted(sheet.headers[named])}",
        ),
    )


def refuse_unproven(sheet: TextSheet, layout: Layout) -> None:
    """Ask about an amount that may have the tax of another column in it, where nothing proves it.

    Errors: AmbiguousColumnError, with the two lines to choose from.
    """
    source = layout.sources.get("amount")
    if layout.kind != "invoices" or not isinstance(source, int) or "amount" in layout.reasons:
        return
    weak = headers_of(layout.model.model_fields["amount"]).weak
    if layout.aliases["amount"] not in _NOT_SURELY_NET | {folded(name) for name in weak}:
        return
    taxes = _taxes(sheet, layout.others.values())
    rates = [at for header, at in layout.others.items() if is_tax_rate(header)]
    if not taxes and any(_has_rates(sheet, at) for at in rates):
        raise _of_rates(sheet, source, rates)
    amounts = numbers_of(sheet, source) if taxes else None
    if amounts is None:
        _refuse_flag(sheet, layout, source)
        return
    free = [at for at in layout.others.values() if at not in taxes]
    beside = _columns(sheet, free)
    if any(net == source for net, _, _ in _pairs({source: amounts, **beside}, taxes, sheet)):
        return
    raise _question(sheet, source, amounts, taxes)


def named_amounts(matches: Matches) -> tuple[int, ...]:
    """Give the columns that are named as the amount: one, or several that may each be it."""
    if "amount" in matches.found:
        return (matches.found["amount"].index,)
    return matches.rivals.get("amount", ())


def _taxes(sheet: TextSheet, places: Iterable[int]) -> dict[int, Numbers]:
    """Give those of some columns that are tax, and what is withheld as numbers below 0."""
    taxes = _columns(sheet, [at for at in places if is_tax(sheet.headers[at])])
    withheld = _columns(sheet, [at for at in places if is_withheld(sheet.headers[at])])
    return taxes | {at: -np.abs(one) for at, one in withheld.items()} if taxes else {}


def _columns(sheet: TextSheet, places: Sequence[int]) -> dict[int, Numbers]:
    """Give those of some columns that are numbers, and not all of them 0."""
    found = {place: numbers_of(sheet, place) for place in places[:_MOST_COLUMNS]}
    return {place: one for place, one in found.items() if one is not None and one.any()}


def _pairs(
    columns: dict[int, Numbers], taxes: dict[int, Numbers], sheet: TextSheet
) -> Iterator[tuple[int, int, str]]:
    """Give columns that differ by the tax in every row: the net one, the gross one, and why."""
    together = [tuple(taxes)] + ([(one,) for one in taxes] if len(taxes) > 1 else [])
    for net, gross in permutations(columns, 2):
        for added in together:
            tax = sum(taxes[one] for one in added)
            taxed = np.asarray(tax) != 0
            if not np.array_equal(columns[net] + tax, columns[gross]):
                continue
            if (np.abs(columns[net]) < np.abs(columns[gross]))[taxed].all():
                summands = " and ".join(f"'{sheet.headers[at]}'" for at in (net, *added))
                yield net, gross, f"{summands} add up to '{sheet.headers[gross]}'"
                break
            if (np.abs(columns[net]) > np.abs(columns[gross]))[taxed].all():
                # Tax is written as a negative number: what is left of the gross amount is net.
                summands = " and ".join(f"'{sheet.headers[at]}'" for at in (net, *added))
                yield gross, net, f"{summands} add up to '{sheet.headers[gross]}'"
                break


def _refuse_flag(sheet: TextSheet, layout: Layout, source: int) -> None:
    """Ask about amounts of which a yes says that their tax is in them."""
    for header, at in layout.others.items():
        words = words_of(sheet, at) if {"gross", "tax"} & meaning(header).any else []
        if _WITH_TAX.search(folded(header)) and are_flags(words) and not {*words} <= {*NO, "0"}:
            raise AmbiguousColumnError(
                sheet.name,
                f"amount ('{sheet.headers[source]}')",
                f"'{header}' says that tax is in it, and not how much",
                'say tax = "included 19%" in retention.toml if that much is, tax = "none" to keep it',
            )


def _question(
    sheet: TextSheet, source: int, amounts: Numbers, taxes: dict[int, Numbers]
) -> AmbiguousColumnError:
    if all(_is_rate(one, amounts) for one in taxes.values()):
        return _of_rates(sheet, source, list(taxes))
    header = sheet.headers[source]
    named = _named_all(sheet, taxes)
    net = f"amount = {quoted(header)}"
    headers = ", ".join(quoted(sheet.headers[at]) for at in (source, *taxes))
    blank = any(_has_blanks(sheet, at) for at in taxes)
    gross = f"amount = {{ subtract = [{headers}]{', blank_is_zero = true' if blank else ''} }}"
    return AmbiguousColumnError(
        sheet.name,
        f"amount ('{header}')",
        f"nothing proves whether the tax in {named} is part of it",
        "choose one in retention.toml:",
        snippet=Place(sheet.file, sheet.sheet).lines(
            "invoices", f"{gross}   # the tax is in it", f"# {net}   # it is without the tax"
        ),
    )


def _of_rates(sheet: TextSheet, source: int, rates: Sequence[int]) -> AmbiguousColumnError:
    return AmbiguousColumnError(
        sheet.name,
        f"amount ('{sheet.headers[source]}')",
        f"it is not known whether the tax is in it whose rate is in {_named_all(sheet, rates)}",
        'say tax = "none" in retention.toml if it is not, tax = "included 19%" if that much is',
    )


def _named_all(sheet: TextSheet, places: Iterable[int]) -> str:
    return " and ".join(f"'{sheet.headers[at]}'" for at in places)


def _has_rates(sheet: TextSheet, place: int) -> bool:
    """Say whether a column has shares, and any that is not 0."""
    texts = pc.unique(sheet.column(place)).drop_null()
    found = texts.filter(pc.match_substring_regex(texts, _SHARE))
    return pc.any(pc.match_substring_regex(found, "[1-9]")).as_py() is True


def _has_blanks(sheet: TextSheet, place: int) -> bool:
    blank: bool = pc.any(pc.is_null(sheet.column(place))).as_py()
    return blank


def _is_rate(tax: Numbers, amounts: Numbers) -> bool:
    """Tell rates of tax from its amounts: few of them, below thirty, whatever the amount is."""
    few = len(np.unique(tax)) <= min(_FEW_RATES, len(np.unique(amounts)) - 1)
    return few and bool((tax >= 0).all()) and bool((tax <= _HIGHEST_RATE * 10**6).all())
