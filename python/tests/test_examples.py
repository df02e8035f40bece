"""The examples beside Spark's: the same rows from DuckDB and Ray, and the season with its plot."""

from __future__ import annotations

import pathlib
import sys

import duckdb
import pyarrow as pa
import pytest
from test_rows import PACE, TABLES, by_batch

import rehabrun

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "examples"))
import duckdb_audit  # noqa: E402
import pack  # noqa: E402
import season  # noqa: E402

RUNNER = rehabrun.runner(easy_pace=PACE)


@pytest.fixture(scope="module")
def packed(fixtures: list[pathlib.Path], tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    out = tmp_path_factory.mktemp("packed") / "all.parquet"
    pack.pack(fixtures, out)
    return out


def ordered(table: pa.Table) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = table.to_pylist()
    return sorted(rows, key=repr)


@pytest.mark.parametrize("table", TABLES)
def test_duckdb(fixtures: list[pathlib.Path], packed: pathlib.Path, table: rehabrun.TableName) -> None:
    batch = ordered(by_batch(fixtures, table))
    rows = duckdb_audit.audited(duckdb.connect(), str(packed), RUNNER, table).read_all()
    assert ordered(rows) == batch


def test_duckdb_reads_a_folder(fixtures: list[pathlib.Path]) -> None:
    folder = next(path.parent for path in fixtures if path.suffix == ".fit")
    paths = pack.activities(folder)
    rows = duckdb_audit.audited(duckdb.connect(), str(folder), RUNNER).read_all()
    assert ordered(rows) == ordered(by_batch(paths, "sessions"))


def test_ray(fixtures: list[pathlib.Path], packed: pathlib.Path) -> None:
    pytest.importorskip("ray")
    import ray
    import ray_audit

    ray.init(num_cpus=2, include_dashboard=False, logging_level="error")
    try:
        rows = pa.concat_tables(ray.get(ray_audit.audited(str(packed), RUNNER).to_arrow_refs()))
    finally:
        ray.shutdown()
    assert ordered(rows) == ordered(by_batch(fixtures, "sessions"))


def test_season(fixtures: list[pathlib.Path], tmp_path: pathlib.Path) -> None:
    rows = season.sessions(fixtures[0].parent, PACE)
    weeks = season.weeks(rows)
    assert weeks["runs"].sum() == season.runs(rows).height > 0
    # What nobody could judge has no share, rather than a good one.
    unknown = season.weeks(rows.with_columns(judged_s=0.0, over_s=0.0))
    assert unknown["over_share"].null_count() == unknown.height > 0
    out = tmp_path / "season.png"
    season.plot(rows, PACE, out)
    assert out.read_bytes().startswith(b"\x89PNG") and out.stat().st_size > 10_000
