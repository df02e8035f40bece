"""Audits easy rehab runs: did the run stay easy, or did it turn into a disguised interval session? FIT, GPX and TCX files.

>>> import rehabrun
>>> runner = rehabrun.runner(easy_pace="6:30/km")
>>> found = rehabrun.audit(b"no activity", name="notes.fit", runner=runner)
>>> found.status, found.error
('failed', 'not an activity file: its content is neither FIT nor GPX nor TCX')

Results depend on the bytes and the runner alone: no clock, cache or environment variable is read. Missing or doubtful data
is never a pass, and nothing here predicts an injury. `Audit`, `Runner` and `Table` can be pickled. Every function runs on
one thread unless `threads` says otherwise, and releases the GIL while it works.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable
from typing import Any, Literal, Union

from ._rehabrun import Runner, Table, __version__
from . import _rehabrun

__all__ = ["Audit", "Runner", "Table", "audit", "audit_batch", "progress", "records", "runner", "schema", "__version__"]

TableName = Literal["sessions", "bouts", "efforts", "findings"]
Content = Union[bytes, bytearray, memoryview]
Source = Union[str, "os.PathLike[str]", Content]

_CEILING = ("easy_pace", "easy_hr", "max_hr", "resting_hr", "lthr", "birth_year")


def runner(
    *,
    name: str | None = None,
    easy_pace: str | None = None,
    easy_hr: int | None = None,
    max_hr: int | None = None,
    resting_hr: int | None = None,
    lthr: int | None = None,
    birth_year: int | None = None,
    units: Literal["km", "mi"] | None = None,
    timezone: str | None = None,
    rehab_started: datetime.date | str | None = None,
    plan: str | None = None,
    hide_ends: str | None = None,
) -> Runner:
    """A runner by the most used keys of `athlete.toml`; `Runner.from_toml` takes all of them.

    `easy_pace` is text such as `6:30/km` or `10:30/mi`. `easy_hr`, `max_hr`, `resting_hr` and `lthr` (at the lactate
    threshold) are in beats per minute. `rehab_started` is day 1 of the twelve weeks, a date or `YYYY-MM-DD`; `plan` is the
    name of a built-in programme or a notation such as `10x(run 1:00, walk 1:00)`. `hide_ends` leaves out positions within a
    distance of where a run starts and ends: `200m`, `2km`.

    Raises `ValueError` for an impossible value; the message names its line in the TOML.

    >>> runner(easy_hr=145).to_toml()
    '[ceiling]\\neasy_hr = 145\\n'
    >>> print(runner(easy_pace="10:30/mi", rehab_started="2026-09-07", plan="kinetic-revolution").to_toml(), end="")
    [rehab]
    started = 2026-09-07
    plan = "kinetic-revolution"
    [ceiling]
    easy_pace = "10:30/mi"
    """
    ceiling = (easy_pace, easy_hr, max_hr, resting_hr, lthr, birth_year)
    tables: dict[str, dict[str, object]] = {
        "": {"name": name, "units": units, "timezone": timezone},
        "[rehab]\n": {"started": _date(rehab_started), "plan": plan},
        "[ceiling]\n": dict(zip(_CEILING, ceiling)),
        "[privacy]\n": {"hide_ends": hide_ends},
    }
    text = ""
    for header, values in tables.items():
        lines = [_line(key, value) for key, value in values.items() if value is not None]
        text += header + "".join(lines) if lines else ""
    return Runner.from_toml(text)


def _date(value: datetime.date | str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _line(key: str, value: object) -> str:
    if isinstance(value, datetime.date):
        return f"{key} = {value:%Y-%m-%d}\n"
    # A JSON string is a TOML string, except for this character.
    return f"{key} = {json.dumps(value).replace(chr(0x7f), chr(92) + 'u007f')}\n"


class Audit:
    """The findings of one file. Made by `audit`; pickled as the file's bytes and the runner, and audited again."""

    def __init__(self, name: str, content: bytes, runner: Runner | None) -> None:
        self._inputs = (name, content, runner)
        self._engine = _rehabrun.audit(name, content, runner)

    def __reduce__(self) -> tuple[type[Audit], tuple[str, bytes, Runner | None]]:
        return (Audit, self._inputs)

    @property
    def name(self) -> str:
        """The file's name or path."""
        return self._engine.name

    @property
    def status(self) -> str:
        """`audited`, `skipped` or `failed`."""
        return self._engine.status

    @property
    def error(self) -> str | None:
        """Why the file could not be read; `None` if it could."""
        return self._engine.error

    @property
    def verdict(self) -> str | None:
        """The worst verdict of its runs: `easy`, `surges`, `drifted-over`, `above-easy`, `disguised-intervals` or
        `undetermined`; `None` without a run."""
        return self._engine.verdict

    @property
    def sentence(self) -> str | None:
        """The verdict on the worst run in a sentence; `None` without a run."""
        return self._engine.sentence

    @property
    def bouts(self) -> Table:
        """One row a bout of running, walking or standing, as an Arrow table. Times are in seconds, distances in metres,
        paces in seconds a kilometre, cadence in steps a minute; the columns' names end in the unit."""
        return self._engine.table("bouts")

    @property
    def efforts(self) -> Table:
        """One row an effort over the ceiling, as an Arrow table."""
        return self._engine.table("efforts")

    @property
    def findings(self) -> Table:
        """One row a finding, as an Arrow table."""
        return self._engine.table("findings")

    @property
    def sessions(self) -> Table:
        """One row a session, as an Arrow table."""
        return self._engine.table("sessions")

    def to_dict(self) -> dict[str, Any]:
        """The whole report: the object that `rehabrun audit --format jsonl` writes. Keys end in the unit: `_s`, `_m`,
        `_s_per_km`, `_bpm`, `_spm`."""
        whole: dict[str, Any] = json.loads(self._engine.to_json())
        return whole

    def chart(self, *, width: int = 800, height: int = 440) -> str | None:
        """The chart of the worst run as SVG, of a size in CSS pixels; `None` where there is nothing to draw."""
        return self._engine.chart(width, height)

    def to_html(self) -> str:
        """The report as one self-contained HTML page."""
        return self._engine.html()

    def _repr_html_(self) -> str:
        # A frame of its own keeps the style of the page from the notebook.
        page = self.to_html().replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{page}" style="width:100%;height:640px;border:0" title="rehabrun"></iframe>'

    def __str__(self) -> str:
        return self._engine.text()

    def __repr__(self) -> str:
        return f"<rehabrun.Audit {self.name!r}: {self.verdict or self.error or self.status}>"


def audit(
    source: Source,
    *,
    name: str | None = None,
    runner: Runner | None = None,
    easy_pace: str | None = None,
    easy_hr: int | None = None,
    max_hr: int | None = None,
    resting_hr: int | None = None,
    lthr: int | None = None,
    birth_year: int | None = None,
) -> Audit:
    """Audits one file, by its path or its bytes, plain or gzipped.

    The ceiling comes from a `runner`, or from the same keywords as in `runner()`: a pace such as `6:30/km`, heart rates in
    beats per minute. With neither, no run can be judged, and the verdict is `undetermined`. `name` is shown in the report;
    without it, the path.

    A file that is not an activity gives an `Audit` with the status `failed`. Raises `OSError` for a path that cannot be read,
    and `ValueError` for an impossible value or for a `runner` together with other keywords.
    """
    facts = (easy_pace, easy_hr, max_hr, resting_hr, lthr, birth_year)
    if any(fact is not None for fact in facts):
        if runner is not None:
            raise ValueError("give a runner, or the runner's values, not both")
        runner = globals()["runner"](**dict(zip(_CEILING, facts)))
    found, content = _read(source, name)
    return Audit(found, content, runner)


def audit_batch(
    names: Iterable[str],
    contents: Iterable[Content | None],
    *,
    runner: Runner | None = None,
    table: TableName = "sessions",
    threads: int = 1,
) -> Table:
    """Audits many files by their bytes into one table, with the columns of `rehabrun audit --table TABLE`.

    Names and contents are lists or Arrow arrays of the same length; a content is plain or gzipped, and `None` is an empty
    file. All files have the same `runner`. The result offers `__arrow_c_stream__`, which `pyarrow.table(t)`,
    `polars.DataFrame(t)` and DuckDB read. Its rows are in the order of the inputs, whatever the number of `threads`.

    A file that cannot be read is a row of the tables `sessions` and `bouts`, with its `status` and `error`; it never raises.
    The GIL is released. Raises `ValueError` for lists of different lengths and for an unknown table.

    >>> len(audit_batch(["a.fit", "b.fit"], [b"", b"no activity"]))
    2
    """
    return _rehabrun.audit_batch(_plain(names), _contents(contents), runner, table, threads)


def schema(table: TableName = "sessions") -> Table:
    """The columns of a table, as a table without rows: `pyarrow.schema(rehabrun.schema("bouts"))`.

    The same columns as in Parquet and CSV. Raises `ValueError` for an unknown table.

    >>> schema("efforts").column_names[:3]
    ['path', 'athlete', 'session']
    """
    return _rehabrun.schema(table)


def records(
    source: Source, *, runner: Runner | None = None, clean: bool = False, location: bool = True
) -> list[dict[str, Any]]:
    """What the watch wrote, one dictionary a record.

    With `clean`, one a second of the repaired timeline, with speed, grade and gait. Keys end in the unit (`speed_mps`,
    `heart_rate_bpm`). Positions that the runner's settings hide (`hide_ends`) are `None`; with `location=False` all are.
    Raises `OSError` for a path that cannot be read, and `ValueError` for a file that is not an activity.
    """
    lines = _rehabrun.records(_read(source, None)[1], runner, clean, location).splitlines()
    return [json.loads(line) for line in lines]


def progress(names: Iterable[str], contents: Iterable[Content], *, runner: Runner | None = None) -> dict[str, Any]:
    """The weeks of one runner against the plan and the first twelve weeks: the object of `rehabrun progress --format json`.

    Takes names and contents as `audit_batch` does, all of one runner; without `rehab_started` week 1 begins with the first
    run. Two copies of a run count once. Raises `ValueError` for lists of different lengths.
    """
    named, read = _plain(names), _contents(contents)
    if len(named) != len(read):
        raise ValueError(f"{len(named)} names for {len(read)} contents")
    whole: dict[str, Any] = json.loads(_rehabrun.progress(named, read, runner))
    return whole


def _read(source: Source, name: str | None) -> tuple[str, bytes]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return name or "activity", bytes(source)
    with open(source, "rb") as file:
        return name or os.fspath(source), file.read()


def _plain(values: Any) -> list[Any]:
    # An array of Arrow iterates over scalars.
    return list(values.to_pylist() if hasattr(values, "to_pylist") else values)


def _contents(contents: Any) -> list[Any]:
    return [bytes(content) if isinstance(content, memoryview) else content for content in _plain(contents)]
