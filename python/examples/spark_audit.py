"""Audits a folder of activities on Spark, with Spark's own readers and writers.

    spark-submit spark_audit.py RUNNERS.json FOLDER OUT

RUNNERS.json holds an object a line, `{"athlete_id": "a1", "toml": "[ceiling]\\neasy_pace = \\"6:30/km\\"\\n"}`. FOLDER has a
folder a runner, named by the athlete's id; OUT becomes Parquet, partitioned by the id.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

import rehabrun

# Activities have 0.1 to 1 MB: a batch stays under 64 MB.
FILES_PER_BATCH = 64


def session(master: str) -> SparkSession:
    """A session of Spark whose batches stay small."""
    builder = SparkSession.builder.master(master).appName("rehabrun")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", FILES_PER_BATCH)
    builder = builder.config("spark.sql.session.timeZone", "UTC")
    return builder.config("spark.ui.enabled", "false").getOrCreate()


def audited(files: DataFrame, table: rehabrun.TableName) -> DataFrame:
    """The rows of files with the columns `athlete_id`, `path`, `content` and `toml`."""
    rows = pa.schema(rehabrun.schema(table))
    schema = pa.schema([pa.field("athlete_id", pa.string()), *rows])

    def audit(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            # A batch may hold several runners; files without one are audited without a ceiling, which is never a pass.
            for athlete, toml, names, contents in by_runner(batch):
                runner = rehabrun.Runner.from_toml(toml or "")
                found = pa.table(rehabrun.audit_batch(names, contents, runner=runner, table=table))
                ids = pa.array([athlete] * found.num_rows, pa.string())
                yield from found.add_column(0, schema.field(0), ids).to_batches()

    return files.select("athlete_id", "toml", "path", "content").mapInArrow(audit, from_arrow_schema(schema))


def by_runner(batch: pa.RecordBatch) -> Iterator[tuple[str, str | None, list[str], list[bytes]]]:
    """The files of a batch, a runner at a time."""
    groups: dict[tuple[str, str | None], tuple[list[str], list[bytes]]] = {}
    for row in batch.to_pylist():
        names, contents = groups.setdefault((row["athlete_id"], row["toml"]), ([], []))
        names.append(row["path"])
        contents.append(row["content"])
    for (athlete, toml), (names, contents) in groups.items():
        yield athlete, toml, names, contents


def main() -> None:
    runners, folder, out = sys.argv[1:4]
    spark = session("local[*]")
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder)
    files = files.withColumn("athlete_id", F.element_at(F.split("path", "/"), -2))
    joined = files.join(F.broadcast(spark.read.json(runners)), "athlete_id", "left")
    audited(joined, "sessions").write.mode("overwrite").partitionBy("athlete_id").parquet(out)


if __name__ == "__main__":
    main()
