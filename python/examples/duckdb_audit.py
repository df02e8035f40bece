"""A folder of activities, or its packed copy, to DuckDB: audit by the batch, then SQL.

    python duckdb_audit.py FOLDER_OR_PARQUET 6:30/km
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import duckdb
import pyarrow as pa

import rehabrun

FILES_PER_BATCH = 64


def files(connection: duckdb.DuckDBPyConnection, source: str) -> duckdb.DuckDBPyRelation:
    """`path` and `content`, read as they are needed."""
    if source.rstrip("/").endswith(".parquet"):
        return connection.sql("select path, content from read_parquet($1)", params=[f"{source}/*.parquet"])
    named = r"\.(fit|gpx|tcx)(\.gz)?$"
    query = "select filename as path, content from read_blob($1) where regexp_matches(filename, $2, 'i')"
    return connection.sql(query, params=[f"{source}/**", named])


def audited(
    connection: duckdb.DuckDBPyConnection, source: str, runner: rehabrun.Runner, table: rehabrun.TableName = "sessions"
) -> pa.RecordBatchReader:
    """The rows of a table; DuckDB takes the reader as it is."""

    def rows() -> Iterator[pa.RecordBatch]:
        for batch in files(connection, source).to_arrow_reader(FILES_PER_BATCH):
            found = rehabrun.audit_batch(batch["path"], batch["content"], runner=runner, table=table)
            yield from pa.table(found).to_batches()

    return pa.RecordBatchReader.from_batches(pa.schema(rehabrun.schema(table)), rows())


def main() -> None:
    source, easy_pace = sys.argv[1:3]
    connection = duckdb.connect()
    sessions = audited(connection, source, rehabrun.runner(easy_pace=easy_pace)).read_all()
    connection.register("sessions", sessions)
    print(connection.sql("select verdict, count(*), round(sum(distance_m) / 1000) as km from sessions group by all order by 2 desc"))


if __name__ == "__main__":
    main()
