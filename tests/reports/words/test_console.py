from __future__ import annotations

from rich.text import Text

from retention_cli.reports.words.console import Paragraph, printed


def test_text_is_never_taken_for_markup_or_emoji():
    assert printed(["[red]x[/red] :bomb:"], width=80, colour=True) == "[red]x[/red] :bomb:\n"


def test_what_does_not_fit_hangs_below_its_first_line():
    text = Paragraph(Text("one two three four five six"), indent=1)
    assert printed([text], width=14, colour=False) == " one two three\n   four five\n   six\n"


def test_without_a_width_nothing_wraps():
    assert printed([Paragraph(Text("word " * 2000))], width=None, colour=False).count("\n") == 1
