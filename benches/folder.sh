#!/usr/bin/env bash
# Times the whole process over a folder of 1,000 files, as a repository has them: PlantUML, Markdown with and without
# diagrams, and pictures without a source, in folders of ten.
#
#   benches/folder.sh [PROGRAM]      PROGRAM is planroom; without it, a release build is made
#
# Prints the wall time in seconds and the peak memory in KB of five runs of `check`, cold, and of one `build`. Needs GNU time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=${1:-$root/target/release/planroom}
[ $# -gt 0 ] || cargo build --quiet --release --locked --manifest-path "$root/Cargo.toml" --bin planroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for at in $(seq 0 999); do
  folder=$work/in/part$((at / 10))
  mkdir -p "$folder"
  case $((at % 10)) in
    0 | 1 | 2)
      printf '@startuml\ntitle Part %s\n[Shop %s] --> [Bank %s] : HTTPS\ndatabase "Orders %s" as o\n[Shop %s] --> o : SQL\n@enduml\n' \
        "$at" "$at" "$at" "$at" "$at" > "$folder/part$at.puml"
      ;;
    3 | 4 | 5)
      printf '# Part %s\n\nSome prose on it.\n\n```plantuml\n[Mill %s] --> [Farm %s] : HTTPS\n```\n' "$at" "$at" "$at" > "$folder/part$at.md"
      ;;
    6 | 7 | 8) for line in $(seq 1 40); do printf '## Heading %s\n\nA paragraph of prose in part %s.\n\n' "$line" "$at"; done > "$folder/prose$at.md" ;;
    *) printf '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>' > "$folder/picture$at.svg" ;;
  esac
done

time_of() { /usr/bin/time -f "$1 %e s %M KB" "${@:2}" 2>&1 >/dev/null | tail -1; }
for _ in 1 2 3 4 5; do time_of check "$program" check "$work/in" --fail-on never; done
time_of build "$program" build "$work/in" -o "$work/out"
