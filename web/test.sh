#!/usr/bin/env bash
# Builds the page and tries it in Chromium. Installs what it needs: on Debian the compiler for WebAssembly and Chromium by
# apt-get where they are missing, the driver of the browser by npm.
#   web/test.sh [SHOTS]     with a folder, pictures of every state go there
set -euo pipefail
cd "$(dirname "$0")"

missing=()
target=wasm32-unknown-unknown
if [ ! -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$target" ] && [ ! -d /usr/lib/rustlib/src/rust/library ]; then
    missing+=(rustc-web cargo-web rust-web-src lld-22)
fi
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
        echo "error: the page cannot be tested: missing ${missing[*]}" >&2
        echo "hint: rustup target add $target; CHROMIUM=/path/to/chromium" >&2
        exit 2
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
npm ci --no-fund --no-audit --loglevel=error
npx tsc --noEmit
cargo build --quiet --manifest-path ../Cargo.toml --bins --example apple_export --example many_files
./build.sh
SHOTS="${1:-}" node --test --test-concurrency=1 tests/
