"""How a model did on the past, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_cli.reports.clv._blocks import UNKNOWN, Block, bar
from retention_cli.reports.words.figures import reason_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.lifetimes import Backtest, Score

_BAR = 14


def headline(tested: Backtest) -> str:
    """Say whether the model beats both other ways; where it does not, in what."""
    span = f"{tested.held_out.start} to {tested.held_out.last_day}, held out"
    if tested.reason is not None:
        return f"No back-test of {span}: {reason_text(tested.reason)}"
    if tested.beats_both:
        return (
            f"Tested on {span}: the model beats 'the same as last period' and 'everyone the mean'"
        )
    ways: dict[str, list[str]] = {}
    for measure, than in tested.not_better:
        ways.setdefault(than, []).append(measure)
    said = "; ".join(f"'{than}' in {', '.join(what)}" for than, what in ways.items())
    return f"The model does not beat {said} (tested on {span})"


def backtest_blocks(tested: Backtest, currency: str | None) -> Iterator[Block]:
    """Give how each way to predict did, and what was said and what came by tenths of the customers."""
    money = f" in {currency}" if currency and tested.of == "value" else ""
    what = f"{tested.of}{money}"
    past = f"{tested.past.start} to {tested.past.last_day}"
    if tested.reason is not None:
        return
    yield Block(
        f"Back-test: {what} of {tested.n:,} customers, fitted on {past} alone",
        ("", "total", "error", "rank correlation", "top tenth found"),
        (
            *(_score(one) for one in tested.scores),
            ("what came", f"{tested.actual:,.2f}", "", "", ""),
        ),
    )
    most = max((max(one.predicted, one.actual) for one in tested.deciles), default=0) or 1
    yield Block(
        f"Calibration: mean {what} of each tenth of the customers, the best by the model first",
        ("tenth", "customers", "predicted", "", "came", ""),
        tuple(
            (
                str(at),
                f"{one.n:,}",
                f"{one.predicted:,.2f}",
                bar(one.predicted / most, _BAR),
                f"{one.actual:,.2f}",
                bar(one.actual / most, _BAR),
            )
            for at, one in enumerate(tested.deciles, start=1)
        ),
        bars=frozenset({3, 5}),
    )


def _score(one: Score) -> tuple[str, ...]:
    return (
        one.name,
        f"{one.total:,.2f}",
        UNKNOWN if one.error is None else f"{one.error * 100:+.1f} %",
        UNKNOWN if one.rank_correlation is None else f"{one.rank_correlation:.2f}",
        UNKNOWN if one.top_tenth is None else f"{one.top_tenth * 100:.1f} %",
    )
