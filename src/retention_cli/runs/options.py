"""What a run is asked for, by a command line or from Python, and the files and settings it means."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retention_cli.benchmarks.benchmark_file import load
from retention_cli.benchmarks.scorecards import Scorecards, load_scorecards
from retention_cli.errors import RetentionError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.runs.mapped import columns_mapped
from retention_cli.runs.rates import with_rates
from retention_cli.scoring.kpi_facts import kpi_facts
from retention_cli.settings import Settings, find_settings
from retention_cli.sources.locating import EDGES, left_aside, locate
from retention_cli.sources.patterns import expanded, refuse_idle
from retention_cli.values.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_cli.benchmarks.benchmarks import Benchmark
    from retention_cli.settings import Mapped
    from retention_cli.sources.locating import Located

BENCHMARKS_FILE = "benchmarks.toml"


@dataclass(frozen=True, slots=True)
class Request:
    """What one run reads, how, and for what.

    Shape: `as_of` is the day that the data are looked at; None, for a check, is not a day. `rejects`
        is where rows not used are written, if anywhere. `read` are the files of the run that no
        output may take the place of. All that is `mapped` has to speak of some file. `every` is the
        length of the period where none was said. `beside` are the folders of the exports and the settings,
        `plan` is the file of the benchmarks.
    """

    files: Sequence[Located]
    settings: Settings = field(default_factory=Settings)
    as_of: date | None = None
    period: Period | None = None
    every: str = "month"
    by: str | None = None
    benchmarks: Sequence[Benchmark] = ()
    own_history: Sequence[Benchmark] = ()
    scorecards: Scorecards | None = None
    limit: RejectLimit = field(default_factory=RejectLimit)
    rejects: Path | None = None
    remarks: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    read: tuple[Path, ...] = ()
    mapped: Sequence[Mapped] = ()
    beside: tuple[Path, ...] = ()
    plan: Path | None = None

    @property
    def day(self) -> date:
        """The day that the data are looked at: today, where none was said."""
        return self.as_of or today()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was said about a run, as it was written; what was not said is None or empty."""

    paths: Sequence[Path] = ()
    named: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    period: str | None = None
    as_of: str | None = None
    by: str | None = None
    start: Path | None = None
    end: Path | None = None
    benchmarks: Path | None = None
    config: Path | None = None
    rejects: Path | None = None
    max_rejects: str = "5%"
    strict: bool = False
    date_order: str | None = None
    decimal: str | None = None
    currency: str | None = None
    tz: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    stdin_name: str | None = None
    preset: Sequence[str] = ()
    map: Sequence[str] = ()
    ignore: Sequence[str] = ()

    def request(self) -> Request:
        """Find what was meant.

        Errors: RetentionError where it is not known what to read, or something cannot be followed.
        """
        named = {kind: expanded(paths) for kind, paths in self.named.items()}
        return replace(self, paths=expanded(self.paths), named=named)._request()  # noqa: SLF001  # of this class

    def _request(self) -> Request:
        as_of = _day(self.as_of)
        period = Period.parse(self.period, as_of=as_of) if self.period else None
        limit, mapped = self._limit(), columns_mapped(self.map)
        places = [path.parent if path.suffix == ".toml" else path for path in self._given]
        refuse_idle(self.ignore, places)
        settings = self._settings()
        named = {**self.named, **{edge: [path] for edge, path in self._edges.items()}}
        beside = self._beside(settings)
        settings, rates = with_rates(settings, beside)
        rules, ignored = settings.read, (*self.ignore, *settings.ignored)
        located = locate(places, named, rules, ignored, stdin_name=self.stdin_name)
        files = [self._told(one, mapped) for one in located]
        passed_over, idle = left_aside(places, files, rules, ignored)
        plan = self._benchmarks_file(settings, beside)
        facts = kpi_facts()
        found = load(plan, facts) if plan else ()
        if plan and not found:
            idle.append(f"warning: {plan} has no [[benchmark]], so no figure is judged")
        if settings.rates and settings.report_currency is None:
            idle.append("warning: [rates] have no effect without report_currency")
        return Request(
            files=files,
            mapped=mapped,
            settings=settings,
            as_of=as_of,
            period=period,
            by=self.by,
            benchmarks=tuple(one for one in found if one.basis is None),
            own_history=tuple(one for one in found if one.basis is not None),
            scorecards=load_scorecards(plan, facts, facts) if plan else None,
            limit=limit,
            rejects=self.rejects,
            remarks=tuple(idle),
            passed_over=tuple(passed_over),
            read=tuple(
                path for path in (*(f.path for f in files), settings.path, plan, rates) if path
            ),
            beside=beside,
            plan=plan,
        )

    def _told(self, file: Located, mapped: tuple[Mapped, ...]) -> Located:
        """Give a file with what was said of all."""
        return replace(
            file,
            encoding=self.encoding,
            delimiter=self.delimiter,
            sheet=self.sheet,
            presets=tuple(self.preset),
            mapped=mapped,
        )

    @property
    def _given(self) -> Sequence[Path]:
        """The places that were named; else the settings that cover their own."""
        if self.paths or any(self.named.values()) or self._edges:
            return self.paths
        if self._file is None:
            raise RetentionError(
                "no PATH was given, and there is no retention.toml here or above",
                "name a folder of exports: retention compute FOLDER",
            )
        return [self._file]

    @property
    def _edges(self) -> Mapping[str, Path]:
        """The lists of customers at both ends of the period.

        Errors: RetentionError where one of them is missing.
        """
        given = dict(zip(EDGES, (self.start, self.end), strict=True))
        found = {edge: path for edge, path in given.items() if path is not None}
        if len(found) == 1:
            (edge,), (other,) = found, given.keys() - found
            raise RetentionError(
                f"--{edge} needs --{other}: a list of the customers at each end of the period",
                f"add --{other} FILE",
            )
        return found

    @property
    def _file(self) -> Path | None:
        """The settings: those that were named, or the nearest ones above the exports."""
        named = [path for path in self.paths if path.suffix == ".toml"]
        if len(named) > 1 or (named and self.config):
            raise RetentionError("only one retention.toml can be used", "name one")
        return self.config or (named[0] if named else find_settings(self._folder or Path()))

    @property
    def _folder(self) -> Path | None:
        """The folder of the first exports that were named."""
        named = (path for paths in self.named.values() for path in paths)
        for path in [*self.paths, *named, *self._edges.values()]:
            return path if os.path.isdir(path) else path.parent  # noqa: PTH112  # never raises
        return None

    def _settings(self) -> Settings:
        settings = Settings.load(self._file) if self._file else Settings.model_construct()
        if settings.signals:
            from retention_cli.signs.told import told  # noqa: PLC0415  # all rules are loaded

            told(settings)
        return settings.with_options(
            date_order=self.date_order,
            decimal=self.decimal,
            currency=self.currency,
            time_zone=self.tz,
        )

    def _beside(self, settings: Settings) -> tuple[Path, ...]:
        """Give the folders in which files about the exports are found by themselves."""
        beside = settings.path.parent if settings.path else None
        first = self._folder or beside or Path()
        return (first,) if beside is None else (first, beside)

    def _benchmarks_file(self, settings: Settings, beside: Sequence[Path]) -> Path | None:
        """Find the benchmarks that were named, or those that are beside the exports."""
        found = (place / BENCHMARKS_FILE for place in beside)
        return (
            self.benchmarks or settings.benchmarks or next((p for p in found if p.is_file()), None)
        )

    def _limit(self) -> RejectLimit:
        if self.strict:
            return RejectLimit(percent=None, count=0, strict=True)
        try:
            return RejectLimit.parse(self.max_rejects)
        except ValueError:
            raise RetentionError(
                f"--max-rejects: '{self.max_rejects}' is not a percentage or a number of rows",
                "write 1% or 50",
            ) from None


def today() -> date:
    """Say what day it is by the user's own calendar."""
    return date.today()  # noqa: DTZ011  # no zone: it is the day on the user's wall


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RetentionError(f"--as-of: '{text}' is not a day", "write 2025-06-30") from None
