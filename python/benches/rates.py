"""Files a second and memory: the batch, the command, Spark, and Python's readers of activities on the same files, in one run.

    python rates.py FOLDER [--readers PYTHON] [--most N] [--repeat N] [--only NAME...]

Each contender runs in a process of its own, in turn; the time is the processor's (user and system, threads and children
included), since a shared machine's clock says little, and the best of the repeats counts. Reading the files from the disk's
cache is in it for all. The readers decode every record and do no more; the rows of `rehabrun` are an audit. `--readers` is
the interpreter that has the readers, as some need old versions of pandas; those not installed are listed as missing.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

BATCH_BYTES = 64 << 20
PACE = "6:30/km"
EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / "examples"

Paths = list[pathlib.Path]


def batches(paths: Paths) -> Iterator[tuple[list[str], list[bytes]]]:
    """Names and contents under the size of a batch."""
    names: list[str] = []
    contents: list[bytes] = []
    for path in paths:
        contents.append(path.read_bytes())
        names.append(str(path))
        if sum(map(len, contents)) > BATCH_BYTES:
            yield names, contents
            names, contents = [], []
    yield names, contents


def audit_batch(paths: Paths, threads: int = 1) -> int:
    import rehabrun

    runner = rehabrun.runner(easy_pace=PACE)
    for names, contents in batches(paths):
        len(rehabrun.audit_batch(names, contents, runner=runner, threads=threads))
    return 0


def command(paths: Paths) -> int:
    program = pathlib.Path(sys.executable).with_name("rehabrun")
    with tempfile.TemporaryDirectory() as folder:
        listed = pathlib.Path(folder) / "list"
        listed.write_text("".join(f"{path}\n" for path in paths))
        options = ["--files-from", listed, "-j", "1", "--no-cache", "--no-progress", "-q", "--easy-pace", PACE]
        out = ["--table", "sessions", "--format", "parquet", "-o", pathlib.Path(folder) / "rows"]
        subprocess.run([program, "audit", *options, *out], stderr=subprocess.DEVNULL)
        assert (pathlib.Path(folder) / "rows").exists()
    return 0


def spark(paths: Paths) -> dict[str, Any]:
    """Audits a packed copy on two cores, after a first job that starts Spark and its workers."""
    sys.path.insert(0, str(EXAMPLES))
    os.environ["PYTHONPATH"] = str(EXAMPLES)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    import pack
    import spark_audit

    with tempfile.TemporaryDirectory() as folder:
        packed = pathlib.Path(folder) / "all.parquet"
        # Small pieces, so that both cores have work to the end.
        pack.FILE_BYTES = 8 << 20
        pack.GROUP_BYTES = 8 << 20
        pack.pack(paths, packed)
        began = time.monotonic()
        session = spark_audit.session("local[2]")
        toml = f'[ceiling]\neasy_pace = "{PACE}"\n'
        files = spark_audit.activities(session, str(packed))
        runners = files.select("athlete_id").distinct().collect()
        known = session.createDataFrame([(row[0], toml) for row in runners], "athlete_id string, toml string")
        spark_audit.audited(files.limit(2), known, "sessions").collect()
        start_s = time.monotonic() - began
        spark_audit.bound_batches(files)
        cpu, began = tree_cpu_s(), time.monotonic()
        spark_audit.audited(files, known, "sessions").write.parquet(f"{folder}/out")
        measured = {"wall_s": time.monotonic() - began, "cpu_s": tree_cpu_s() - cpu, "start_s": start_s}
        measured["worker_mb"] = max(worker_peaks_mb(), default=0.0)
        session.stop()
    return measured


def tree() -> list[pathlib.Path]:
    """The processes below this one, itself included."""
    parents = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = {os.getpid()}
    for _ in parents:
        more = {pid for pid, parent in parents.items() if parent in found} | found
        if more == found:
            break
        found = more
    return [pathlib.Path(f"/proc/{pid}") for pid in found]


def tree_cpu_s() -> float:
    ticks = 0
    for process in tree():
        try:
            ticks += sum(map(int, (process / "stat").read_text().rsplit(")", 1)[1].split()[11:15]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def worker_peaks_mb() -> Iterator[float]:
    """The peak memory of each of Spark's Python workers."""
    for process in tree():
        try:
            if b"pyspark" in (process / "cmdline").read_bytes() and b"java" not in (process / "cmdline").read_bytes():
                status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
                yield int(status["VmHWM"].split()[0]) / 1024
        except OSError:
            continue


def fitdecode(path: pathlib.Path) -> None:
    import fitdecode as library

    with library.FitReader(str(path)) as file:
        for frame in file:
            if frame.frame_type == library.FIT_FRAME_DATA and frame.name == "record":
                {field.name: field.value for field in frame.fields}


def fitparse(path: pathlib.Path) -> None:
    import fitparse as library

    for record in library.FitFile(str(path)).get_messages("record"):
        record.get_values()


def garmin_fit_sdk(path: pathlib.Path) -> None:
    from garmin_fit_sdk import Decoder, Stream

    messages, _ = Decoder(Stream.from_file(str(path))).read()
    len(messages["record_mesgs"])


def gpxpy(path: pathlib.Path) -> None:
    import gpxpy as library

    with path.open(encoding="utf-8") as file:
        for track in library.parse(file).tracks:
            for segment in track.segments:
                for point in segment.points:
                    (point.latitude, point.longitude, point.time, point.extensions)


def runpandas(path: pathlib.Path) -> None:
    import runpandas as library

    len(library.read_file(str(path)))


def sweat(path: pathlib.Path) -> None:
    import sweat as library

    len(getattr(library, f"read_{path.suffix[1:]}")(str(path)))


READERS: dict[str, tuple[Callable[[pathlib.Path], None], tuple[str, ...]]] = {
    "fitdecode": (fitdecode, (".fit",)),
    "fitparse": (fitparse, (".fit",)),
    "garmin_fit_sdk": (garmin_fit_sdk, (".fit",)),
    "gpxpy": (gpxpy, (".gpx",)),
    "runpandas": (runpandas, (".fit", ".gpx", ".tcx")),
    "sweat": (sweat, (".fit", ".gpx", ".tcx")),
}
OURS: dict[str, Callable[[Paths], Any]] = {
    "audit_batch": audit_batch,
    "audit_batch, 2 threads": lambda paths: audit_batch(paths, threads=2),
    "rehabrun audit": command,
    "Spark local[2]": spark,
}


def child(name: str, paths: Paths) -> None:
    """Runs one contender and prints what it took."""
    if name in READERS:
        __import__(name)
    elif name != "rehabrun audit":
        __import__("rehabrun")
    cpu, began = cpu_s(), time.monotonic()
    measured: dict[str, Any] = {"failed": 0}
    if name in READERS:
        for path in paths:
            try:
                READERS[name][0](path)
            except Exception:
                measured["failed"] += 1
    else:
        more = OURS[name](paths)
        measured |= more if isinstance(more, dict) else {}
    measured = {"wall_s": time.monotonic() - began, "cpu_s": cpu_s() - cpu, **measured}
    kind = resource.RUSAGE_CHILDREN if name == "rehabrun audit" else resource.RUSAGE_SELF
    measured["peak_mb"] = resource.getrusage(kind).ru_maxrss / 1024
    print(json.dumps(measured))


def cpu_s() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure(name: str, paths: Paths, python: str, repeat: int) -> dict[str, Any] | None:
    """The best of some runs; `None` where the contender is not installed."""
    best: dict[str, Any] | None = None
    with tempfile.NamedTemporaryFile("w") as listed:
        listed.write("\n".join(map(str, paths)))
        listed.flush()
        for _ in range(repeat):
            done = subprocess.run(
                [python, __file__, "--child", name, listed.name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            if "ModuleNotFoundError" in done.stderr:
                return None
            if done.returncode != 0:
                raise RuntimeError(done.stderr)
            measured = json.loads(done.stdout.splitlines()[-1])
            best = measured if best is None or measured["cpu_s"] < best["cpu_s"] else best
    return best


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--readers", default=sys.executable)
    arguments.add_argument("--most", type=int, default=40, help="files of each format for the readers")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--only", nargs="*")
    given = arguments.parse_args()

    paths = sorted(p for p in given.folder.rglob("*") if p.suffix in (".fit", ".gpx", ".tcx") and p.stat().st_size > 20_000)
    all_bytes = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} files, {all_bytes / 1e6:.0f} MB")
    print(f"{'':24} {'files/s of CPU':>14} {'MB/s of CPU':>12} {'clock s':>8} {'peak MB':>8}")

    def show(name: str, subset: Paths, found: dict[str, Any] | None) -> None:
        if found is None:
            print(f"{name:24} {'not installed':>14}")
            return
        megabytes = sum(path.stat().st_size for path in subset) / 1e6
        line = f"{name:24} {len(subset) / found['cpu_s']:14.1f} {megabytes / found['cpu_s']:12.1f} {found['wall_s']:8.1f} {found['peak_mb']:8.0f}"
        notes = [f"{found['failed']} files failed"] if found["failed"] else []
        notes += [f"start {found['start_s']:.1f} s, a worker {found['worker_mb']:.0f} MB"] if "start_s" in found else []
        print(line, *notes, sep="  ", flush=True)

    for name in OURS:
        if not given.only or name in given.only:
            show(name, paths, measure(name, paths, sys.executable, given.repeat))
    for ending in (".fit", ".gpx", ".tcx"):
        subset = [path for path in paths if path.suffix == ending]
        subset = subset[:: max(1, len(subset) // given.most)][: given.most]
        print(f"\n{len(subset)} files {ending}, {sum(path.stat().st_size for path in subset) / 1e6:.1f} MB")
        show("audit_batch", subset, measure("audit_batch", subset, sys.executable, given.repeat))
        for name, (_, endings) in READERS.items():
            if ending in endings and (not given.only or name in given.only):
                show(name, subset, measure(name, subset, given.readers, 1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], [pathlib.Path(line) for line in pathlib.Path(sys.argv[3]).read_text().splitlines()])
    else:
        main()
