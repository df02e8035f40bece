"""Audits a folder of activities on Spark, with Spark's own readers and writers.

    spark-submit spark_audit.py RUNNERS.json FOLDER OUT

RUNNERS.json holds one object a line: `{"athlete_id": "a1", "toml": "[ceiling]\\neasy_pace = \\"6:30/km\\"\\n"}`. FOLDER holds
one folder a runner, named by the athlete's id, or is the Parquet that `pack.py` makes of it. OUT receives two Parquet
tables, partitioned by the id: `sessions`, one row a session, and `weeks`, one row a week of each runner.

Spark's reader of files skips names that begin with `.` or `_` without a message. Packed files keep every name.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

import rehabrun

# A worker holds one batch at a time, beside its rows.
BATCH_BYTES = 64 << 20

# As many files a batch as are worth the cost of passing one on; the bytes bound larger files.
MOST_FILES_PER_BATCH = 512

# Names as watches and sites write them: any case, gzipped or not.
_ENDINGS = [r"[fF][iI][tT]", r"[gG][pP][xX]", r"[tT][cC][xX]"]
ACTIVITIES = "*.{" + ",".join(_ENDINGS + [f"{ending}.[gG][zZ]" for ending in _ENDINGS]) + "}"


def session(master: str | None = None) -> SparkSession:
    """A session of Spark; without a master the one that `spark-submit` names."""
    builder = SparkSession.builder.appName("rehabrun")
    if master is not None:
        builder = builder.master(master).config("spark.ui.enabled", "false")
    return builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()


def activities(spark: SparkSession, folder: str) -> DataFrame:
    """The files of a folder of runners: `athlete_id`, `path`, `length` in bytes, and `content`."""
    if folder.rstrip("/").endswith(".parquet"):
        return spark.read.parquet(folder)
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true").option("pathGlobFilter", ACTIVITIES)
    files = reader.load(folder).select("path", "length", "content")
    return files.withColumn("athlete_id", F.element_at(F.split("path", "/"), -2))


def bound_batches(files: DataFrame, batch_bytes: int = BATCH_BYTES) -> int:
    """Sets how many files Spark puts into a batch, so that it stays under a size, and returns the number.

    The largest file decides. Lengths come from the listing: no content is read. A file above the size is a batch alone.
    """
    [[largest]] = files.agg(F.max("length")).collect()
    files_per_batch = max(1, min(MOST_FILES_PER_BATCH, batch_bytes // int(largest or 1)))
    files.sparkSession.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", files_per_batch)
    return files_per_batch


def audited(files: DataFrame, runners: DataFrame, table: rehabrun.TableName) -> DataFrame:
    """The rows of a table for files, each audited with the settings (`toml`) of its `athlete_id`.

    Files of an athlete without settings are audited without a ceiling, which is never a pass.
    """
    rows = pa.schema(rehabrun.schema(table))
    schema = pa.schema([pa.field("athlete_id", pa.string()), *rows])

    def audit(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for athlete, toml, part in by_runner(batch):
                runner = rehabrun.Runner.from_toml(toml)
                found = pa.table(rehabrun.audit_batch(part["path"], part["content"], runner=runner, table=table))
                ids = pa.array([athlete] * found.num_rows, pa.string())
                yield from found.add_column(0, schema.field(0), ids).to_batches()

    joined = files.join(F.broadcast(runners), "athlete_id", "left").select("athlete_id", "toml", "path", "content")
    return joined.mapInArrow(audit, from_arrow_schema(schema))


def by_runner(batch: pa.RecordBatch) -> Iterator[tuple[str | None, str, pa.RecordBatch]]:
    """The files of a batch, one runner at a time, in the order of their first files."""
    found: dict[tuple[str | None, str | None], list[int]] = {}
    for i, key in enumerate(zip(batch["athlete_id"].to_pylist(), batch["toml"].to_pylist())):
        found.setdefault(key, []).append(i)
    for (athlete, toml), rows in found.items():
        yield athlete, toml or "", batch.take(pa.array(rows))


WEEKS = pa.schema(
    [
        ("athlete_id", pa.string()),
        ("week", pa.int64()),
        ("from", pa.date32()),
        ("to", pa.date32()),
        ("sessions", pa.int64()),
        ("run_s", pa.float64()),
        ("walk_s", pa.float64()),
        ("run_m", pa.float64()),
        ("longest_run_m", pa.float64()),
        ("over_share", pa.float64()),
        ("findings", pa.list_(pa.string())),
    ]
)


def weekly(files: DataFrame, runners: DataFrame) -> DataFrame:
    """One row a week of each runner, from `rehabrun.progress` over all of the runner's files in one group.

    Spark hands a group over in one piece: the bytes of one runner's files must fit into a worker.
    """

    def weeks(group: pa.Table) -> pa.Table:
        [athlete], [toml] = (set(group[name].to_pylist()) for name in ("athlete_id", "toml"))
        # Groups come in no order; names decide which of two copies of a run counts.
        ordered = group.sort_by("path")
        runner = rehabrun.Runner.from_toml(toml or "")
        progress = rehabrun.progress(ordered["path"], ordered["content"], runner=runner)
        rules: dict[int, list[str]] = {}
        for finding in progress["findings"]:
            rules.setdefault(finding["week"], []).append(finding["rule"])
        rows = [
            {
                **{name: week[name] for name in WEEKS.names if name in week},
                "athlete_id": athlete,
                "from": datetime.date.fromisoformat(week["from"]),
                "to": datetime.date.fromisoformat(week["to"]),
                "findings": rules.get(week["week"], []),
            }
            for week in progress["weeks"]
        ]
        return pa.Table.from_pylist(rows, WEEKS)

    joined = files.join(F.broadcast(runners), "athlete_id", "left").select("athlete_id", "toml", "path", "content")
    return joined.groupBy("athlete_id").applyInArrow(weeks, from_arrow_schema(WEEKS))


def main() -> None:
    settings, folder, out = sys.argv[1:4]
    spark = session()
    runners = spark.read.schema("athlete_id string, toml string").json(settings)
    files = activities(spark, folder)
    bound_batches(files)
    audited(files, runners, "sessions").write.mode("overwrite").partitionBy("athlete_id").parquet(f"{out}/sessions")
    weekly(files, runners).write.mode("overwrite").partitionBy("athlete_id").parquet(f"{out}/weeks")


if __name__ == "__main__":
    main()
