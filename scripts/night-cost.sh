#!/usr/bin/env bash
# Says what nights over a finished run cost: the first one, one with new images, and one over unchanged data, the start
# of the Java virtual machine included; and what passed through the network.
#   scripts/night-cost.sh RUN IMAGES FOLDER [NUMBER]     default: 50 images
# RUN is only read. The first NUMBER images below IMAGES "arrive" without labels, each with one byte appended,
# which decoders pass over and which makes it new. FOLDER keeps the nights. The machine should do nothing else meanwhile.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [ $# -lt 3 ] || [ ! -f "$1/run.json" ] || [ ! -d "$2" ]; then
  sed -n 's/^#   scripts/usage: scripts/p' "$0" >&2
  exit 2
fi
run="$(cd "$1" && pwd)"
images="$(cd "$2" && pwd)"
number="${4:-50}"
mkdir -p "$3"
folder="$(cd "$3" && pwd)"
rm -rf "$folder/nights" "$folder/incoming"
mkdir "$folder/incoming" "$folder/nights"
cat >"$folder/nights.yaml" <<YAML
name: cost
nightly: {run: $run, incoming: $folder/incoming}
output: {dir: $folder/nights}
gates:
  fail:
    - test.top1 not worse than baseline
    - new.drift is none
YAML

"$home/gazecheck" --version >/dev/null
night() {
  local began code=0 last before
  before="$(find "$folder/nights" -maxdepth 1 -name '2*Z-*' | LC_ALL=C sort | tail -n 1)"
  began="$(date +%s%N)"
  "$home/gazecheck" nightly "$folder/nights.yaml" --quiet >"$folder/output" 2>&1 || code=$?
  printf '%-34s %6.1f s, exit code %s\n' "$1" "$((($(date +%s%N) - began) / 1000000))e-3" "$code"
  if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
    cat "$folder/output"
    exit 1
  fi
  last="$(find "$folder/nights" -maxdepth 1 -name '2*Z-*' | LC_ALL=C sort | tail -n 1)"
  if [ "$last" != "$before" ] && [ -f "$last/gazecheck.log" ]; then
    sed -n 's/.*LoggedProgress - /  /p' "$last/gazecheck.log"
  fi
}

night "the first night"
count=0
while IFS= read -r file; do
  [ "$count" -lt "$number" ] || break
  count=$((count + 1))
  { cat "$file" && printf '\0'; } >"$folder/incoming/$count-${file##*/}"
done < <(find "$images" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' \) | LC_ALL=C sort)
night "$count new images"
night "nothing new"
echo
echo "the watched run: $(($(wc -l <"$run/predictions.csv") - 1)) predictions"
sed -n 's/.*stage \(evaluate\|audit\) ends after \([0-9.]* s\).*/  \1 \2/p' "$run/gazecheck.log"
