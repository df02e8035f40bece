"""The Parquet tables of the command line: DuckDB and Polars read each of them, in typed columns."""

from __future__ import annotations

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PROGRAM = pathlib.Path(os.environ.get("REHABRUN") or ROOT / "target/debug/rehabrun")
RUN = ROOT / "fixtures/fit/run-walk.fit"
CEILING = ["--easy-pace", "6:07/km"]

# The arguments of each table, and the types of some of its columns in DuckDB.
TABLES = {
    "sessions": (
        ["audit", RUN, *CEILING, "--table", "sessions"],
        {"started_at": "TIMESTAMP WITH TIME ZONE", "sport": "VARCHAR", "reasons": "VARCHAR[]", "judged": "BOOLEAN", "over_s": "DOUBLE", "index": "BIGINT"},
    ),
    "bouts": (
        ["audit", RUN, *CEILING, "--table", "bouts"],
        {"started_at": "TIMESTAMP WITH TIME ZONE", "tags": "VARCHAR[]", "over": "BOOLEAN", "pace_s_per_km": "DOUBLE"},
    ),
    "efforts": (
        ["audit", RUN, "--easy-pace", "9:00/km", "--table", "efforts"],
        {"effort": "BIGINT", "counted": "BOOLEAN", "ratio_to_ceiling": "DOUBLE"},
    ),
    "findings": (
        ["audit", RUN, "--easy-pace", "9:00/km", "--table", "findings"],
        {"rule": "VARCHAR", "measured": "DOUBLE", "bout": "BIGINT"},
    ),
    "progress": (
        ["progress", RUN, *CEILING],
        {"week": "BIGINT", "from": "DATE", "run_s": "DOUBLE", "easy": "BIGINT"},
    ),
    "records": (
        ["records", RUN],
        {"time": "TIMESTAMP WITH TIME ZONE", "lat": "DOUBLE", "heart_rate_bpm": "DOUBLE", "session": "BIGINT"},
    ),
    "records --clean": (
        ["records", RUN, "--clean"],
        {"time": "TIMESTAMP WITH TIME ZONE", "flags": "VARCHAR[]", "gait": "VARCHAR", "bout": "BIGINT"},
    ),
}


@pytest.fixture(params=TABLES)
def csv(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> tuple[str, dict[str, str]]:
    """The same as CSV, where types are what a reader infers."""
    if not PROGRAM.exists():
        pytest.skip(f"no program at {PROGRAM}: cargo build, or REHABRUN=/path/to/rehabrun")
    arguments, types = TABLES[request.param]
    path = tmp_path / "table.csv"
    done = subprocess.run([PROGRAM, *arguments, "--format", "csv", "-o", path], capture_output=True, text=True)
    assert path.exists(), done.stderr
    return str(path), types


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> tuple[str, dict[str, str]]:
    """A table as a file, with the types that its columns have."""
    if not PROGRAM.exists():
        pytest.skip(f"no program at {PROGRAM}: cargo build, or REHABRUN=/path/to/rehabrun")
    arguments, types = TABLES[request.param]
    path = tmp_path / "table.parquet"
    done = subprocess.run([PROGRAM, *arguments, "--format", "parquet", "-o", path], capture_output=True, text=True)
    assert path.exists(), done.stderr
    return str(path), types


def test_duckdb_reads_it(table: tuple[str, dict[str, str]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    path, types = table
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    known = {row[0]: row[1] for row in described}
    assert {name: known.get(name) for name in types} == types
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0] > 0


def test_polars_reads_it(table: tuple[str, dict[str, str]]) -> None:
    polars = pytest.importorskip("polars")
    path, types = table
    frame = polars.read_parquet(path)
    as_polars = {
        "TIMESTAMP WITH TIME ZONE": polars.Datetime("us", "UTC"),
        "DATE": polars.Date,
        "VARCHAR": polars.String,
        "VARCHAR[]": polars.List(polars.String),
        "DOUBLE": polars.Float64,
        "BIGINT": polars.Int64,
        "BOOLEAN": polars.Boolean,
    }
    assert {name: frame.schema[name] for name in types} == {name: as_polars[kind] for name, kind in types.items()}
    assert frame.height > 0


def test_duckdb_infers_the_types_of_csv(csv: tuple[str, dict[str, str]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    path, types = csv
    known = {row[0]: row[1] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
    for name, kind in types.items():
        # A list is text, and a number without decimals is whole.
        expected = {"DOUBLE": {"DOUBLE", "BIGINT"}, "VARCHAR[]": {"VARCHAR"}}.get(kind, {kind})
        assert known[name] in expected, (name, known[name])


def test_polars_infers_the_types_of_csv(csv: tuple[str, dict[str, str]]) -> None:
    polars = pytest.importorskip("polars")
    path, types = csv
    frame = polars.read_csv(path, try_parse_dates=True, infer_schema_length=None)
    for name, kind in types.items():
        dtype = frame.schema[name]
        is_as_expected = {
            "TIMESTAMP WITH TIME ZONE": dtype.is_temporal(),
            "DATE": dtype.is_temporal(),
            "DOUBLE": dtype.is_numeric(),
            "BIGINT": dtype.is_numeric(),
            "BOOLEAN": dtype == polars.Boolean,
        }.get(kind, dtype == polars.String)
        assert is_as_expected, (name, dtype)
