from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import SEEDS, World, answer
from retention_cli.kpis.clv_margin import clv_margin
from retention_cli.values.measures import Measure

STARBUCKS = Measure.of(Fraction(252_720_000), sample_size=100, currency="USD")


def test_the_published_examples_on_a_margin_of_21_3_percent():
    """25,272 x 21.3 % is 5,382.94, and 5,489.27 that of another value per visit.

    46: the "average" of 14,099 is one of 25,272 in revenue and two such margins; ours has one unit each.
    """
    margin = Measure.of(Fraction(213, 1000), sample_size=9)
    found = clv_margin(clv=STARBUCKS, gross_margin=margin)
    assert found.value == Fraction(53_829_360)
    assert (found.sample_size, found.currency) == (100, "USD")
    other = Measure.of(Fraction(257_712_000), sample_size=100, currency="USD")
    assert f"{float(clv_margin(clv=other, gross_margin=margin).value / 10_000):.2f}" == "5489.27"


@pytest.mark.parametrize("place", ["clv", "gross_margin"])
def test_it_repeats_why_a_factor_is_undefined(place):
    factors = {"clv": STARBUCKS, "gross_margin": Measure.of(Fraction(1, 2), sample_size=9)}
    factors[place] = Measure.undefined("no-churn", "nobody left", hint="use a longer period")
    found = clv_margin(**factors)
    assert (answer(found), found.reason.hint) == ("no-churn", "use a longer period")


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_the_product_of_the_two(seed, backend):
    world = World(seed)
    found = world.figure("clv_margin", backend)
    clv, margin = (world.figure(name, backend) for name in ("clv", "gross_margin"))
    if found.reason is None:
        assert found.value == clv.value * margin.value
    else:
        assert None in {clv.value, margin.value}
