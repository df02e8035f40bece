"""Nothing but the bytes and the runner: no clock, no environment, no file."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, json, os, sys, time
import rehabrun
from rehabrun import _rehabrun
library = ctypes.CDLL(sys.argv[1])
names = sys.argv[2:]
contents = [open(name, "rb").read() for name in names]
runner = rehabrun.runner(easy_pace="6:30/km")

def counted(work):
    library.watch(1)
    try:
        work()
    finally:
        library.watch(0)
    return {"clock": library.clocks_read(), "environment": library.environments_read(), "files": library.files_opened()}

def silently_audited():
    _rehabrun.command(["rehabrun", "audit", "--no-progress", "-o", os.devnull, names[0]])

print(json.dumps({
    "command": counted(silently_audited),
    "time": counted(time.time),
    "batch": counted(lambda: rehabrun.audit_batch(names, contents, runner=runner, table="bouts")),
    "threads": counted(lambda: rehabrun.audit_batch(names, contents, runner=runner, threads=2)),
    "audit": counted(lambda: [_rehabrun.audit(n, c, runner).html() for n, c in zip(names, contents)]),
    "records": counted(lambda: _rehabrun.records(contents[0], runner, True, True)),
    "progress": counted(lambda: _rehabrun.progress(names, contents, runner)),
}))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="needs Linux and cc")
def test_no_clock_environment_or_file(fixtures: list[pathlib.Path], tmp_path: pathlib.Path) -> None:
    library = tmp_path / "preload.so"
    source = pathlib.Path(__file__).with_name("preload.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-Wall", "-o", library, source, "-ldl"], check=True)
    readable = [str(path) for path in fixtures if path.suffix in {".fit", ".gpx", ".tcx"}]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, library, *readable],
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=True,
    )
    counts = json.loads(done.stdout)
    # The counters see what the command and the interpreter do.
    command, clock = counts.pop("command"), counts.pop("time")
    assert command["environment"] > 0 and command["files"] > 0
    assert clock["clock"] > 0
    for name, count in counts.items():
        assert count == {"clock": 0, "environment": 0, "files": 0}, name


def test_environment_changes_no_row(fixtures: list[pathlib.Path], tmp_path: pathlib.Path) -> None:
    script = (
        "import sys, rehabrun\n"
        "contents = [open(name, 'rb').read() for name in sys.argv[1:]]\n"
        "rows = rehabrun.audit_batch(sys.argv[1:], contents, table='bouts').to_ipc()\n"
        "sys.stdout.buffer.write(rows)\n"
    )

    def rows(**environment: str) -> bytes:
        command = [sys.executable, "-c", script, *map(str, fixtures)]
        return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=True).stdout

    home = tmp_path / "home"
    home.mkdir()
    other = rows(TZ="Pacific/Auckland", LC_ALL="C", HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    assert other == rows(TZ="America/St_Johns") and len(other) > 1000
    assert list(home.iterdir()) == []
