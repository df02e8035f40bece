"""The same rows from Spark, from a batch and from the command; weeks of a runner; the size of batches."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, activities
from test_rows import PACE, TABLES, by_batch, by_command

import rehabrun

EXAMPLES = pathlib.Path(__file__).parents[1] / "examples"
sys.path.insert(0, str(EXAMPLES))
# Spark's workers import the example, too; a submitted one is sent to them.
os.environ["PYTHONPATH"] = str(EXAMPLES)
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
import pack  # noqa: E402
import spark_audit  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

TOML = f'[ceiling]\neasy_pace = "{PACE}"\n'


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    session = spark_audit.session("local[2]")
    yield session
    session.stop()


def runners(spark: SparkSession, settings: dict[str, str]) -> DataFrame:
    return spark.createDataFrame(list(settings.items()), "athlete_id string, toml string")


def everyone(spark: SparkSession, files: DataFrame) -> DataFrame:
    """All athletes of files, with the same ceiling."""
    return runners(spark, {row[0]: TOML for row in files.select("athlete_id").distinct().collect()})


def by_spark(spark: SparkSession, folder: pathlib.Path, table: rehabrun.TableName) -> pa.Table:
    files = spark_audit.activities(spark, str(folder))
    spark_audit.bound_batches(files)
    # As an Arrow table, in which times keep their zone.
    return spark_audit.audited(files, everyone(spark, files), table).toArrow().drop_columns(["athlete_id"])


def ordered(table: pa.Table) -> list[dict[str, object]]:
    """Rows in an order of their own, as Spark has none; a path without the scheme that Spark puts before it."""
    rows: list[dict[str, object]] = table.to_pylist()
    for row in rows:
        row["path"] = str(row["path"]).removeprefix("file:")
    return sorted(rows, key=repr)


def check(spark: SparkSession, folder: pathlib.Path, table: rehabrun.TableName, scratch: pathlib.Path) -> None:
    # Spark passes over hidden names without a message.
    paths = [path for path in activities(folder) if not path.name.startswith((".", "_"))]
    found, batch, command = by_spark(spark, folder, table), by_batch(paths, table), by_command(paths, table, scratch)
    assert found.column_names == batch.column_names == command.column_names
    assert ordered(found) == ordered(batch)
    assert ordered(found) == ordered(command)


@pytest.mark.parametrize("table", TABLES)
def test_fixtures(spark: SparkSession, tmp_path: pathlib.Path, table: rehabrun.TableName) -> None:
    check(spark, (ROOT / "fixtures").resolve(), table, tmp_path)


@pytest.mark.parametrize("table", TABLES)
def test_corpus(
    spark: SparkSession, corpus_folder: pathlib.Path, tmp_path: pathlib.Path, table: rehabrun.TableName
) -> None:
    check(spark, corpus_folder, table, tmp_path)


def test_packed_files_keep_every_name(spark: SparkSession, fixtures: list[pathlib.Path], tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "odd names"
    folder.mkdir()
    paths = [folder / name for name in ("a b+%20.fit", "über [1]{2}.gpx", "._double.fit", "_under.fit", "a#?&.fit")]
    for path, source in zip(paths, [path for path in fixtures if path.suffix == ".fit"]):
        shutil.copy(source, path)
    assert pack.pack(pack.activities(folder), tmp_path / "all.parquet") == 5
    packed = by_spark(spark, tmp_path / "all.parquet", "sessions")
    assert ordered(packed) == ordered(by_batch(sorted(paths), "sessions"))
    # Spark's own reader spells odd names as they are, and leaves two out.
    read = by_spark(spark, folder, "sessions")
    assert ordered(read) == ordered(by_batch([paths[0], paths[1], paths[4]], "sessions"))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, fixtures: list[pathlib.Path]) -> pathlib.Path:
    """Three runners with the same runs."""
    folder = tmp_path_factory.mktemp("runners")
    judged = [path for path in fixtures if len(rehabrun.audit(path, easy_pace=PACE).bouts) > 3]
    assert len(judged) > 3
    for athlete in ("fast", "slow", "unknown"):
        (folder / athlete).mkdir()
        for path in judged:
            shutil.copy(path, folder / athlete)
    return folder


def test_each_runner_has_its_own_settings(spark: SparkSession, folders: pathlib.Path) -> None:
    files = spark_audit.activities(spark, str(folders))
    known = {"fast": '[ceiling]\neasy_pace = "3:00/km"\n', "slow": '[ceiling]\neasy_pace = "12:00/km"\n'}
    # One batch holds the files of several runners.
    spark_audit.bound_batches(files.repartition(1))
    rows = spark_audit.audited(files.repartition(1), runners(spark, known), "sessions").toArrow().to_pylist()
    verdicts = {athlete: [row["verdict"] for row in rows if row["athlete_id"] == athlete] for athlete in (*known, "unknown")}
    assert "easy" in verdicts["fast"] and "easy" not in verdicts["unknown"]
    assert verdicts["slow"] != verdicts["fast"]
    for athlete, toml in {**known, "unknown": ""}.items():
        runner = rehabrun.Runner.from_toml(toml)
        paths = activities(folders / athlete)
        alone = rehabrun.audit_batch(map(str, paths), [path.read_bytes() for path in paths], runner=runner)
        mine = pa.Table.from_pylist([row for row in rows if row["athlete_id"] == athlete]).drop_columns(["athlete_id"])
        assert ordered(mine) == ordered(pa.table(alone))


def test_weeks_of_each_runner(spark: SparkSession, folders: pathlib.Path) -> None:
    files = spark_audit.activities(spark, str(folders))
    known = {"fast": '[ceiling]\neasy_pace = "3:00/km"\n', "slow": '[ceiling]\neasy_pace = "12:00/km"\n'}
    rows = spark_audit.weekly(files, runners(spark, known)).toArrow().to_pylist()
    assert {row["athlete_id"] for row in rows} == {"fast", "slow", "unknown"}
    for athlete, toml in {**known, "unknown": ""}.items():
        paths = activities(folders / athlete)
        contents = [path.read_bytes() for path in paths]
        runner = rehabrun.Runner.from_toml(toml)
        progress = rehabrun.progress([f"file:{path}" for path in paths], contents, runner=runner)
        mine = sorted((row for row in rows if row["athlete_id"] == athlete), key=lambda row: row["week"])
        assert [row["week"] for row in mine] == [week["week"] for week in progress["weeks"]]
        for row, week in zip(mine, progress["weeks"]):
            same = ("sessions", "run_s", "walk_s", "run_m", "longest_run_m", "over_share")
            assert [row[name] for name in same] == [week[name] for name in same]
            assert str(row["from"]) == week["from"] and str(row["to"]) == week["to"]
        assert sum(len(row["findings"]) for row in mine) == sum(f["week"] is not None for f in progress["findings"])


def test_batches_stay_under_their_size(spark: SparkSession, tmp_path: pathlib.Path) -> None:
    for i in range(30):
        (tmp_path / f"{i}.fit").write_bytes(bytes(100_000 + 1000 * i))
    files = spark_audit.activities(spark, str(tmp_path)).repartition(1)
    assert spark_audit.bound_batches(files) == 512
    assert spark_audit.bound_batches(files, 1 << 20) == 8
    sizes = pa.schema([("n", pa.int64()), ("bytes", pa.int64())])

    def size(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.RecordBatch.from_pylist([{"n": batch.num_rows, "bytes": batch.nbytes}], sizes)

    rows = files.select("content").mapInArrow(size, "n long, bytes long").collect()
    assert sum(row["n"] for row in rows) == 30
    assert max(row["bytes"] for row in rows) <= 1 << 20


def test_command_line_of_the_example(folders: pathlib.Path, tmp_path: pathlib.Path) -> None:
    settings = tmp_path / "runners.json"
    settings.write_text(json.dumps({"athlete_id": "fast", "toml": '[ceiling]\neasy_pace = "3:00/km"\n'}) + "\n")
    out = tmp_path / "out"
    example = EXAMPLES / "spark_audit.py"
    done = subprocess.run([sys.executable, example, settings, folders, out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for table in ("sessions", "weeks"):
        assert sorted(path.name for path in (out / table).glob("athlete_id=*")) == [
            f"athlete_id={athlete}" for athlete in ("fast", "slow", "unknown")
        ]
        assert pq.read_table(out / table).num_rows > 0
