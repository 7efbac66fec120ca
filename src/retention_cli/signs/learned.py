"""Weights of the rules, learned from earlier closes and tested on later ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_cli.errors import RetentionError
from retention_cli.results.signals import ANY, LEARNED, Learned
from retention_cli.signs.history import day_of
from retention_cli.signs.rule import SILENCE
from retention_cli.signs.tallies import EVERYONE, Month, Tally, score_of
from retention_cli.values.measures import Undefined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from retention_cli.signs.groups import Mask

_PARTS = 3
"""The last of so many parts of the closes is what weights are tested on."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The flags of every rule at a close, and who left after it."""

    month: Month
    flags: Mapping[str, Mask]


def learned(tested: Sequence[Seen], horizon: int) -> Learned:
    """Weigh the rules on earlier closes, and flag by the weights at the later ones.

    Formula: the log-odds of leaving are a constant and the weights of the rules that flag (logistic
        regression with a penalty on squares, C = 1). It is fitted on the closes whose horizon was over
        when the last third of them began; of those with a sign, it flags at these who is likelier to
        leave than customers were at those.
    Errors: RetentionError where scikit-learn is not installed.
    """
    make = _regression()
    later = tested[-max(len(tested) // _PARTS, 1) :]
    earlier = [one for one in tested if one.month.close + horizon <= later[0].month.close]
    known = Learned(_days(earlier), _days(later))
    names = [
        name
        for name in (tested[0].flags.keys() - {ANY, EVERYONE})
        if all(name in one.flags for one in tested)
        and any(one.flags[name].any() for one in earlier)
    ]
    names.sort()
    left = [one.month.leaves[one.month.there] for one in earlier]
    leavers, all_ = (sum(int(x.sum()) for x in left), sum(len(x) for x in left))
    if not names or not 0 < leavers < all_:
        why = (
            "nobody was flagged, or nobody left, at closes that were over when the last third began"
        )
        return replace(known, reason=Undefined("nobody-flagged", why))
    patterns, counts = _alike(earlier, names)
    model = make(tol=1e-8).fit(np.vstack([patterns, patterns]), *_outcomes(counts))
    scores = _scores(model, later, names, leavers / all_)
    odds = tuple(zip(names, np.exp(model.coef_[0]).tolist(), strict=True))
    return replace(known, weights=tuple(sorted(odds, key=lambda one: -one[1])), scores=scores)


def _days(tested: Sequence[Seen]) -> tuple[date, ...]:
    return tuple(day_of(one.month.close - 1) for one in tested)


def _regression() -> Any:
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # an extra
    except ImportError:
        raise RetentionError(
            "--learn needs scikit-learn, which is not installed",
            "install it: pip install 'retention-cli[learn]'",
        ) from None
    return LogisticRegression


def _alike(tested: Sequence[Seen], names: Sequence[str]) -> tuple[Any, Any]:
    """Give each pattern of flags once, with how many stayed and how many left."""
    rows = np.concatenate([_rows(one, names) for one in tested])
    left = np.concatenate([one.month.leaves[one.month.there] for one in tested])
    patterns, place = np.unique(rows, axis=0, return_inverse=True)
    size = len(patterns)
    return patterns, [np.bincount(place[left == way], minlength=size) for way in (False, True)]


def _outcomes(counts: Any) -> tuple[Any, Any]:
    stayed, left = counts
    return np.repeat([0, 1], len(stayed)), np.concatenate([stayed, left])


def _rows(one: Seen, names: Sequence[str]) -> Any:
    there = one.month.there
    return np.stack([one.flags[name][there] for name in names], axis=1).astype(np.float64)


def _scores(model: Any, later: Sequence[Seen], names: Sequence[str], usual: float) -> Any:
    """Score the weights on the later closes, beside what they are to be held against."""
    size = len(later[0].month.there)
    tallies = {name: Tally.of(size) for name in (LEARNED, ANY, SILENCE, EVERYONE)}
    for one in later:
        marks = one.flags[ANY].copy()
        marks[one.month.there] &= model.predict_proba(_rows(one, names))[:, 1] > usual
        for name, tally in tallies.items():
            flags = marks if name == LEARNED else one.flags.get(name)
            if flags is None:
                tally.reasons.append(Undefined("not-loaded", "no invoices in the exports"))
            else:
                tally.add(flags, one.month)
    everyone, silence = tallies[EVERYONE], tallies[SILENCE]
    return tuple(score_of(name, one, everyone, silence) for name, one in tallies.items())
