"""The same rows from Python and from the command, for every table."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rehabrun

TABLES: list[rehabrun.TableName] = ["sessions", "bouts", "efforts", "findings"]
PACE = "6:30/km"


def by_command(paths: list[pathlib.Path], table: str, folder: pathlib.Path) -> pa.Table:
    out = folder / f"{table}.parquet"
    options = ["--table", table, "--format", "parquet", "--easy-pace", PACE, "--no-cache", "--no-progress", "-q"]
    # Paths by name: what is in a folder twice is told once, and what is no activity is left out.
    done = subprocess.run(
        [sys.executable, "-m", "rehabrun", "audit", *map(str, paths), *options, "-o", str(out)],
        capture_output=True,
        text=True,
    )
    assert out.exists(), done.stderr
    return pq.read_table(out)


def by_batch(paths: list[pathlib.Path], table: rehabrun.TableName, threads: int = 1) -> pa.Table:
    contents = [path.read_bytes() for path in paths]
    names = [str(path) for path in paths]
    runner = rehabrun.runner(easy_pace=PACE)
    return pa.table(rehabrun.audit_batch(names, contents, runner=runner, table=table, threads=threads))


def check(paths: list[pathlib.Path], table: rehabrun.TableName, folder: pathlib.Path) -> None:
    command, batch = by_command(paths, table, folder), by_batch(paths, table)
    assert command.schema.remove_metadata().equals(batch.schema)
    assert command.num_rows == batch.num_rows
    assert command.to_pylist() == batch.to_pylist()


@pytest.mark.parametrize("table", TABLES)
def test_fixtures(fixtures: list[pathlib.Path], tmp_path: pathlib.Path, table: rehabrun.TableName) -> None:
    assert len(fixtures) > 10
    check(fixtures, table, tmp_path)


@pytest.mark.parametrize("table", TABLES)
def test_corpus(corpus: list[pathlib.Path], tmp_path: pathlib.Path, table: rehabrun.TableName) -> None:
    check(corpus, table, tmp_path)


def test_threads_change_no_row(fixtures: list[pathlib.Path]) -> None:
    assert by_batch(fixtures, "bouts", threads=3).equals(by_batch(fixtures, "bouts"))


@pytest.mark.parametrize("table", TABLES)
def test_schema_is_that_of_the_rows(table: rehabrun.TableName) -> None:
    assert pa.schema(rehabrun.schema(table)).equals(by_batch([], table).schema)
