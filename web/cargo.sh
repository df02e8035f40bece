#!/usr/bin/env bash
# Runs cargo for wasm32-unknown-unknown: with the target of rustup where it is installed, else with Debian's compiler
# and the source of its standard library.
#   web/cargo.sh build --release
set -euo pipefail
cd "$(dirname "$0")"
target=wasm32-unknown-unknown

if [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$target" ]; then
    exec cargo "$1" --target $target "${@:2}"
fi
if [ ! -x /usr/bin/cargo ] || [ ! -d /usr/lib/rustlib/src/rust/library ]; then
    echo "error: no compiler for $target" >&2
    echo "hint: rustup target add $target, or on Debian: apt-get install rustc-web cargo-web rust-web-src lld-22" >&2
    exit 2
fi
linker=$(command -v rust-lld wasm-ld-22 wasm-ld wasm-ld-19 | head -n 1)
export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker"
exec /usr/bin/cargo "$1" -Z build-std=std,panic_abort --target $target "${@:2}"
