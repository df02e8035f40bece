"""Where the files are: our fixtures, and the corpus of real files where there is one."""

from __future__ import annotations

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")


def activities(folder: pathlib.Path) -> list[pathlib.Path]:
    """The activities of a folder in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name.lower().endswith(ENDINGS))


@pytest.fixture(scope="session")
def fixtures() -> list[pathlib.Path]:
    return activities(ROOT / "fixtures")


@pytest.fixture(scope="session")
def corpus_folder() -> pathlib.Path:
    folder = pathlib.Path(os.environ.get("REHABRUN_CORPUS") or ROOT / "../shared/corpus")
    if not folder.is_dir():
        pytest.skip("no corpus")
    return folder.resolve()


@pytest.fixture(scope="session")
def corpus(corpus_folder: pathlib.Path) -> list[pathlib.Path]:
    return activities(corpus_folder)
