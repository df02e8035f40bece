"""Tells whether an easy rehab run stayed easy, from FIT, GPX and TCX files.

>>> import rehabrun
>>> runner = rehabrun.runner(easy_pace="6:30/km")
>>> found = rehabrun.audit(b"no activity", name="notes.fit", runner=runner)
>>> found.status, found.error
('failed', 'not an activity file: its content is neither FIT nor GPX nor TCX')

Results depend on the bytes and the runner alone: no clock, no cache and no environment is read. Missing or doubtful data is
never a pass, and nothing here predicts an injury.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any, Literal, Union

from ._rehabrun import Audit as _Engine
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
) -> Runner:
    """A runner by the keys of `athlete.toml`; `Runner.from_toml` takes all of them.

    Pace is text such as `6:30/km` or `10:30/mi`, heart rates are beats per minute. Raises `ValueError` for a value that
    cannot be.

    >>> runner(easy_hr=145).to_toml()
    '[ceiling]\\neasy_hr = 145\\n'
    """
    top = {"name": name, "units": units, "timezone": timezone}
    given = (easy_pace, easy_hr, max_hr, resting_hr, lthr, birth_year)
    lines = [_line(key, value) for key, value in top.items() if value is not None]
    lines.append("[ceiling]\n")
    lines += [_line(key, value) for key, value in zip(_CEILING, given) if value is not None]
    return Runner.from_toml("".join(lines))


def _line(key: str, value: object) -> str:
    # A string of JSON is one of TOML, but for this character.
    return f"{key} = {json.dumps(value).replace(chr(0x7f), chr(92) + 'u007f')}\n"


class Audit:
    """What was found in one file."""

    def __init__(self, engine: _Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """The name that the file was given."""
        return self._engine.name

    @property
    def status(self) -> str:
        """`audited`, `skipped` or `failed`."""
        return self._engine.status

    @property
    def error(self) -> str | None:
        """Why the file could not be read."""
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
        """A row a bout of running, walking or standing, as an Arrow table."""
        return self._engine.table("bouts")

    @property
    def efforts(self) -> Table:
        """A row an effort over the ceiling, as an Arrow table."""
        return self._engine.table("efforts")

    @property
    def findings(self) -> Table:
        """A row a finding, as an Arrow table."""
        return self._engine.table("findings")

    @property
    def sessions(self) -> Table:
        """A row a session, as an Arrow table."""
        return self._engine.table("sessions")

    def to_dict(self) -> dict[str, Any]:
        """The whole report, as a line of `rehabrun audit --format jsonl` has it; units are in the names."""
        whole: dict[str, Any] = json.loads(self._engine.to_json())
        return whole

    def chart(self, *, width: int = 800, height: int = 440) -> str | None:
        """The chart of the worst run as SVG, of a size in CSS pixels; `None` where there is nothing to draw."""
        return self._engine.chart(width, height)

    def to_html(self) -> str:
        """The report as one page that needs nothing else."""
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
) -> Audit:
    """Audits one file, by its path or its bytes, plain or with gzip around it.

    Without a runner or an easy pace (`6:30/km`) or heart rate (beats per minute) no run can be judged, and the verdict is
    `undetermined`. A file that is no activity is an `Audit` with the status `failed`. Raises `OSError` for a path that
    cannot be read, and `ValueError` for an impossible pace or heart rate.
    """
    if easy_pace is not None or easy_hr is not None:
        if runner is not None:
            raise ValueError("easy_pace and easy_hr are for calls without a runner")
        runner = globals()["runner"](easy_pace=easy_pace, easy_hr=easy_hr)
    found, content = _read(source, name)
    return Audit(_rehabrun.audit(found, content, runner))


def audit_batch(
    names: Iterable[str],
    contents: Iterable[Content | None],
    *,
    runner: Runner | None = None,
    table: TableName = "sessions",
    threads: int = 1,
) -> Table:
    """Audits many files by their bytes, into one table with the columns of `rehabrun audit --table TABLE`.

    Names and contents are lists, or arrays of Arrow. The table offers `__arrow_c_stream__`: `pyarrow.table(t)`,
    `polars.DataFrame(t)` and DuckDB take it. A file that cannot be read is a row of the tables of sessions and bouts, with
    its `status` and `error`, and never an exception. Other threads of Python run meanwhile. Raises `ValueError` for lists of
    different lengths and for a table that does not exist.

    >>> len(audit_batch(["a.fit", "b.fit"], [b"", b"no activity"]))
    2
    """
    return _rehabrun.audit_batch(_plain(names), _contents(contents), runner, table, threads)


def schema(table: TableName = "sessions") -> Table:
    """The columns of a table, as one without rows; it offers `__arrow_c_schema__`: `pyarrow.schema(t)`.

    >>> schema("efforts").column_names[:3]
    ['path', 'athlete', 'session']
    """
    return _rehabrun.schema(table)


def records(
    source: Source, *, runner: Runner | None = None, clean: bool = False, location: bool = True
) -> list[dict[str, Any]]:
    """What the watch wrote, a row a record; with `clean` a row a second of the repaired timeline, with speed, grade and gait.

    Places that the runner's file hides (`hide_ends`) are left out; `location=False` leaves out all of them. Units are in the names. Raises `ValueError` for a file that cannot be read.
    """
    lines = _rehabrun.records(_read(source, None)[1], runner, clean, location).splitlines()
    return [json.loads(line) for line in lines]


def progress(names: Iterable[str], contents: Iterable[Content], *, runner: Runner | None = None) -> dict[str, Any]:
    """The weeks of one runner against the plan and the first twelve weeks, as `rehabrun progress --format json` has them."""
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
