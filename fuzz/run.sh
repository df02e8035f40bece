#!/usr/bin/env bash
# Fuzzes one target for some seconds, or each in turn, from the fixtures: fuzz/run.sh [TARGET [SECONDS]]
# Needs `cargo install cargo-fuzz`. The stable toolchain will do: no sanitizer, as nothing here is unsafe.
#
# What is found lies in fuzz/artifacts/TARGET, and the time goes on: crash-*, oom-* (over 512 MB), timeout-* (over ten
# seconds) and slow-unit-* (over two seconds, which on a busy machine proves nothing: run it again alone).
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${2:-3600}
targets=(${1:-fit gpx tcx exports bundles archive notation runners_file})

# Small files, since a long run is mostly the same record again and again; two whole ones, for the stages behind the reader.
seed() {
    local corpus=fuzz/corpus/$1
    mkdir -p "$corpus"
    case $1 in
        fit | gpx | tcx)
            for file in fixtures/"$1"/*."$1" fixtures/"$1"/damaged/*; do
                [ -f "$file" ] && head -c 5000 "$file" > "$corpus/$(basename "$file")"
            done
            find "fixtures/$1" -name "run-walk.$1" -exec cp -t "$corpus" {} + -o -name "phone.$1" -exec cp -t "$corpus" {} + ;;
        exports)
            for file in fixtures/exports/*.xml fixtures/exports/*.json; do
                head -c 20000 "$file" > "$corpus/$(basename "$file")"
            done ;;
        bundles)
            for file in fixtures/exports/*.zip; do
                unzip -Z1 "$file" | while read -r name; do
                    printf '%s\n' "$name"
                    unzip -p "$file" "$name" | head -c 4000
                    printf '\377'
                done > "$corpus/$(basename "$file" .zip)"
            done ;;
        archive) find fixtures \( -name '*.gz' -o -name '*.zip' \) -exec cp -t "$corpus" {} + ;;
        notation) awk -F'"' -v to="$corpus" '/^ *\("/ { printf "%s", $4 > (to "/plan-" NR) }' src/plan/built_in/*.rs ;;
        runners_file) awk '/^```toml$/ { on = 1; next } /^```$/ { on = 0 } on' README.md > "$corpus/readme.toml" ;;
    esac
}

RUSTC_BOOTSTRAP=1 cargo fuzz build -s none
for target in "${targets[@]}"; do
    seed "$target"
    end=$((SECONDS + seconds))
    while ((SECONDS < end)); do
        RUSTC_BOOTSTRAP=1 nice -n 19 cargo fuzz run -s none "$target" -- -max_total_time=$((end - SECONDS)) -max_len=65536 \
            -dict="fuzz/dictionaries/$target.dict" -timeout=10 -report_slow_units=2 -rss_limit_mb=512 -fork=0 \
            -print_final_stats=1 || true
    done
    find "fuzz/artifacts/$target" -type f
done
