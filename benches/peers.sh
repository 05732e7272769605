#!/usr/bin/env bash
# Times the whole process against Graphviz's dot and PlantUML on one drawing in two syntaxes.
#
#   benches/peers.sh FOLDER      FOLDER holds job.puml and job.dot
#
# Prints for each program the wall time in seconds and the peak memory in KB of five runs, cold. Needs GNU time;
# a program that is not installed is passed over.
set -euo pipefail
folder=${1:?usage: benches/peers.sh FOLDER (with job.puml and job.dot)}
root=$(cd "$(dirname "$0")/.." && pwd)
cargo build --quiet --release --locked --manifest-path "$root/Cargo.toml" --bin planroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
cp "$folder/job.puml" "$work/in/"

measure() {
  local name=$1
  shift
  command -v "$1" >/dev/null || { echo "$name: not installed"; return; }
  for _ in 1 2 3 4 5; do
    rm -rf "$work/out"
    /usr/bin/time -f "$name %e s %M KB" "$@" 2>&1 >/dev/null | tail -1
  done
}

measure "planroom build" "$root/target/release/planroom" build "$work/in" -o "$work/out"
echo "index.html $(wc -c < "$work/out/index.html") bytes"
measure "planroom render" "$root/target/release/planroom" render "$work/in/job.puml" -o "$work/x.svg"
[ -f "$folder/job.dot" ] && measure "dot" dot -Tsvg "$folder/job.dot" -o "$work/dot.svg"
measure "plantuml" plantuml -tsvg -o "$work/plantuml" "$work/in/job.puml"
