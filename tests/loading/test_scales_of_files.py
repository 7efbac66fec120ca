"""Files of answers to one question are on one scale, or the run stops and asks."""

from __future__ import annotations

from pathlib import Path

import pytest

HEADER = "Response ID,Responded At,{}\n"


@pytest.fixture
def told(retention):
    """What two files of answers end with, each given as its header and its scores."""

    def run(*files):
        for place, (header, *scores) in enumerate(files):
            rows = (f"{place}-{n},2025-06-02,{score}\n" for n, score in enumerate(scores))
            Path(f"{place}.csv").write_text(HEADER.format(header) + "".join(rows), "utf-8")
        return retention("compute", ".", "--period", "2025-06")

    return run


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([("CSAT", 5, 1), ("CSAT", 5, 2)], id="one scale"),
        pytest.param([("CSAT", 5, 1), ("Satisfaction", 7, 2)], id="two questions"),
        pytest.param([("CSAT", "good", "bad"), ("CSAT", 5, 2)], id="numbers in place of words"),
        pytest.param([("CSAT", 5, 1), ("NPS", 9, 2)], id="two surveys"),
        pytest.param([("CSAT", "4/5", "5/5"), ("CSAT", "6/7", "7/7")], id="each answer says it"),
    ],
)
def test_files_that_agree_are_read(told, files):
    assert told(*files).code == 0


@pytest.mark.parametrize(
    ("files", "line"),
    [
        pytest.param([("CSAT", 7, 1), ("CSAT", 5, 2)], 'scale_max = "7"', id="to 7 and to 5"),
        pytest.param([("CSAT", 0, 1), ("CSAT", 5, 2)], 'scale_max = "5"', id="to 1 and to 5"),
        pytest.param(
            [
                ("CSAT", "Very satisfied", "Satisfied"),
                ("CSAT", "Very satisfied", "Extremely satisfied", "Neutral"),
            ],
            "[export.values.score]",
            id="in words",
        ),
    ],
)
def test_files_that_tell_two_scales_are_asked_about(told, files, line):
    ran = told(*files)
    assert ran.code == 3
    assert "1.csv: its scores tell a scale to" in ran.err
    assert line in ran.err


def test_what_the_lines_to_paste_say_is_followed(told):
    ran = told(("CSAT", 7, 1), ("CSAT", 5, 2))
    Path("retention.toml").write_text(
        '[[export]]\nfile = "*.csv"\nkind = "surveys"\n[export.constants]\nscale_max = "7"\n',
        "utf-8",
    )
    assert ran.code == 3
    assert told(("CSAT", 7, 1), ("CSAT", 5, 2)).code == 0
