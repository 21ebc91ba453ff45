#!/usr/bin/env bash
# Says what the audit of a finished run costs beside its evaluation: does both again, with nothing kept from before, with
# all of the audit's defaults but 50 images for the tests of the heatmaps.
#   scripts/audit-cost.sh RUN FOLDER [--set KEY=VALUE]...
# RUN is only read. FOLDER keeps the copy of the run and the store. The machine should do nothing else meanwhile.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [ $# -lt 2 ] || [ ! -f "$1/run.json" ]; then
  sed -n 's/^#   scripts/usage: scripts/p' "$0" >&2
  exit 2
fi
mkdir -p "$2"
folder="$(cd "$2" && pwd)"
rm -rf "$folder/run" "$folder/cache"
cp -r "$1" "$folder/run"
rm -rf "$folder/run/metrics.json" "$folder/run/gazecheck.log" "$folder/run/.lock"
"$home/gazecheck" run "$1/config.yaml" --set "output.dir=$folder/run" --set "cache.dir=$folder/cache" \
  --set audit.trust.images=50 "${@:3}" >"$folder/output" 2>&1 || {
  cat "$folder/output"
  exit 1
}

evaluated="$(($(wc -l <"$folder/run/predictions.csv") - 1))"
LC_ALL=C awk -v evaluated="$evaluated" '
  function seconds() { return $(NF - 1) }
  / stage evaluate ends / { evaluate = seconds() }
  / stage audit begins/ { inside = 1 }
  / stage audit ends / { audit = seconds(); inside = 0 }
  inside && /LoggedProgress - / {
    line = $0
    sub(/.*LoggedProgress - /, "", line)
    name = line
    sub(/: [0-9]+ in .*/, "", name)
    if (!(name in spent)) { names[++count] = name }
    spent[name] += seconds()
    split(substr(line, length(name) + 3), words, " ")
    steps[name] += words[1]
    if (name == "estimate masks") masks += seconds()
    if (name == "test heatmaps") trust += seconds()
  }
  END {
    printf "evaluation, heatmaps included: %d images in %.0f s\n\nparts of the audit\n", evaluated, evaluate
    for (i = 1; i <= count; i++) printf "  %-32s %6d in %7.1f s\n", names[i], steps[names[i]], spent[names[i]]
    printf "  %-32s        in %7.1f s\n\n", "all else", audit - sum()
    rest = audit - masks - trust
    share = evaluate / evaluated * 2087
    printf "                                   seconds   of the evaluation   of evaluating 2087 images\n"
    row("audit without the two below", rest)
    row("masks, estimated once and kept", masks)
    row("tests of heatmaps, 50 images", trust)
  }
  # Weights are randomised within the tests of heatmaps.
  function sum(  i, total) {
    for (i = 1; i <= count; i++) if (names[i] != "randomise weights") total += spent[names[i]]
    return total
  }
  function row(name, s) { printf "%-34s %7.1f %18.2f %32.2f\n", name, s, s / evaluate, s / share }
' "$folder/run/gazecheck.log"
