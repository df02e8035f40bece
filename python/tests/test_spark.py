"""The same rows from Spark as from a batch."""

from __future__ import annotations

import os
import pathlib
import re
import sys

import pyarrow as pa
import pytest

import rehabrun

EXAMPLES = str(pathlib.Path(__file__).parents[1] / "examples")
sys.path.insert(0, EXAMPLES)
# Spark's workers import the example, too; run by itself it is sent to them.
os.environ["PYTHONPATH"] = EXAMPLES
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
import spark_audit  # noqa: E402

TOML = '[ceiling]\neasy_pace = "6:30/km"\n'


def check(paths: list[pathlib.Path], table: rehabrun.TableName) -> None:
    spark = spark_audit.session("local[2]")
    files = spark.read.format("binaryFile").load([literal(path) for path in paths])
    from pyspark.sql import functions as F

    files = files.withColumn("athlete_id", F.lit("a")).withColumn("toml", F.lit(TOML))
    # As a table of Arrow, in which moments keep their zone.
    by_spark = spark_audit.audited(files, table).toArrow().drop_columns(["athlete_id"])

    contents = [path.read_bytes() for path in paths]
    names = [f"file:{path.resolve()}" for path in paths]
    runner = rehabrun.Runner.from_toml(TOML)
    by_batch = pa.table(rehabrun.audit_batch(names, contents, runner=runner, table=table))
    assert by_spark.column_names == by_batch.column_names
    assert ordered(by_spark) == ordered(by_batch)


def literal(path: pathlib.Path) -> str:
    """The path for Spark, which takes a path for a pattern."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path))


def ordered(table: pa.Table) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = table.to_pylist()
    return sorted(rows, key=repr)


@pytest.mark.parametrize("table", ["sessions", "bouts"])
def test_fixtures(fixtures: list[pathlib.Path], table: rehabrun.TableName) -> None:
    check(fixtures, table)
