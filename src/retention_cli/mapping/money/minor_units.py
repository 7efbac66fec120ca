"""Whole amounts as interfaces of payment systems write them: they may be in cents."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retention_cli.mapping.headers import folded
from retention_cli.patterns import lazy_pattern

if TYPE_CHECKING:
    from retention_cli.mapping.money.case import Case

_SEEN = 1_000
_WHOLE = r"\A-?[0-9]+\z"
_ID = (
    r"\A(?:ch|py|pi|in|ii|li|txn|pay|payment|cus|cust|customer|sub|tr|po|re|rfnd|refund|order|inv"
    r"|ord|trx|psp|src|card|pm)_[A-Za-z0-9]{3,}\z|\A(?:PM|CU|MD|SB|EV|BA)[0-9A-Z]{11,}\z"
)
"""Ids that payment systems give to what they hold."""
_FIELD = lazy_pattern(r"[a-z0-9_.\[\]]+")
_HEADERS = {
    *("amountcaptured", "amountrefunded", "amountdue", "amountpaid", "amountremaining"),
    *("amountreceived", "unitamount", "amountsubtotal", "amounttotal", "balancetransaction"),
    *("paymentintent", "paymentintentid", "livemode", "applicationfeeamount", "pspreference"),
    *("amountoff", "statementdescriptor", "paymentmethoddetails", "amountvalue", "basevalue"),
}
_CRORES = lazy_pattern(r"(?i)(?:\(|\[|\bin |[₹$] ?|\binr |\brs\.? )cr\.?[)\]]?\s*$")
_LEAST = 50
"""No payment system takes less than half a unit: what is lower is in whole units."""
_WITHOUT_CENTS = pa.array(
    ["JPY", "KRW", "VND", "CLP", "PYG", "ISK", "UGX", "XAF", "XOF", "XPF", "RWF", "HUF", "TWD"]
)


def refuse_minor(case: Case) -> None:
    """Ask whether whole amounts among ids of a payment system are in cents.

    Errors: AmbiguousColumnError, with the two lines to choose from.
    """
    source = case.layout.sources.get("amount")
    if not isinstance(source, int) or (case.rule and "amount" in case.rule.columns):
        return
    if _CRORES.search(case.header("amount")):
        raise _credits_or_crores(case)
    texts = _first(case, source)
    if not len(texts) or not pc.all(pc.match_substring_regex(texts, _WHOLE)).as_py():
        return
    sizes = [abs(float(text)) for text in pc.unique(texts).to_pylist()]
    if max(sizes) < 2 * _LEAST or any(0 < size < _LEAST for size in sizes):
        return
    if not _is_of_payments(case) or _is_without_cents(case):
        return
    header = case.header("amount")
    raise case.ask(
        f"amount ('{header}')",
        "all are whole numbers beside ids or headers of a payment system, and may be in cents",
        f"if they are, add {_mapped(case, f'{header} in cents')}; if they are not, add"
        f" {_mapped(case, header)}; or, if they are, write this",
        columns={"amount": case.amount(unit="cents")},
    )


def _mapped(case: Case, source: str) -> str:
    return f"--map {quote(f'{case.layout.kind}.amount={source}')}"


def _credits_or_crores(case: Case) -> Exception:
    return case.ask(
        f"amount ('{case.header('amount')}')",
        "'Cr' in its header may say crores, which are 10,000,000 each, or credit",
        f"if the amounts are in whole units, write amount = {case.as_it_stands}; if they are in"
        " crores, write this",
        columns={"amount": case.amount(unit="crores")},
    )


def _first(case: Case, place: int) -> Any:
    return case.words(place).slice(0, _SEEN).drop_null()


def _is_of_payments(case: Case) -> bool:
    """Say whether headers or ids are those of a payment system's interface."""
    headers = case.sheet.headers
    written = [header for header in headers if _FIELD.fullmatch(header)]
    if {folded(header) for header in written} & _HEADERS:
        return True
    columns = (_first(case, place) for place in range(len(headers)))
    return any(
        len(some) and pc.all(pc.match_substring_regex(some, _ID)).as_py() for some in columns
    )


def _is_without_cents(case: Case) -> bool:
    codes = case.cells["currency"].texts if "currency" in case.cells else pa.array([], pa.string())
    found = pc.unique(codes).drop_null()
    return len(found) > 0 and bool(pc.all(pc.is_in(found, value_set=_WITHOUT_CENTS)).as_py())
