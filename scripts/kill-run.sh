#!/usr/bin/env bash
# Kills a real run with SIGKILL in the middle of every stage and lets the same command go on each time: the end must equal
# an undisturbed run, byte for byte but for what tells the time (scripts/small-demo.sh, same_run).
#   scripts/kill-run.sh FOLDER CONFIG [--set KEY=VALUE]...
# FOLDER keeps the undisturbed run (expected) and the killed one (run); output.dir and cache.dir are set. Where "expected"
# is there already it is taken, so that a stopped script goes on. A stage under two seconds may end before its kill, which
# is said. Many small runs at random moments: scripts/crash-test.sh.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [ $# -lt 2 ]; then
  sed -n 's/^#   scripts/usage: scripts/p' "$0" >&2
  exit 2
fi
# shellcheck source=scripts/small-demo.sh
. "$home/scripts/small-demo.sh"
mkdir -p "$1"
folder="$(cd "$1" && pwd)"
command=("$home/gazecheck" run "$2" "${@:3}" --set "output.dir=$folder/run" --set "cache.dir=$folder/cache")
log="$folder/run/gazecheck.log"
pid=""
trap '[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true' EXIT

fresh() { rm -rf "$folder/run" "$folder/cache"; }

# Half of the seconds that a stage took undisturbed.
half() {
  sed -n "s/.*stage $1 ends after \([0-9.]*\) s/\1/p" "$folder/expected/gazecheck.log" |
    LC_ALL=C awk 'END { printf "%.2f\n", $1 / 2 }'
}

# Waits until the stage begins, in a line of the log after those given; fails when the process ends before it.
await_stage() {
  local line
  while read -r line; do
    case "$line" in
      *"stage $1 begins"*) return 0 ;;
    esac
  done < <(tail -n "+$(($2 + 1))" -F --pid="$pid" -s 0.2 "$log" 2>/dev/null)
  return 1
}

kill_in() {
  local stage="$1" lines=0 code=0
  [ ! -f "$log" ] || lines="$(wc -l <"$log")"
  "${command[@]}" >"$folder/output" 2>&1 &
  pid=$!
  ! await_stage "$stage" "$lines" || sleep "$(half "$stage")"
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || code=$?
  pid=""
  if [ "$code" -ne 137 ]; then
    echo "ended with $code before the kill in $stage"
  elif tail -n "+$((lines + 1))" "$log" | grep -q "stage $stage ends"; then
    echo "killed after $stage"
  else
    echo "killed in $stage, $(half "$stage") s after its begin"
    killed=$((killed + 1))
  fi
}

if [ ! -d "$folder/expected" ]; then
  fresh
  echo "undisturbed run ..."
  "${command[@]}" >"$folder/output" 2>&1 || {
    cat "$folder/output"
    exit 1
  }
  mv "$folder/run" "$folder/expected"
fi
fresh
killed=0
for stage in prepare train evaluate audit report; do
  kill_in "$stage"
done
"${command[@]}" >"$folder/output" 2>&1 || {
  cat "$folder/output"
  echo "kill-run: the same command ended with an error" >&2
  exit 1
}
same_run "$folder/expected" "$folder/run" || {
  echo "kill-run: the end differs from the undisturbed run" >&2
  exit 1
}
if find "$folder/run" "$folder/cache" -name '*.tmp' -o -name '.assets.*' -o -name '*.damaged' | grep .; then
  echo "kill-run: the files above were left behind" >&2
  exit 1
fi
[ "$killed" -gt 0 ] || {
  echo "kill-run: no kill struck within a stage" >&2
  exit 1
}
echo "$killed kills within stages: the end equals the undisturbed run"
