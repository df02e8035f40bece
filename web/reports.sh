#!/usr/bin/env bash
# Looks at the reports that the program writes in Chromium: axe finds nothing, and nothing is cut off. web/test.sh does so, too.
# Chromium is the one in the path, or CHROMIUM=/path/to/chromium; Debian has it as the package chromium.
#   web/reports.sh [SHOTS]     with a folder, pictures of every page go there
set -euo pipefail
cd "$(dirname "$0")"
export CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
if [ -z "$CHROMIUM" ]; then
    echo "error: no Chromium" >&2
    echo "hint: apt-get install chromium, or CHROMIUM=/path/to/chromium" >&2
    exit 2
fi
[ -d node_modules ] || npm ci --no-fund --no-audit --loglevel=error
cargo build --quiet --manifest-path ../Cargo.toml
SHOTS="${1:-}" node --test tests/reports.test.mjs
