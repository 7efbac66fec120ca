"""Charts as inline SVG, drawn ahead of time: nothing runs, and colours come from the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from retention_cli.text.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_cli.values.measures import Number

WIDTH = 360
"""That of a phone, so that text on it is never smaller than beside it."""
_HEIGHT, _TOP, _FOOT, _LEFT, _RIGHT = 150, 20, 22, 4, 4
_ROW, _BAR = 34, 12
_SIGN = 6.2
"""How wide a sign is at most, in the size that labels have."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart is called on its page, its title, and what it shows, for who does not see it."""

    name: str
    title: str
    told: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line: its label on the axis, and what is to be seen of it."""

    label: str
    value: Number | None
    unfinished: bool = False
    outside: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """What a line is held against: a target, and the band that it usually stays in."""

    target: Number | None = None
    band: tuple[Number, Number] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from one value to another, under its label, with its value as text."""

    label: str
    start: Number
    end: Number
    text: str
    look: str = "bar"


def line(
    words: Words, dots: Sequence[Dot], levels: Levels, write: Callable[[Number], str]
) -> Markup:
    """Draw a line over its periods, with its highest and lowest value."""
    values = [dot.value for dot in dots if dot.value is not None]
    known = [*values, *(one for one in (levels.target, *(levels.band or ())) if one is not None)]
    low, high = float(min(known)), float(max(known))
    span = (high - low) or 2
    low = low if high > low else low - 1
    size = _HEIGHT - _TOP - _FOOT

    def y(value: Number) -> str:
        return _n(_TOP + size * (1 - (float(value) - low) / span))

    step = (WIDTH - _LEFT - _RIGHT) / max(len(dots) - 1, 1)
    places = [_LEFT + step * place for place in range(len(dots))]
    if len(dots) == 1:
        places = [WIDTH / 2]
    drawn = [
        *_levels(levels, y),
        *_marks(dots, places),
        *_strokes(dots, places, y),
        *_axis(dots, (write(max(values)), write(min(values)))),
    ]
    return _svg(words, _HEIGHT, drawn)


def bars(words: Words, rows: Sequence[Bar], base: Number = 0) -> Markup:
    """Draw bars below each other from a base on; a bar may begin where the one before it ended."""
    ends = [float(base), *(float(end) for row in rows for end in (row.start, row.end))]
    low, high = min(ends), max(ends)
    room = (WIDTH - _LEFT - _RIGHT) / ((high - low) or 1)
    drawn: list[Markup] = []
    for place, row in enumerate(rows):
        top = place * _ROW
        first, last = sorted((float(row.start), float(row.end)))
        drawn += [
            _text(_LEFT, top + 13, row.label, beside=row.text),
            _text(WIDTH - _RIGHT, top + 13, row.text, anchor="end"),
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                row.look,
                _n(_LEFT + (first - low) * room),
                top + 18,
                _n(max((last - first) * room, 1)),
                _BAR,
            ),
        ]
    return _svg(words, len(rows) * _ROW + 4, drawn)


def _levels(levels: Levels, y: Callable[[Number], str]) -> Iterator[Markup]:
    whole = Markup('<line class="{}" x1="0" x2="{}" y1="{}" y2="{}"/>')
    if levels.band is not None:
        low, high = levels.band
        top, foot = y(high), y(low)
        yield Markup('<rect class="band" x="0" width="{}" y="{}" height="{}"/>').format(
            WIDTH, top, _n(float(foot) - float(top))
        )
    if levels.target is not None:
        at = y(levels.target)
        yield whole.format("target", WIDTH, at, at)


def _marks(dots: Sequence[Dot], places: Sequence[float]) -> Iterator[Markup]:
    """Draw a line where something happened, with its letter."""
    for dot, x in zip(dots, places, strict=True):
        if dot.mark:
            yield Markup('<line class="event" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                _n(x), _n(x), _TOP, _HEIGHT - _FOOT
            )
            yield _text(min(x + 3, WIDTH - 10), _TOP + 10, dot.mark, look="mark")


def _strokes(
    dots: Sequence[Dot], places: Sequence[float], y: Callable[[Number], str]
) -> Iterator[Markup]:
    """Draw the line, broken where there is no value, and each point."""
    path, pen = [], "M"
    for dot, x in zip(dots, places, strict=True):
        if dot.value is None:
            pen = "M"
            continue
        path.append(f"{pen}{_n(x)} {y(dot.value)}")
        pen = "L"
    yield Markup('<path class="stroke" d="{}"/>').format("".join(path))
    if len(dots) > 40:  # then points are a line themselves
        return
    for dot, x in zip(dots, places, strict=True):
        if dot.value is not None:
            look = "open" if dot.unfinished else "outside" if dot.outside else "dot"
            yield Markup('<circle class="{}" cx="{}" cy="{}" r="3"/>').format(
                look, _n(x), y(dot.value)
            )


def _axis(dots: Sequence[Dot], ends: tuple[str, str]) -> Iterator[Markup]:
    high, low = ends
    yield _text(_LEFT, 13, f"highest {high}" if low != high else high, look="axis")
    yield _text(_LEFT, _HEIGHT - 8, dots[0].label, look="axis")
    if len(dots) > 1:
        yield _text(WIDTH - _RIGHT, _HEIGHT - 8, dots[-1].label, look="axis", anchor="end")
    if low != high:
        yield _text(WIDTH - _RIGHT, 13, f"lowest {low}", look="axis", anchor="end")


def _svg(words: Words, height: int, inside: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{told}</desc>{inside}</svg>'
    ).format(
        width=WIDTH,
        height=height,
        name=f"c-{words.name}",
        title=safe_text(words.title),
        told=safe_text(words.told),
        inside=Markup().join(inside),
    )


def _text(  # what SVG asks for
    x: float,
    y: float,
    words: str,
    *,
    look: str = "label",
    anchor: str = "start",
    beside: str = "",
) -> Markup:
    room = int(WIDTH / _SIGN) - len(beside) - 1
    cut = words if len(words) <= room else words[: room - 1] + "…"
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        look, _n(x), _n(y), anchor, escape(safe_text(cut))
    )


def _n(number: float) -> str:
    """Write a place: one decimal is finer than any screen."""
    return f"{number:.1f}".removesuffix(".0")
