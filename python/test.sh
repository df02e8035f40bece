#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh virtual environment and runs its tests. Installs what it needs: Java 17 for
# Spark by apt-get where it is missing, the rest by pip. Takes 4 to 11 minutes, most of them the build. Spark and DuckDB are
# tested here; Ray is, where it is installed.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v java >/dev/null; then
    if ! command -v apt-get >/dev/null; then
        echo "error: Spark cannot be tested: no Java" >&2
        echo "hint: install Java 17" >&2
        exit 2
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
fi
cargo fmt --check
cargo clippy --quiet --locked --all-targets -- -D warnings
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    maturin pytest pyarrow polars duckdb pandas pyspark matplotlib mypy pyright uv
"$work/venv/bin/maturin" build --quiet --release --locked --out "$work/dist"
REHABRUN_WHEEL=$(echo "$work"/dist/rehabrun-*.whl)
export REHABRUN_WHEEL
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$REHABRUN_WHEEL"
# From another folder: in this one Python would import the sources, which lack the engine. Spark's workers run the Python
# of the tests.
tests=$PWD/tests
cd "$work"
PYSPARK_PYTHON="$work/venv/bin/python" "$work/venv/bin/pytest" -q -rs -p no:cacheprovider "$tests"
