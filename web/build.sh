#!/usr/bin/env bash
# Builds the engine for browsers and puts the page together: web/dist/rehabrun.html, which needs nothing else.
# Needs cargo with the target wasm32-unknown-unknown (web/cargo.sh says how to get it) and Node; npm brings what packs the
# page.
set -euo pipefail
cd "$(dirname "$0")"
./cargo.sh build --release --locked
[ -d node_modules ] || npm ci --no-fund --no-audit --loglevel=error
node build.mjs
