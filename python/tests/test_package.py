"""What the package promises beside the rows."""

from __future__ import annotations

import datetime
import doctest
import inspect
import multiprocessing
import os
import pathlib
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from test_rows import TABLES

import rehabrun

PYTHON = pathlib.Path(__file__).parents[1]


@pytest.fixture(scope="module")
def run(fixtures: list[pathlib.Path]) -> pathlib.Path:
    """A fixture with bouts."""
    for path in fixtures:
        if len(rehabrun.audit(path).bouts) > 3:
            return path
    raise AssertionError("no fixture has bouts")


def test_doctest() -> None:
    found = doctest.testmod(rehabrun)
    assert found.attempted > 5 and found.failed == 0


def test_audit_of_a_path_and_of_bytes(run: pathlib.Path) -> None:
    by_path = rehabrun.audit(run, easy_pace="6:30/km")
    by_bytes = rehabrun.audit(run.read_bytes(), name=str(run), easy_pace="6:30/km")
    assert by_path.to_dict() == by_bytes.to_dict()
    # For reading, lines are broken between words.
    assert by_path.status == "audited" and by_path.sentence
    assert by_path.sentence in " ".join(str(by_path).split())
    assert by_path.to_dict()["verdict"] == by_path.verdict
    assert "<iframe" in by_path._repr_html_()
    chart = by_path.chart(width=600)
    assert chart is not None and chart.startswith("<svg")


def test_no_ceiling_is_no_pass(run: pathlib.Path) -> None:
    assert rehabrun.audit(run).verdict != "easy"


def test_bad_files_are_rows(run: pathlib.Path) -> None:
    whole = run.read_bytes()
    contents = [b"", b"no activity", None, whole, whole[: len(whole) // 3], bytearray(whole)]
    names = [f"{i}.fit" for i in range(len(contents))]
    rows = pl.DataFrame(rehabrun.audit_batch(names, contents))
    assert set(rows["path"]) == set(names)
    failed = rows.filter(pl.col("status") == "failed")
    assert failed["path"].to_list()[:3] == ["0.fit", "1.fit", "2.fit"]
    assert failed["error"].null_count() == 0


def test_panic_is_a_row(run: pathlib.Path) -> None:
    from rehabrun import _rehabrun

    content = run.read_bytes()
    rows = pa.table(_rehabrun._with_panic(["a.fit", "odd.fit", "b.fit"], [content] * 3, 1)).to_pylist()
    assert [(row["path"], row["status"]) for row in rows] == [
        ("a.fit", "audited"),
        ("odd.fit", "failed"),
        ("b.fit", "audited"),
    ]
    assert rows[1]["error"] == "internal error: index out of bounds"
    # The files beside it have the rows that they have without it.
    alone = pa.table(rehabrun.audit_batch(["a.fit"], [content])).to_pylist()
    assert [rows[0]] == alone


def test_everything_is_pickled(run: pathlib.Path) -> None:
    runner = rehabrun.runner(name='A "B"\n', easy_pace="6:30/km", easy_hr=145, birth_year=1988)
    again = pickle.loads(pickle.dumps(runner))
    assert again == runner and hash(again) == hash(runner) and again.to_toml() == runner.to_toml()
    audit = rehabrun.audit(run, runner=runner)
    copy = pickle.loads(pickle.dumps(audit))
    assert copy.to_dict() == audit.to_dict() and copy.chart() == audit.chart() and copy.name == audit.name
    for name in TABLES:
        table = rehabrun.audit_batch(["a", "b"], [run.read_bytes(), b""], table=name)
        copied = pickle.loads(pickle.dumps(table))
        assert pa.table(copied).equals(pa.table(table)) and pa.schema(copied).equals(pa.schema(table))
        assert pa.ipc.open_stream(table.to_ipc()).read_all().equals(pa.table(table))
    assert pickle.loads(pickle.dumps(rehabrun.records(run))) == rehabrun.records(run)
    for broken in (b"", b"no table", table.to_ipc()[:-20]):
        try:
            rehabrun.Table.from_ipc(broken)
        except ValueError:
            continue


def test_workers_of_a_pool(run: pathlib.Path) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        [table] = pool.map(rehabrun.audit_batch, [["a"]], [[run.read_bytes()]])
        [audit] = pool.map(rehabrun.audit, [run])
    assert pa.table(table).equals(pa.table(rehabrun.audit_batch(["a"], [run.read_bytes()])))
    assert audit.to_dict() == rehabrun.audit(run).to_dict()


def test_impossible_values() -> None:
    with pytest.raises(ValueError, match="line 2: a heart rate is between"):
        rehabrun.runner(easy_hr=400)
    with pytest.raises(ValueError):
        rehabrun.runner(rehab_started="yesterday")
    with pytest.raises(ValueError, match="not both"):
        rehabrun.audit(b"", runner=rehabrun.runner(), easy_pace="6:30/km")


def test_values_of_a_runner(run: pathlib.Path) -> None:
    by_value = rehabrun.audit(run, max_hr=187, resting_hr=56, birth_year=1988)
    runner = rehabrun.runner(max_hr=187, resting_hr=56, birth_year=1988)
    assert by_value.to_dict() == rehabrun.audit(run, runner=runner).to_dict()
    dated = rehabrun.runner(rehab_started=datetime.date(2026, 9, 7), plan="kinetic-revolution", hide_ends="1km")
    weeks = rehabrun.progress([str(run)], [run.read_bytes()], runner=dated)
    assert weeks["rehab_started"] == "2026-09-07"


def test_arrays_of_arrow_and_lengths(run: pathlib.Path) -> None:
    content = run.read_bytes()
    lists = pa.table(rehabrun.audit_batch(["a"], [memoryview(content)]))
    arrays = pa.table(rehabrun.audit_batch(pa.array(["a"]), pa.array([content])))
    assert lists.equals(arrays)
    with pytest.raises(ValueError, match="1 names for 2 contents"):
        rehabrun.audit_batch(["a"], [b"", b""])
    with pytest.raises(ValueError, match="there is no table"):
        rehabrun.audit_batch([], [], table="laps")  # type: ignore[arg-type]


def test_other_threads_run(run: pathlib.Path) -> None:
    contents = [run.read_bytes()] * 300
    names = [str(i) for i in range(len(contents))]
    began, ended, ticks = threading.Event(), threading.Event(), 0

    def work() -> None:
        began.set()
        rehabrun.audit_batch(names, contents)
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    began.wait()
    time.sleep(0.02)
    while not ended.is_set():
        ticks += 1
        time.sleep(0.001)
    thread.join()
    assert ticks > 5


def test_duckdb_reads_the_stream(run: pathlib.Path) -> None:
    bouts = rehabrun.audit(run).bouts
    again = pa.table(bouts)
    assert again.num_rows == len(bouts)
    assert duckdb.sql("select count(*) from again").fetchall() == [(len(bouts),)]
    assert duckdb.sql("select count(*) from bouts").fetchall() == [(len(bouts),)]


def test_records_and_weeks(run: pathlib.Path) -> None:
    raw, clean = rehabrun.records(run), rehabrun.records(run, clean=True)
    assert "heart_rate_bpm" in raw[0] and "gait" in clean[0]
    assert all(row["lat"] is None for row in rehabrun.records(run, location=False))
    far = rehabrun.Runner.from_toml("[privacy]\nhide_ends = \"2km\"\n")
    shown = [sum(row["lat"] is not None for row in rehabrun.records(run, clean=True, runner=r)) for r in (None, far)]
    assert shown[0] > shown[1]
    weeks = rehabrun.progress([str(run)], [run.read_bytes()])
    assert weeks["schema_version"] == 1 and len(weeks["runs"]) == 1
    with pytest.raises(ValueError, match="not an activity"):
        rehabrun.records(b"no activity")


def test_command(run: pathlib.Path) -> None:
    command = pathlib.Path(sys.executable).with_name("rehabrun")
    asked = subprocess.run([command, "--version"], capture_output=True, text=True)
    assert asked.returncode == 0 and asked.stdout.startswith("rehabrun ")
    unknown = subprocess.run([command, "audit", "--no-such"], capture_output=True, text=True)
    assert unknown.returncode == 2
    audited = subprocess.run([command, "audit", "--no-cache", run], capture_output=True, text=True)
    assert audited.returncode == 3, audited.stderr


def test_command_without_rust(run: pathlib.Path, tmp_path: pathlib.Path) -> None:
    uv = pathlib.Path(sys.executable).with_name("uv")
    wheel = os.environ.get("REHABRUN_WHEEL")
    if not uv.exists() or wheel is None:
        pytest.skip("needs uv and the wheel in REHABRUN_WHEEL")
    # A path on which there is no Rust, and no other rehabrun.
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "UV_CACHE_DIR": str(tmp_path / "cache")}
    asked = ["tool", "run", "--offline", "--python", sys.executable, "--from", wheel, "rehabrun"]
    version = subprocess.run([uv, *asked, "--version"], capture_output=True, text=True, env=environment)
    assert version.returncode == 0 and version.stdout.startswith("rehabrun "), version.stderr
    audited = subprocess.run([uv, *asked, "audit", "--no-cache", run], capture_output=True, text=True, env=environment)
    assert audited.returncode == 3, audited.stderr


def test_every_public_item_has_a_docstring() -> None:
    for name in rehabrun.__all__:
        item = getattr(rehabrun, name)
        if name != "__version__":
            assert inspect.getdoc(item), name
    for name, item in vars(rehabrun.Audit).items():
        if not name.startswith("_"):
            assert inspect.getdoc(item), name


EXAMPLES = ["season.py", "pack.py", "duckdb_audit.py", "spark_audit.py"]


@pytest.mark.parametrize("checker", [["mypy", "--strict", "--disable-error-code=import-untyped"], ["pyright", "--pythonpath", sys.executable]])
def test_types(checker: list[str]) -> None:
    tool = pathlib.Path(sys.executable).with_name(checker[0])
    examples = [PYTHON / "examples" / name for name in EXAMPLES]
    done = subprocess.run([tool, *checker[1:], *examples], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
