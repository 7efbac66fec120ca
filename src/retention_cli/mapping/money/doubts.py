"""Columns beside an amount that change what its rows are: asked about once, before any is counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.amounts.other_numbers import SCALE, millionths, numbers_of
from retention_cli.mapping.cells.currencies import are_currencies
from retention_cli.mapping.headers import folded
from retention_cli.mapping.money.amounts import is_positive, named
from retention_cli.mapping.money.asking import recipe_text
from retention_cli.mapping.money.beside import has_shares, is_share
from retention_cli.mapping.money.case import OTHERS, distinct
from retention_cli.mapping.money.finding import are_flags, is_doubt, is_quantity, is_yes, words_of
from retention_cli.mapping.money.pieces import of_one_piece
from retention_cli.mapping.money.versions import outdated, version_columns
from retention_cli.mapping.words.meaning import meaning
from retention_cli.patterns import lazy_pattern
from retention_cli.records.billing_statuses import BILLED, REFUNDED, VOID
from retention_cli.settings import Recipe
from retention_cli.text.toml_text import quoted

if TYPE_CHECKING:
    from retention_cli.mapping.money.case import Case

_FEE = {"fee"}
_WHOLE, _NO_WHOLE = {"gross", "net", "amount", "total", "revenue"}, {"tax", "fee", "discount", "id"}
_SHARE = r"\A[0-9]{1,3}(?:[.,][0-9]+)?\s*%?\z"
_PRICE_PER = lazy_pattern(
    "(?:price|preis|prix|precio|prezzo|prijs|preco|rate)(?:per|pro|par|por|je|au)"
)
_CAPTURED = lazy_pattern("(?:amount|net)?(?:captured|settled)(?:amount)?")
_SURELY = r"\A(?:100(?:[.,]0+)?\s*%?|1(?:[.,]0+)?)\z"


def refuse_doubts(case: Case) -> None:
    """Ask about rows that may not count, or not as they stand, as another column says.

    Errors: AmbiguousColumnError, with the lines for the likelier answer and for the other.
    """
    for header, place in case.layout.others.items():
        if is_doubt(header, "chance"):
            _refuse_chances(case, header, place)
        elif is_doubt(header, "reversed"):
            _refuse_reversed(case, header, place)
        elif is_doubt(header, "returned_on"):
            _refuse_returned(case, header, place)
        elif is_doubt(header, "exchange"):
            _refuse_currencies(case, header, place)
        elif header in case.others and _CAPTURED.fullmatch(folded(header)):
            _refuse_captured(case, header, place)
    _refuse_codes(case)
    for header, place in version_columns(case):
        _refuse_versions(case, header, place)
    _refuse_after_fees(case)
    _refuse_fees(case)
    for column, sort in (("amount", "piece"), ("cost", "piece_cost")):
        refuse_prices(case, column, sort)


def _refuse_chances(case: Case, header: str, place: int) -> None:
    """Ask about deals that are not won yet, as their chance says."""
    words = case.words(place)
    found = pc.unique(words).drop_null()
    if not len(found) or not pc.all(pc.match_substring_regex(found, _SHARE)).as_py():
        return
    open_ = pc.fill_null(pc.invert(pc.match_substring_regex(words, _SURELY)), False)
    if not pc.any(open_).as_py():
        return
    won = [word for word in found.to_pylist() if re.fullmatch(_SURELY[2:-2], word)]
    raise case.ask(
        f"amount ('{case.header('amount')}')",
        f"'{header}' is not 100 % in {case.counted(open_)}: these may be deals that are not won",
        f"where every row counts, write amount = {case.as_it_stands}; where only what is won counts, write this",
        columns={"status": quoted(header)},
        values={"status": {**dict.fromkeys(sorted(won), BILLED), OTHERS: VOID}},
    )


def _refuse_versions(case: Case, header: str, place: int) -> None:
    """Ask whether only the last version of an invoice counts, where rows of one have several."""
    if case.told_amount.last or (old := outdated(case, place)) is None:
        return
    raise case.ask(
        f"amount ('{case.header('amount')}')",
        f"rows of one invoice have several versions in '{header}': {case.counted(old)} of earlier"
        " ones",
        f"where every row counts, write amount = {case.as_it_stands}; where only the last version counts, write this",
        columns={"amount": case.amount(last=header)},
    )


def _refuse_codes(case: Case) -> None:
    """Ask about a column of another name that has the codes of several currencies."""
    if "currency" in case.cells:
        return
    for header, place in case.others.items():
        words = words_of(case.sheet, place)
        if len(words) > 1 and are_currencies(words):
            raise case.ask(
                f"amount ('{case.header('amount')}')",
                f"'{header}' has {named(sorted(words))}, which are currencies: amounts of several are"
                " not added up",
                f"if they are something else, write leave_out = {{ {quoted(header)} = [] }}; if they"
                " are, write this",
                columns={"currency": quoted(header)},
            )


def _refuse_captured(case: Case, header: str, place: int) -> None:
    """Ask which of two amounts was sold, where less than the other one was captured of some."""
    told = case.rule is not None and "amount" in case.rule.columns
    found, whole = numbers_of(case.sheet, place), millionths(case.amounts)
    if told or found is None or whole is None or not found.any() or np.array_equal(found, whole):
        return
    raise case.ask(
        f"amount ('{case.header('amount')}')",
        f"'{header}' beside it differs in {case.counted(pa.array(found != whole))}",
        f"if what was asked for counts, write amount = {case.as_it_stands}; if what came in does,"
        " write this",
        columns={"amount": recipe_text(Recipe(from_=header))},
    )


def refuse_shares(case: Case) -> None:
    """Ask whether an amount is of its row, where shares of less than all of it stand beside it.

    Errors: AmbiguousColumnError, with the line that takes the share.
    """
    if case.rule and "amount" in case.rule.columns:
        return
    for header, place in case.others.items():
        if not is_share(header) or not has_shares(case.words(place)):
            continue
        amount, texts = case.header("amount"), pc.unique(case.words(place)).drop_null()
        parts = pc.all(pc.match_substring_regex(texts, r"\A[01]?(?:[.,][0-9]+)?\z")).as_py()
        share = Recipe(multiply=(amount, header), unit=None if parts else "percent")
        raise case.ask(
            f"amount ('{amount}')",
            f"'{header}' beside it is not always the whole: an amount may be that of its row, or one"
            " of which the row has a share",
            f"if it is of its row, write amount = {case.as_it_stands}; if the row has a share of it,"
            " write this",
            columns={"amount": recipe_text(share)},
        )


def _refuse_reversed(case: Case, header: str, place: int) -> None:
    """Ask whether rows that a flag calls reversed were cancelled, or take others off."""
    words = case.words(place)
    marked = pc.and_(is_yes(words), is_positive(case.amounts))
    if not are_flags(words_of(case.sheet, place)) or not pc.any(marked).as_py():
        return
    yes = distinct(words, marked)
    raise case.ask(
        "amount",
        f"'{header}' has {named(yes)} in {case.counted(marked)}, and their amounts have no sign",
        "if these rows take others off, write amount ="
        f" {case.amount(negative={header: tuple(yes)})}; if they were cancelled, write this",
        columns={"status": quoted(header)},
        values={"status": {**dict.fromkeys(yes, VOID), OTHERS: BILLED}},
    )


def _refuse_returned(case: Case, header: str, place: int) -> None:
    """Ask about goods that came back, where no amount is below zero."""
    words = case.words(place)
    back = pc.and_(pc.is_valid(words), is_positive(case.amounts))
    if pc.all(back).as_py() or not pc.any(back).as_py() or case.has_amounts_below_zero:
        return
    raise case.ask(
        f"amount ('{case.header('amount')}')",
        f"'{header}' is filled in {case.counted(back)}: goods may have come back",
        f"where every row counts, write amount = {case.as_it_stands}; where these were refunded,"
        " write this",
        columns={"status": quoted(header)},
        values={"status": {OTHERS: REFUNDED}},
    )


def _refuse_currencies(case: Case, header: str, place: int) -> None:
    """Ask about amounts of several rates of exchange, where no column has a currency."""
    source = case.layout.sources["amount"]
    rates = numbers_of(case.sheet, place)
    if "currency" in case.cells or not isinstance(source, int) or rates is None:
        return
    if len(np.unique(rates[rates != 0])) < 2:
        return
    amount = case.header("amount")
    raise case.ask(
        f"amount ('{amount}')",
        f"it is in several currencies by '{header}', or in one already",
        f"if it is in one, write amount = {case.as_it_stands}; if the rate is to be"
        " applied, write this",
        columns={"amount": recipe_text(Recipe(multiply=(amount, header)))},
    )


def _refuse_after_fees(case: Case) -> None:
    """Ask about an amount that is what fees left of another."""
    source = case.layout.sources["amount"]
    fees = [at for header, at in case.layout.others.items() if _FEE & meaning(header).any]
    if not fees or not isinstance(source, int) or (case.rule and "amount" in case.rule.columns):
        return
    net = numbers_of(case.sheet, source)
    if net is None:
        return
    for place in fees:
        fee = numbers_of(case.sheet, place)
        if fee is None or not fee.any():
            continue
        for header, at in case.layout.others.items():
            gross = numbers_of(case.sheet, at) if at not in fees else None
            if gross is not None and np.array_equal(net + np.abs(fee) * np.sign(gross), gross):
                amount = case.header("amount")
                raise case.ask(
                    f"amount ('{amount}')",
                    f"it is '{header}' less '{case.sheet.headers[place]}'",
                    f"if that is what was sold, write amount = {case.as_it_stands}; if it is before"
                    " these, write this",
                    columns={"amount": recipe_text(Recipe(from_=header))},
                )


def _refuse_fees(case: Case) -> None:
    """Ask about an amount that is named as a fee, beside one that is not."""
    source = case.layout.sources["amount"]
    amount = case.header("amount")
    if not isinstance(source, int) or not _FEE & meaning(amount).any:
        return
    for header, at in case.layout.others.items():
        said = meaning(header).any
        if (
            said & _WHOLE
            and not said & _NO_WHOLE
            and (one := numbers_of(case.sheet, at)) is not None
        ):
            if not one.any():
                continue
            raise case.ask(
                f"amount ('{amount}')",
                f"it is named as a fee, and '{header}' is money too",
                f"if the fee is what was sold, write amount = {case.as_it_stands}; if it is the other,"
                " write this",
                columns={"amount": recipe_text(Recipe(from_=header))},
            )


def refuse_prices(case: Case, column: str, sort: str) -> None:
    """Ask whether a price is of one piece, beside a quantity that is not always 1.

    Errors: AmbiguousColumnError.
    """
    source = case.layout.sources.get(column)
    told = case.rule is not None and column in case.rule.columns
    if told or not isinstance(source, int):
        return
    header = case.sheet.headers[source]
    named = is_doubt(header, sort) or _PRICE_PER.match(folded(header)) is not None
    for quantity, place in case.layout.others_and_quantity(case.sheet.headers).items():
        if not is_quantity(quantity) or not (
            _is_several(case, place) if named else of_one_piece(case, column, place)
        ):
            continue
        is_price = "it is a price" if named else "it does not grow with the quantity"
        raise case.ask(
            f"{column} ('{header}')",
            f"{is_price}, and '{quantity}' beside it is not always 1",
            f"if it is of the whole row, write {column} = {recipe_text(Recipe(from_=header))}; if it"
            " is of one piece, write this",
            columns={column: recipe_text(Recipe(multiply=(quantity, header)))},
        )


def _is_several(case: Case, place: int) -> bool:
    numbers = numbers_of(case.sheet, place)
    return numbers is not None and bool((np.abs(numbers) > SCALE).any())
