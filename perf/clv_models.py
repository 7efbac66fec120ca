"""Try the models of `retention clv`: do they find what customers were drawn from, and how fast.

    python perf/clv_models.py [--draws 200] [--customers 2000]
    python perf/clv_models.py --against /some/venv/bin/python …

The first draws customers from known parameters, fits each draw, and counts how often the 95 % intervals
hold the truth. The second fits 100,000 customers beside lifetimes, clvkit or pymc-marketing, whichever
an interpreter has: all are given x, t_x and T, and the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

from retention_cli.models import bg_nbd, gamma_gamma, shifted_beta_geometric
from retention_cli.models._data import Contracts, Histories, Spending
from retention_cli.models._fitting import Fit
from retention_cli.models._intervals import around, log_error

TRUE = {
    "bg-nbd": (0.6, 6.0, 0.8, 2.5),
    "gamma-gamma": (4.0, 3.5, 30.0),
    "shifted-beta-geometric": (0.76, 1.3),
}
ROUNDS = 3
_START = """
import sys, time
import numpy as np, pandas as pd
rows = np.load(sys.argv[1])
x, last, age = (rows[name].astype(float) for name in ("x", "last", "age"))
table = pd.DataFrame({"customer_id": np.arange(len(x)), "frequency": x, "recency": last, "T": age})
"""
_END = """
best = float("inf")
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    r = fit()
    best = min(best, time.perf_counter() - start)
print(f"{best:.3f} s, r {r:.4f}")
"""
PEERS = {
    "lifetimes": """
from lifetimes import BetaGeoFitter
def fit():
    return BetaGeoFitter().fit(x, last, age).params_['r']
""",
    "clvkit": """
from types import SimpleNamespace
from clvkit import BGNBD
class Summed(BGNBD):
    def _validated_summary(self, cb): return cb.summary
base = SimpleNamespace(summary=table, time_unit="W", collapse="D")
def fit():
    return Summed().fit(base).params_['r']
""",
    "pymc_marketing": """
from pymc_marketing.clv import BetaGeoModel
def fit():
    model = BetaGeoModel(data=table)
    model.fit(method="map", progressbar=False)
    return float(model.fit_summary()["r"])
""",
}
"""How each fits once, and the r it finds, as the program that an interpreter is given."""


def main() -> None:
    """Do what was asked for."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--draws", type=int, default=200)
    told.add_argument("--customers", type=int, default=2000)
    told.add_argument("--against", nargs="*", default=None)
    asked = told.parse_args()
    if asked.against is None:
        recover(asked.draws, asked.customers)
    else:
        race(asked.against)


def purchases(count: int, chance: np.random.Generator) -> Histories:
    """Draw customers who buy and leave as BG/NBD has it."""
    r, alpha, a, b = TRUE["bg-nbd"]
    rate = chance.gamma(r, 1 / (alpha * 7), count)
    leaving = chance.beta(a, b, count)
    end = chance.integers(182, 546, count)
    day, last, repeats = np.zeros(count), np.zeros(count), np.zeros(count, dtype=np.int64)
    active = np.arange(count)
    while len(active):
        day[active] += chance.exponential(1 / np.maximum(rate[active], 1e-12))
        active = active[day[active] < end[active]]
        repeats[active] += 1
        last[active] = day[active]
        active = active[chance.random(len(active)) >= leaving[active]]
    return Histories(repeats, last.astype(np.int64), end)


def spending(count: int, chance: np.random.Generator) -> Spending:
    """Draw what customers spend as Gamma-Gamma has it."""
    p, q, gamma = TRUE["gamma-gamma"]
    x = chance.poisson(2.5, count)
    scale = chance.gamma(q, 1 / gamma, count)
    mean = chance.gamma(p * np.maximum(x, 1)) / scale / np.maximum(x, 1)
    return Spending(x, np.where(x > 0, mean, 0.0))


def contracts(count: int, chance: np.random.Generator) -> Contracts:
    """Draw customers who renew or leave as the shifted beta-geometric has it."""
    leaving = chance.beta(*TRUE["shifted-beta-geometric"], count)
    renewed, known = chance.geometric(leaving) - 1, chance.integers(1, 13, count)
    return Contracts(np.minimum(renewed, known), renewed < known)


def recover(draws: int, customers: int) -> None:
    """Count how often the 95 % intervals hold the parameters that customers were drawn from."""
    chance = np.random.default_rng(2025)
    print(f"{draws} draws of {customers:,} customers: 95 % intervals that hold the truth")
    for name, (model, draw) in {
        "bg-nbd": (bg_nbd, purchases),
        "gamma-gamma": (gamma_gamma, spending),
        "shifted-beta-geometric": (shifted_beta_geometric, contracts),
    }.items():
        fits = [model.fit(draw(customers, chance)) for _ in range(draws)]
        found = [one for one in fits if isinstance(one, Fit)]
        for at, true in enumerate(TRUE[name]):
            parameters = [one.parameters[at] for one in found]
            held = sum(one.low <= true <= one.high for one in parameters)
            middle = float(np.median([one.value for one in parameters]))
            print(
                f"{name:24}{parameters[0].name:7} true {true:6.3f}  median {middle:6.3f}  held"
                f" {held / len(found):6.1%}"
            )
        if name == "bg-nbd":
            means(found)
        steepest = max(one.steep for one in found)
        print(f"{name:24}refused {draws - len(found)}, steepest gradient {steepest:.1e}")


def means(found: list[Fit]) -> None:
    """Count how often the intervals of customers hold the purchases that the true parameters expect of them."""
    some = Histories(np.array([0, 1, 3, 9]), np.array([0, 50, 90, 200]), np.full(4, 250))
    say = partial(bg_nbd.expected, histories=some, weeks=52)
    ends = (around(say(one.values), log_error(say, one)) for one in found)
    true = say(TRUE["bg-nbd"])
    held = np.mean([(low <= true) & (true <= high) for low, high in ends], axis=0)
    shown = "  ".join(f"{share:6.1%}" for share in held)
    print(f"purchases expected of who bought 1, 2, 4 and 10 times: held {shown}")


def race(interpreters: list[str]) -> None:
    """Fit 100,000 customers here and with what each interpreter has."""
    for count in (2_357, 100_000):
        drawn = purchases(count, np.random.default_rng(7))
        best, fit = min((_timed(drawn) for _ in range(ROUNDS)), key=lambda one: one[0])
        said = f"{best:.3f} s, r {fit.values[0]:.4f}, with errors"
        print(f"{count:7,} customers  {'retention':14} {said}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "customers.npz"
            np.savez(file, x=drawn.repeats, last=drawn.last / 7, age=drawn.age / 7)
            for python in interpreters:
                for name, how in PEERS.items():
                    program = [python, "-c", _START + how + _END, str(file), str(ROUNDS)]
                    done = subprocess.run(program, capture_output=True, text=True, check=False)
                    if done.returncode == 0:
                        print(
                            f"{count:7,} customers  {name:14} {done.stdout.strip().splitlines()[-1]}"
                        )
                    elif "No module named" not in done.stderr:
                        print(done.stderr[-600:])


def _timed(drawn: Histories) -> tuple[float, Fit]:
    start = time.perf_counter()
    fit = bg_nbd.fit(drawn)
    assert isinstance(fit, Fit)  # noqa: S101  # or there is nothing to time
    return time.perf_counter() - start, fit


if __name__ == "__main__":
    main()
