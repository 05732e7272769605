#!/usr/bin/env bash
# Times the whole process against Graphviz's dot and PlantUML on one drawing in two syntaxes: services in five zones, and
# one and a half flows a service, as in benches/steps.rs.
#
#   benches/peers.sh [SERVICES]      50 without it; the performance page also tells of 500
#
# Prints for each program the wall time in seconds and the peak memory in KB of five runs, cold. Needs GNU time;
# a program that is not installed is passed over.
set -euo pipefail
services=${1:-50}
root=$(cd "$(dirname "$0")/.." && pwd)
cargo build --quiet --release --locked --manifest-path "$root/Cargo.toml" --bin planroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"

# The drawing: `syntax` is puml or dot.
drawing() {
  awk -v services="$services" -v syntax="$1" 'BEGIN {
    dot = syntax == "dot"
    print dot ? "digraph job {\n  node [shape=box]" : "@startuml"
    split("internet dmz app data mgmt", zones, " ")
    for (zone = 0; zone < 5; zone++) {
      print dot ? "  subgraph cluster_" zone " { label=\"" zones[zone + 1] "\"" : "rectangle \"" zones[zone + 1] "\" {"
      for (at = 0; at < services; at++)
        if (int(at * 5 / services) == zone) {
          name = sprintf("\"Service %03d\"", at)
          print dot ? "    s" at " [label=" name "]" : "  component " name " as s" at
        }
      print dot ? "  }" : "}"
    }
    split("HTTPS/443 SQL/1433 AMQP/5671 SFTP/22", labels, " ")
    for (flow = 0; flow < int(services * 3 / 2); flow++) {
      from = flow * 7 % services
      to = from + 1 + flow * 13 % int(services / 5)
      if (to > services - 1) to = services - 1
      if (from != to)
        printf dot ? "  s%d -> s%d [label=\"%s\"]\n" : "s%d --> s%d : %s\n", from, to, labels[flow % 4 + 1]
    }
    print dot ? "}" : "@enduml"
  }'
}
drawing puml > "$work/in/job.puml"
drawing dot > "$work/job.dot"

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
measure "dot" dot -Tsvg "$work/job.dot" -o "$work/dot.svg"
measure "plantuml" plantuml -tsvg -o "$work/plantuml" "$work/in/job.puml"
