"""A folder of runs to Polars: the weeks, and the runs that were no easy runs.

    python season.py FOLDER 6:30/km
"""

from __future__ import annotations

import pathlib
import sys

import polars as pl

import rehabrun


def sessions(folder: pathlib.Path, easy_pace: str) -> pl.DataFrame:
    """A row a session of all activities in a folder."""
    endings = {".fit", ".gpx", ".tcx", ".gz"}
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in endings)
    contents = [path.read_bytes() for path in paths]
    runner = rehabrun.runner(easy_pace=easy_pace)
    return pl.DataFrame(rehabrun.audit_batch(map(str, paths), contents, runner=runner))


def weeks(rows: pl.DataFrame) -> pl.DataFrame:
    """Running a week, and how much of what was judged was over the ceiling. What nobody could judge is counted by itself."""
    judged = rows.filter(pl.col("judged") & pl.col("started_at").is_not_null())
    return (
        judged.group_by(pl.col("started_at").dt.truncate("1w").alias("week"))
        .agg(
            pl.len().alias("runs"),
            (pl.col("run_s").sum() / 60).round(1).alias("run_min"),
            (pl.col("over_s").sum() / pl.col("judged_s").sum()).round(3).alias("over_share"),
            (pl.col("verdict") == "undetermined").sum().alias("undetermined"),
        )
        .sort("week")
    )


def main() -> None:
    folder, easy_pace = pathlib.Path(sys.argv[1]), sys.argv[2]
    rows = sessions(folder, easy_pace)
    print(weeks(rows))
    print(rows.filter(pl.col("verdict").is_in(["disguised-intervals", "above-easy"])).select("path", "verdict", "index"))
    print(rows.filter(pl.col("status") == "failed").select("path", "error"))


if __name__ == "__main__":
    main()
