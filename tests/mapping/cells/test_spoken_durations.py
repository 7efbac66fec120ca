"""Durations that say their units, held to sums of known parts."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells.spoken_durations import spoken_seconds

NOT_READ = [
    *("", " ", "h", "1:30", "01:30:00", "90", "1.5", "soon", "N/A", "a while", "an hour"),
    *(
        "2 months",
        "1 year",
        "3 Monate",
        "2 mois",
        "P1M",
        "P1Y",
        "PT",
        "P",
        "P1H",
        "PT1D",
        "PT1.5H3M",
    ),
    *("5m 1d", "1h 2h", "30 min 1 h", "1h -5m", "-1 h", "- 1 h", "-1 days +23:00:00", "-PT5M"),
    *("1.250 h", "1,250 min", "1 h 75", "1 h 5", "1 d 5", "18:75 min", "18:25 s", "18:25 days"),
    *("1:30:00 min", "1 x", "1h x", "h 1", "2025-06-03", "2025-06-03 10:00:00", "10 AM"),
    *(
        "10:00 AM",
        "1.25:30:00",
        "1:25:30:00",
        "1:02:30:00:00",
        "1.02:30",
        "< 1 h",
        "1-2 h",
        "\u0661 h",
    ),
]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_says_no_duration_is_not_read(text):
    assert spoken_seconds(text) is None


READ = {
    "1h 30m": 5_400,
    "1h30m": 5_400,
    "45m": 2_700,
    "2h": 7_200,
    "1d 2h": 93_600,
    "2d": 172_800,
    "1w": 604_800,
    "1h30": 5_400,
    "1 h 05": 3_900,
    "1h30m15": 5_415,
    "2 min 05": 125,
    "PT1H30M": 5_400,
    "pt45m": 2_700,
    "P1DT2H": 93_600,
    "P2W": 1_209_600,
    "PT0S": 0,
    "PT1.5H": 5_400,
    "PT1,250S": Fraction(5, 4),
    "0 days 01:30:00": 5_400,
    "1 days 02:00:00": 93_600,
    "0 days 00:00:01.500000": Fraction(3, 2),
    "1 day, 2:30:00": 95_400,
    "1.02:30:00": 95_400,
    "1:02:30:00": 95_400,
    "0:01:30:00": 5_400,
    "1 Tag 02:30": 95_400,
    "18:25 min": 1_105,
    "1:30 h": 5_400,
    "1:30 Std.": 5_400,
    "1:30:15 h": 5_415,
    "90 min.": 5_400,
    "1,5 h": 5_400,
    "0.125 h": 450,
    "1 hour, 30 minutes and 5 seconds": 5_405,
    "2 Tage, 3 Stunden und 5 Minuten": 183_900,
    "3 STD. 5 MIN. 2 SEK.": 11_102,
    "2 heures et 5 minutes": 7_500,
    "1 j 3 h": 97_200,
    "1 hora y 30 minutos": 5_400,
    "2 días 1 hora": 176_400,
    "2 giorni 3 ore": 183_600,
    "3 uur 5 minuten": 11_100,
    "1\u00a0h\u00a030\u202fmin": 5_400,
}


@pytest.mark.parametrize(("text", "seconds"), READ.items())
def test_what_says_its_units_is_read(text, seconds):
    assert spoken_seconds(text) == seconds


UNITS = {
    "letters": ("w", "d", "h", "m", "s"),
    "English": (" weeks", " days", " hours", " minutes", " seconds"),
    "short": (" wk", " day", " hrs", " min", " sec"),
    "German": (" Wochen", " Tage", " Std.", " Min.", " Sek."),
    "French": (" semaines", " jours", " heures", " minutes", " secondes"),
    "Spanish": (" semanas", " días", " horas", " minutos", " segundos"),
}
LENGTHS = (604_800, 86_400, 3_600, 60, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 400), min_size=5, max_size=5).filter(any),
    st.sampled_from([*UNITS]),
    st.sampled_from([" ", ", "]),
)
def test_parts_in_any_language_add_up(numbers, language, between):
    told = [(n, *pair) for n, *pair in zip(numbers, UNITS[language], LENGTHS, strict=True) if n]
    text = between.join(f"{number}{word}" for number, word, _ in told)
    assert spoken_seconds(text) == sum(number * length for number, _, length in told)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**7))
def test_what_programs_print_is_read(seconds):
    span = timedelta(seconds=seconds)
    hours, rest = divmod(seconds % 86_400, 3_600)
    clock = f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    assert spoken_seconds(f"{span.days} days {clock}") == seconds
    assert spoken_seconds(f"{span.days}.{clock}") == seconds
    assert spoken_seconds(f"P{span.days}DT{hours}H{rest // 60}M{rest % 60}S") == seconds
    if span.days:
        assert spoken_seconds(str(span)) == seconds
