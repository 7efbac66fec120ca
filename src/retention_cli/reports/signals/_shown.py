"""Signals as people read them: accounts with their signs, the rules, and the back-test."""

from __future__ import annotations

from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING

from retention_cli.reports.words.figures import reason_text
from retention_cli.reports.words.numbers import count, text
from retention_cli.results.signals import ANY, LEARNED
from retention_cli.values.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_cli.results.signals import (
        Account,
        Learned,
        RuleFacts,
        Score,
        Signal,
        Signals,
        Spot,
    )

WEAK = "*"
WEAK_TEXT = f"{WEAK} does not beat flagging by silence alone, or chance"
UNKNOWN = "-"
_MOST_ROWS = 3
_NAMES = {ANY: "Any rule", LEARNED: "Learned weights", "everyone": "Flag everyone"}
TEST_HEADINGS = ("Rule", "Flagged", "Left", "Precision", "Recall", "Lift", "95 %", "Missed", "Lead")
NARROW = 7
"""So many of these columns fit on 80."""


def title(found: Signals) -> str:
    """Name the page, and say how many customers have signs."""
    return (
        f"Signals as of {found.as_of}: {count(len(found.accounts))} of"
        f" {count(found.customers)} customers"
    )


def heading(one: Account) -> str:
    """Name an account."""
    return f"{one.customer_name} ({one.customer_id})" if one.customer_name else one.customer_id


def stake(one: Account, found: Signals) -> str:
    """Say what is at stake."""
    if one.revenue is None:
        return ""
    revenue = text(one.revenue, Unit.MONEY, currency=found.currency)
    profit = "" if one.profit is None else f", profit {text(one.profit, Unit.MONEY)}"
    return f"{revenue}{profit}"


def sign_text(sign: Signal, found: Signals) -> str:
    """Say what a sign is, since when, and in which rows."""
    files: dict[str, list[str]] = {}
    for spot in sign.rows[:_MOST_ROWS]:
        files.setdefault(_file(spot), []).append(str(spot.row or ""))
    shown = [f"{file}{_numbered(numbers)}" for file, numbers in files.items()]
    more = len(sign.rows) - _MOST_ROWS
    rows = f" [{'; '.join(shown)}{f' and {count(more)} more' if more > 0 else ''}]" if shown else ""
    answered = f"; answered on {sign.answered_on}" if sign.answered_on else ""
    return f"{name_of(sign.rule, found)} since {sign.since}: {sign.said}{rows}{answered}"


def _numbered(numbers: list[str]) -> str:
    known = [number for number in numbers if number]
    return f" row{'s' * (len(known) > 1)} {', '.join(known)}" if known else ""


def _file(spot: Spot) -> str:
    """Name a file without its folders, which every format for programs has."""
    name = PurePath(spot.file).name if spot.file else "row"
    return f"{name} sheet '{spot.sheet}'" if spot.sheet else name


def todo(one: Account) -> str:
    """Say what to do next, and whose it is."""
    owner = f" ({one.owner})" if one.owner else ""
    done = f"; all answered by {one.answered_on}" if one.answered_on else ""
    return f"next: {one.next_step}{owner}{done}"


def name_of(rule: str, found: Signals) -> str:
    """Give the title of a rule, marked where it does not beat silence."""
    named = {one.name: one.title for one in found.rules} | _NAMES
    return named[rule] + (WEAK if found.weak(rule) else "")


def rule_text(one: RuleFacts, found: Signals) -> str:
    """Say how many a rule found, with its thresholds, or why nobody can be found."""
    if one.reason:
        return f"{one.title}: not looked for, since {reason_text(one.reason)}"
    told = ", ".join(f"{name} = {value}" for name, value, _ in one.thresholds)
    return f"{name_of(one.name, found)}: {count(one.found)}{f' ({told})' if told else ''}"


def shared_text(found: Signals) -> str:
    """Say what all rules rest on."""
    told = ", ".join(f"{name} = {value}" for name, value, _ in found.shared)
    return f"for all: {told}; [signals] in retention.toml changes any of these"


def test_rows(found: Signals) -> list[tuple[str, ...]]:
    """Give a row for each rule that was tested."""
    scores = found.backtest.scores if found.backtest else ()
    return [_score(one, found) for one in scores if one.reason is None]


def _score(one: Score, found: Signals) -> tuple[str, ...]:
    low_high = one.lift_interval if one.rule != "everyone" else None
    lead = UNKNOWN if one.lead_days_median is None else f"{float(one.lead_days_median):g} days"
    return (
        name_of(one.rule, found),
        count(one.flagged),
        count(one.leavers_flagged),
        _ratio(one.precision),
        _ratio(one.recall),
        UNKNOWN if one.lift is None else f"{float(one.lift):.2f}",
        f"{low_high[0]:.2f} to {low_high[1]:.2f}" if low_high else "",
        count(one.leavers_missed),
        lead,
    )


def test_lines(found: Signals) -> Iterator[str]:
    """Say what was tested, how to read it, and which rules were not."""
    test = found.backtest
    if test is None:
        yield "no rule was tested in this run: --backtest says how often each was right"
        return
    if test.reason:
        yield f"no back-test: {reason_text(test.reason)}"
        return
    yield (
        f"{len(test.closes)} closes from {test.closes[0]} to {test.closes[-1]}, with what was known"
        f" then: {count(test.pairs)} times a customer was there, {count(test.leavers)} times it left"
        f" within {test.horizon} days ({_ratio(Fraction(test.leavers, test.pairs))}, which is chance)"
    )
    yield "lift: how many times as many of the flagged left as of everyone, with its 95 % interval"
    if any(found.weak(one.rule) for one in test.scores):
        yield WEAK_TEXT
    quiet = [one for one in test.scores if one.reason is not None]
    for reason in dict.fromkeys(one.reason.message for one in quiet if one.reason):
        alike = [
            name_of(one.rule, found) for one in quiet if one.reason and one.reason.message == reason
        ]
        yield f"{', '.join(alike)}: {reason}"
    yield from test.notes
    if test.learned is not None:
        yield from _learned_lines(test.learned, found)


def _learned_lines(one: Learned, found: Signals) -> Iterator[str]:
    """Say what the weights of the rules are, and how they did at later closes."""
    if one.reason is not None:
        yield f"no weights were learned: {reason_text(one.reason)}"
        return
    odds = ", ".join(f"{name_of(rule, found)} {times:.2f}" for rule, times in one.weights)
    yield f"learned on closes from {one.fitted_on[0]} to {one.fitted_on[-1]}, times the odds of leaving: {odds}"
    yield (
        f"tested on closes from {one.tested_on[0]} to {one.tested_on[-1]}, flagging who has a sign and is"
        " likelier to leave than customers were before:"
    )
    for score in one.scores:
        if score.reason is None and score.rule != "everyone":
            *_, missed, _ = cells = _score(score, found)
            name = cells[0].removesuffix(WEAK) + (WEAK if score.beats is False else "")
            yield (
                f"{name}: {cells[1]} flagged, {cells[2]} of them left ({cells[3]}), {missed} missed;"
                f" lift {cells[5]}{f' ({cells[6]})' if cells[6] else ''}"
            )


def _ratio(value: Fraction | None) -> str:
    return UNKNOWN if value is None else text(value, Unit.RATIO)
