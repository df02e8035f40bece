"""A folder of runs to Polars: the weeks, the runs that were not easy, and a plot of both.

    python season.py FOLDER 6:30/km [PLOT.png]
"""

from __future__ import annotations

import pathlib
import sys

import matplotlib

matplotlib.use("Agg")  # a file, on a machine without a screen, too

import matplotlib.pyplot as plt  # noqa: E402
import polars as pl  # noqa: E402

import rehabrun  # noqa: E402

ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
OVER = ["disguised-intervals", "above-easy", "drifted-over", "surges"]


def sessions(folder: pathlib.Path, easy_pace: str) -> pl.DataFrame:
    """One row a session of all activities in a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.name.lower().endswith(ENDINGS))
    contents = [path.read_bytes() for path in paths]
    runner = rehabrun.runner(easy_pace=easy_pace)
    return pl.DataFrame(rehabrun.audit_batch(map(str, paths), contents, runner=runner))


def runs(rows: pl.DataFrame) -> pl.DataFrame:
    """The sessions that were judged and have a date. Two copies of a run, by start and length, count once."""
    judged = rows.filter(pl.col("judged") & pl.col("started_at").is_not_null())
    return judged.unique(["started_at", "elapsed_s"], keep="first", maintain_order=True)


def weeks(rows: pl.DataFrame) -> pl.DataFrame:
    """Running a week, and the share of the judged time over the ceiling; `None` where nothing could be judged."""
    judged_s = pl.col("judged_s").sum()
    return (
        runs(rows)
        .sort("started_at")
        .group_by_dynamic("started_at", every="1w")
        .agg(
            pl.len().alias("runs"),
            (pl.col("run_s").sum() / 60).round(1).alias("run_min"),
            (pl.col("distance_m").sum() / 1000).round(1).alias("km"),
            pl.when(judged_s > 0).then(pl.col("over_s").sum() / judged_s).round(3).alias("over_share"),
            pl.col("verdict").is_in(OVER).sum().alias("over"),
            (pl.col("verdict") == "undetermined").sum().alias("undetermined"),
        )
        .rename({"started_at": "week"})
        .with_columns(pl.col("week").dt.date())
    )


def plot(rows: pl.DataFrame, easy_pace: str, out: pathlib.Path) -> None:
    """Running a week above; below, how far over or under the ceiling each run's typical running was."""
    by_week, found = weeks(rows), runs(rows)
    plt.rcParams["date.converter"] = "concise"
    figure, (top, bottom) = plt.subplots(2, sharex=True, figsize=(9, 5.6), layout="constrained")
    over = by_week["run_min"] * by_week["over_share"].fill_null(0.0)
    bars = {"width": 6.0, "align": "edge"}
    top.bar(by_week["week"].to_list(), by_week["run_min"].to_list(), color="#9db4c8", label="running", **bars)
    top.bar(by_week["week"].to_list(), over.to_list(), color="#c0392b", label="of it over the ceiling", **bars)
    top.set_ylabel("minutes a week")
    top.legend(loc="upper left", frameon=False)
    top.set_title(f"{found.height} runs, easy ceiling {easy_pace}", loc="left")
    # Form and colour: the plot is readable in grey, too.
    groups = {
        "easy": (pl.col("verdict") == "easy", "o", "#2e7d5b"),
        "over": (pl.col("verdict").is_in(OVER), "^", "#c0392b"),
        "undetermined": (pl.col("verdict") == "undetermined", "x", "#777777"),
    }
    for label, (which, marker, color) in groups.items():
        part = found.filter(which)
        percent = 100 * part["over_s"] / (part["judged_s"].replace(0.0, None))
        bottom.scatter(part["started_at"].to_list(), percent.to_list(), marker=marker, color=color, label=label, s=28)
    bottom.set_ylabel("over the ceiling, %\nof the judged time")
    bottom.set_ylim(-4, 104)
    bottom.legend(loc="upper left", frameon=False, ncols=3, bbox_to_anchor=(0, 1.18))
    for axes in (top, bottom):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(out, dpi=150)
    plt.close(figure)


def main() -> None:
    folder, easy_pace = pathlib.Path(sys.argv[1]), sys.argv[2]
    rows = sessions(folder, easy_pace)
    print(weeks(rows))
    print(rows.filter(pl.col("verdict").is_in(OVER[:2])).select("path", "verdict", "index"))
    print(rows.filter(pl.col("status") == "failed").select("path", "error"))
    if len(sys.argv) > 3:
        plot(rows, easy_pace, pathlib.Path(sys.argv[3]))


if __name__ == "__main__":
    main()
