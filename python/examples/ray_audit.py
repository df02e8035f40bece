"""A folder of activities, or its packed copy, on Ray Data.

    python ray_audit.py FOLDER_OR_PARQUET 6:30/km OUT
"""

from __future__ import annotations

import sys

import pyarrow as pa
import ray.data

import rehabrun

FILES_PER_BATCH = 64


def audited(source: str, runner: rehabrun.Runner, table: rehabrun.TableName = "sessions") -> ray.data.Dataset:
    """The rows of a table, made by Ray's workers."""

    def audit(batch: pa.Table) -> pa.Table:
        return pa.table(rehabrun.audit_batch(batch["path"], batch["bytes"], runner=runner, table=table))

    if source.rstrip("/").endswith(".parquet"):
        files = ray.data.read_parquet(source, columns=["path", "content"]).rename_columns({"content": "bytes"})
    else:
        endings = ["fit", "gpx", "tcx", "fit.gz", "gpx.gz", "tcx.gz"]
        files = ray.data.read_binary_files(source, include_paths=True, file_extensions=endings)
    return files.map_batches(audit, batch_format="pyarrow", batch_size=FILES_PER_BATCH)


def main() -> None:
    source, easy_pace, out = sys.argv[1:4]
    audited(source, rehabrun.runner(easy_pace=easy_pace)).write_parquet(out)


if __name__ == "__main__":
    main()
