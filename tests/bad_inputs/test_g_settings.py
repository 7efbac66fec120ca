"""Settings, benchmarks and options: what comes, and what must happen. All of it ends with 2."""

from __future__ import annotations

import pytest

from good_rows import customers

RETENTION = '[[benchmark]]\nkpi = "retention_rate"\n'


@pytest.fixture
def judged(read):
    """Run with a file of benchmarks."""

    def call(benchmarks, *options):
        return read({"customers.csv": customers(), "benchmarks.toml": benchmarks}, *options)

    return call


@pytest.fixture
def settled(read):
    """Run with a file of settings."""

    def call(settings, *options):
        return read({"customers.csv": customers(), "retention.toml": settings}, *options)

    return call


def refused(found, *said):
    assert (found.code, found.files, found.unused) == (2, {}, [])
    for words in said:
        assert words in found.err


def test_95_an_unknown_kpi_has_its_line_and_the_nearest_name(judged):
    text = (
        RETENTION + 'target = 0.9\n\n[[benchmark]]\nkpi = "gross_revenue_retenton"\ntarget = 0.9\n'
    )
    refused(
        judged(text),
        "benchmarks.toml:6: unknown KPI 'gross_revenue_retenton'",
        "did you mean 'gross_revenue_retention'?",
    )


@pytest.mark.parametrize("key", ["taget", "warm", "owmer"])
def test_95_an_unknown_key_of_a_benchmark_has_its_line_and_the_nearest_name(judged, key):
    near = {"taget": "target", "warm": "warn", "owmer": "owner"}[key]
    target = "" if near == "target" else "target = 0.9\n"
    line = 3 if near == "target" else 4
    refused(
        judged(f"{RETENTION}{target}{key} = 0.8\n"),
        f"benchmarks.toml:{line}: benchmark: unknown key '{key}'",
        f"did you mean '{near}'?",
    )


@pytest.mark.parametrize(
    ("text", "line", "guess"),
    [
        pytest.param('curency = "EUR"\n', 1, "currency", id="at the top"),
        pytest.param(
            '\n[[export]]\nfile = "a.csv"\nkind = "costs"\nencodng = "cp1252"\n',
            5,
            "encoding",
            id="of an export",
        ),
        pytest.param('[business_hours]\nmondy = "9:00-17:00"\n', 2, "monday", id="of the hours"),
    ],
)
def test_95_an_unknown_key_of_the_settings_has_its_line_and_the_nearest_name(
    settled, text, line, guess
):
    refused(settled(text), f"retention.toml:{line}: ", f"did you mean '{guess}'?")


def test_96_a_target_in_the_wrong_unit_is_answered_with_how_to_write_it(judged):
    refused(
        judged(RETENTION + "target = 90\n"),
        "benchmarks.toml:3: target 90 is outside 0 to 1",
        'hint: write 0.90 or "90%"',
    )
    assert judged(RETENTION + 'target = "90%"\n').code == 0


def test_97_a_number_in_quotes_is_no_number(judged):
    refused(
        judged(RETENTION + 'target = "0.9"\n'),
        'benchmarks.toml:3: benchmark.target: "0.9" is text, not a number',
        "hint: write 0.9 without quotes",
    )


@pytest.mark.parametrize("value", ["true", "nan", "inf", "-inf", "2025-01-01", "[]"])
def test_98_what_is_no_number_is_no_target(judged, value):
    shown = {"[]": "a list"}.get(value, value)
    refused(
        judged(f"{RETENTION}target = {value}\n"),
        f"benchmarks.toml:3: benchmark.target: {shown} is not a number",
        'hint: write 0.92 or "92%"',
    )


def test_99_a_key_that_stands_twice_has_both_lines(judged):
    refused(
        judged(RETENTION + "target = 0.9\ntarget = 0.8\n"),
        "benchmarks.toml:4: 'benchmark.target' is given twice, first in line 3",
        "hint: keep one of the two",
    )


def test_99_a_table_that_stands_twice_has_both_lines(settled):
    refused(
        settled('[people]\n"a" = "1.00"\n[people]\n"b" = "2.00"\n'),
        "retention.toml:3: 'people' is given twice, first in line 1",
    )


@pytest.mark.parametrize("value", [".9", "0,9"])
def test_100_a_slip_in_a_number_is_answered_with_how_to_write_it(judged, value):
    refused(
        judged(f"{RETENTION}target = {value}\n"),
        f"benchmarks.toml:3: 'target = {value}' is not TOML",
        "hint: write 0.9",
    )


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_101_the_direction_comes_from_the_kpi(judged, direction):
    refused(
        judged(f'{RETENTION}target = 0.9\ndirection = "{direction}"\n'),
        "benchmarks.toml:4: ",
        "direction is known from the KPI: of retention_rate higher is better",
        "hint: remove the line",
    )


@pytest.mark.parametrize(
    ("kpi", "warn", "side"), [("retention_rate", 0.95, "above"), ("churn_rate", 0.85, "below")]
)
def test_101_a_warn_on_the_wrong_side_of_the_target_is_an_error(judged, kpi, warn, side):
    refused(
        judged(f'[[benchmark]]\nkpi = "{kpi}"\ntarget = 0.9\nwarn = {warn}\n'),
        f"benchmarks.toml:4: warn {warn} is {side} the target",
        "hint: near begins at warn",
    )


@pytest.mark.parametrize("text", ["", "# none yet\n"], ids=["no bytes", "only a comment"])
def test_102_a_file_without_benchmarks_is_a_warning_and_judges_nothing(judged, text):
    found = judged(text)
    assert found.code == 0
    assert "warning: benchmarks.toml has no [[benchmark]], so no figure is judged" in found.err
    verdicts = {one["verdict"] for one in found.figures.values()}
    assert verdicts == {"no-benchmark", "undefined"}


def test_102_a_kpi_without_a_target_is_never_met(judged):
    found = judged(RETENTION + "target = 0.5\n")
    assert found.figures["retention_rate"]["verdict"] == "meets"
    assert found.figures["churn_rate"]["verdict"] == "no-benchmark"
    assert "warning" not in found.err


def test_103_a_file_for_a_newer_version_is_an_error_that_says_which_one_this_is(judged, settled):
    text = 'schema = "retention-benchmarks/9"\n' + RETENTION + "target = 0.9\n"
    said = ("toml:1: unknown key 'schema'", "retention is ", "is the file for a newer one?")
    refused(judged(text), *said)
    refused(settled('schema = "retention-settings/9"\n'), *said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(
            ("--period", "2025-06-30..2025-01-01"),
            "the period ends on 2025-01-01, before it starts on 2025-06-30",
            id="a period that is turned round",
        ),
        pytest.param(("--period", "2025-06-0"), "2025-06", id="no period"),
        pytest.param(("--quiet", "--verbose"), "--quiet and --verbose contradict", id="less, more"),
        pytest.param(
            ("--config", "a.toml", "b.toml"), "only one retention.toml", id="two settings"
        ),
        pytest.param(("--max-rejects", "101%"), "--max-rejects", id="more than all rows"),
        pytest.param(
            ("--customers", "customers.csv", "--customers", "customers.csv"),
            "given twice",
            id="one file twice",
        ),
    ],
)
def test_105_options_that_contradict_each_other_are_an_error(retention, folder, options, said):
    (folder / "customers.csv").write_text(customers(), "utf-8")
    ran = retention("compute", ".", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "hint: " in ran.err
