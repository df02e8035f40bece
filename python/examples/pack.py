"""Packs a folder of small activities into Parquet, one row a file, for stores that bill and wait for each object.

    python pack.py FOLDER OUT.parquet

OUT.parquet becomes a folder of files of about 256 MB with the columns `athlete_id` (the name of the file's folder), `path`,
`length` and `content`. Spark, DuckDB, Polars and Ray read it as it is.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

SCHEMA = pa.schema(
    [("athlete_id", pa.string()), ("path", pa.string()), ("length", pa.int64()), ("content", pa.binary())]
)

# A reader holds a row group at a time; a store likes objects of this size.
GROUP_BYTES = 32 << 20
FILE_BYTES = 256 << 20

ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")


def activities(folder: pathlib.Path) -> list[pathlib.Path]:
    """The activities below a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name.lower().endswith(ENDINGS))


def pack(paths: Iterable[pathlib.Path], out: pathlib.Path) -> int:
    """Writes files into a folder of Parquet, and returns how many there were."""
    out.mkdir(parents=True)
    n_files, n_parts, written = 0, 0, 0
    writer: pq.ParquetWriter | None = None
    for group in groups(paths):
        if writer is None:
            writer = pq.ParquetWriter(out / f"part-{n_parts:05}.parquet", SCHEMA, compression="zstd")
            n_parts += 1
        rows = pa.Table.from_pylist(group, SCHEMA)
        writer.write_table(rows)
        n_files += rows.num_rows
        written += rows.nbytes
        if written >= FILE_BYTES:
            writer.close()
            writer, written = None, 0
    if writer is not None:
        writer.close()
    return n_files


def groups(paths: Iterable[pathlib.Path]) -> Iterator[list[dict[str, object]]]:
    """Rows for a row group each, by their bytes."""
    rows: list[dict[str, object]] = []
    n_bytes = 0
    for path in paths:
        content = path.read_bytes()
        rows.append(
            {"athlete_id": path.parent.name, "path": str(path), "length": len(content), "content": content}
        )
        n_bytes += len(content)
        if n_bytes >= GROUP_BYTES:
            yield rows
            rows, n_bytes = [], 0
    if rows:
        yield rows


def main() -> None:
    folder, out = map(pathlib.Path, sys.argv[1:3])
    print(pack(activities(folder), out), "files packed")


if __name__ == "__main__":
    main()
