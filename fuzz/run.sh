#!/usr/bin/env bash
# Fuzzes one target for some seconds, or each in turn, from the fixtures: fuzz/run.sh [TARGET [SECONDS]]
# Needs `cargo install cargo-fuzz`. The stable toolchain will do: no sanitizer, as nothing here is unsafe.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${2:-3600}
targets=(${1:-fit gpx tcx archive notation runners_file})

seed() {
    local corpus=fuzz/corpus/$1
    mkdir -p "$corpus"
    case $1 in
        fit) find fixtures/fit -name '*.fit' -exec cp -t "$corpus" {} + ;;
        # Their beginnings: whole ones are mostly the same point again and again.
        gpx | tcx) for file in fixtures/"$1"/*."$1"; do head -c 6000 "$file" > "$corpus/$(basename "$file")"; done ;;
        archive) find fixtures \( -name '*.gz' -o -name '*.zip' \) -exec cp -t "$corpus" {} + ;;
        notation) awk -F'"' -v to="$corpus" '/^ *\("/ { printf "%s", $4 > (to "/plan-" NR) }' src/plan/built_in/*.rs ;;
        runners_file) awk '/^```toml$/ { on = 1; next } /^```$/ { on = 0 } on' README.md > "$corpus/readme.toml" ;;
    esac
}

for target in "${targets[@]}"; do
    seed "$target"
    RUSTC_BOOTSTRAP=1 nice -n 19 cargo fuzz run -s none "$target" -- \
        -max_total_time="$seconds" -timeout=2 -rss_limit_mb=512 -max_len=65536 -fork=0 -print_final_stats=1
done
