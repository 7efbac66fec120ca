"""What a screen has below the accounts: the whale curve, what makes profit and losses, managers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_cli.reports.accounts._beside import ledger_text, what_if_lines
from retention_cli.reports.accounts._rows import EIGHTY
from retention_cli.reports.accounts._shown import between, money, ratio
from retention_cli.reports.words.console import Listing, marked, section
from retention_cli.reports.words.numbers import count, text
from retention_cli.text.wording import do, many
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from retention_cli.results.accounts import Accounts, CostLine, Manager, Trait

_LEVELS = "▁▂▃▄▅▆▇█"
_HEIGHT, _MOST_WIDTH, _LEAST_POINTS, _LEFT = 5, 72, 5, 8
_MOST_MANAGERS = 8
_MOST_LINES = 40
_MOST_LEDGER = 10


def below_table(found: Accounts, width: int | None) -> Iterator[RenderableType]:
    """Give what stands between the accounts and what is to be said of the data."""
    if hidden := between(found, found.limit):
        yield f"  {many(hidden, 'account')} between; --all shows them"
    shares = [one.cumulative_share for one in found.accounts if one.cumulative_share is not None]
    if len(shares) >= _LEAST_POINTS:
        yield ""
        yield from section("Cumulative profit, best account first", curve(shares, width))
    yield from _block(
        "Ledger", list(ledger_text(found, most=_MOST_LEDGER if found.limit else None))
    )
    yield from _block("What if", list(what_if_lines(found)))
    yield from _block("Profit", list(_profit(found)))
    yield from _block("Why", list(_why(found)))
    if found.managers:
        yield ""
        yield Listing(
            ("Manager", "Accounts", "Kept", "Revenue", "Margin"), _managers(found), whole=1
        )
    if found.members:
        yield ""
        yield Listing(
            ("Account", "Cost line", "Date", "Number", "Rate", "Amount", "Row"), _lines(found)
        )


def _block(heading: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    if lines:
        yield ""
        yield from section(heading, lines) if len(lines) > 1 else [marked(heading, lines[0])]


def curve(shares: Sequence[Fraction], width: int | None) -> list[str]:
    r"""Draw cumulative shares as blocks, from the first account to the last.

    Example:
        >>> from fractions import Fraction
        >>> print("\n".join(curve([Fraction(n, 4) for n in (2, 3, 4, 4, 3)], 24)[-2:]))
          0 % ████████████████
              1     5 accounts
    """
    room = max(min(width or _MOST_WIDTH, _MOST_WIDTH) - _LEFT, 2 * _LEAST_POINTS)
    size = len(shares)
    points = [shares[min((place + 1) * size // room, size - 1)] for place in range(room)]
    if size < room:
        points = [shares[place * size // room] for place in range(room)]
    lines = []
    for row in reversed(range(_HEIGHT)):
        label = {_HEIGHT - 1: "100 %", 0: "0 %"}.get(row, "")
        blocks = "".join(_block_of(share, row) for share in points)
        lines.append(f"{label:>5} {blocks.rstrip()}")
    last = many(size, "account")
    return [*lines, f"      1{last:>{max(room - 1, len(last) + 1)}}"]


def _block_of(share: Fraction, row: int) -> str:
    filled = round(share * _HEIGHT * len(_LEVELS)) - row * len(_LEVELS)
    if filled <= 0:
        return " "
    return _LEVELS[min(filled, len(_LEVELS)) - 1]


def _profit(found: Accounts) -> Iterator[str]:
    gains, losers = found.gains, found.losers
    if gains:
        first, all_of_them = found.making(EIGHTY), len(found.accounts)
        of = f"{count(first)} of {many(all_of_them, 'account')}"
        yield f"{of} {do(first, 'make')} 80 % of all profits, which are {money(gains)}"
    if losers:
        lost = -sum(one.profit or 0 for one in losers)
        of = f", {ratio(Fraction(lost) / gains)} of all profits" if gains else ""
        yield f"{many(len(losers), 'account')} {do(len(losers), 'lose')} {money(lost)}{of}"
    if (left := found.leavers) and left.customers and found.before:
        said = f"{many(left.customers, 'customer')} left: {count(left.gainers)} of them made"
        said += f" {money(left.profit)} in {found.before.label}"
        if left.loss_makers:
            said += f"; {count(left.loss_makers)} lost {money(-left.losses)}"
        yield said


def _why(found: Accounts) -> Iterator[str]:
    """Say of each account at either end in what it differs from its peers."""
    known = [one.customer_id for one in found.accounts if one.profit is not None]
    most = found.limit or 5
    ends = dict.fromkeys([*known[:most], *known[-most:]])
    names = {one.customer_id: one.customer_name for one in found.accounts}
    told = {one.customer_id: one for one in found.why}
    for id_ in ends:
        if id_ in told and told[id_].traits:
            traits = "; ".join(map(trait_text, told[id_].traits))
            name = f" {names[id_]}" if names[id_] else ""
            yield f"{id_}{name} ({told[id_].peers}): {traits}"


def trait_text(one: Trait) -> str:
    """Write in what an account differs from its peers."""
    value, peers = text(one.value, one.unit), text(one.peers, one.unit)
    if one.unit is Unit.RATIO:
        whole = "of what was billed" if one.what == "returns" else "of revenue"
        return f"{one.what} {value} {whole}, peers {peers}"
    return f"{one.what} {value}, peers {peers}{'' if ' per ' in one.what else ' on average'}"


def _managers(found: Accounts) -> tuple[tuple[str, ...], ...]:
    shown = found.managers if found.limit is None else found.managers[:_MOST_MANAGERS]
    rows = [_manager(one) for one in shown]
    if more := len(found.managers) - len(shown):
        rows.append((f"and {more} more", "", "", "", ""))
    return tuple(rows)


def _manager(one: Manager) -> tuple[str, ...]:
    kept = f"{ratio(one.retention)} of {count(one.starters)}" if one.starters else "-"
    name = "no manager" if one.name is None else one.name
    return (name, count(one.accounts), kept, money(one.totals.revenue), ratio(one.totals.margin))


def _lines(found: Accounts) -> tuple[tuple[str, ...], ...]:
    most = None if found.limit is None else _MOST_LINES
    rows: list[tuple[str, ...]] = []
    for place, one in enumerate(found.lines()):
        if place == most:
            rows.append(("…", "--all shows every line", "", "", "", "", ""))
            break
        rows.append(_line(one))
    return tuple(rows)


def _line(one: CostLine) -> tuple[str, ...]:
    row = f"{one.file or 'row'} {one.row}" if one.row else ""
    number = "" if one.quantity is None else text(one.quantity, Unit.COUNT)
    rate = "" if one.rate is None else money(one.rate)
    owner = one.customer_id or "unallocated"
    return (owner, one.what, one.day or "", number, rate, money(one.amount), row)
