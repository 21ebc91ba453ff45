#!/usr/bin/env bash
# Kills the small demo with SIGKILL at random moments and lets the same command go on: every end must equal the
# undisturbed run, byte for byte but for what tells the time (scripts/small-demo.sh, same_run).
#   scripts/crash-test.sh [KILLS] [FOLDER]      default: 100, target/crash-test
# A round begins with nothing, is killed three to seven times, and then runs to its end. Kills are spread over all stages;
# every sixth waits for a file that is being written (a checkpoint, the model, the manifest, a map) or for the report's
# folder of images that is about to be moved, and strikes at once. Where a kill struck is read off what the dead
# process left: its log, and its temporary files. Fails when an end differs, a stage was not hit, fewer than three kills
# struck in the middle of a checkpoint or a move, or anything is left behind. Stopped, it goes on where it was.
# SEED (default 1) decides the moments. Needs inotifywait (Debian: inotify-tools).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
kills="${1:-100}"
folder="${2:-$home/target/crash-test}"
seed="${SEED:-1}"
# shellcheck source=scripts/small-demo.sh
. "$home/scripts/small-demo.sh"
command -v inotifywait >/dev/null || {
  echo "crash-test: needs inotifywait (Debian: inotify-tools)" >&2
  exit 2
}
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$folder/work"
ledger="$folder/kills.tsv"
log="$work/run/gazecheck.log"
small_demo "$work"
export GAZECHECK_JAVA_ARGS="${GAZECHECK_JAVA_ARGS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
stages=(draw prepare train evaluate audit report)
pid=""
stop() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
}
trap stop EXIT

undisturbed() {
  rm -rf "$work" "$folder/expected" "$folder/expected.new"
  echo "undisturbed run ..."
  "$home/gazecheck" demo "${small[@]}" >"$folder/output" 2>&1
  mkdir "$folder/expected.new"
  cp -a "$work/run" "$work/data" "$folder/expected.new"
  mv "$folder/expected.new" "$folder/expected"
}

# Milliseconds that a stage took undisturbed.
duration() {
  case "$1" in
    draw) echo 2500 ;;
    *) sed -n "s/.*stage $1 ends after \([0-9.]*\) s/\1/p" "$folder/expected/run/gazecheck.log" |
      LC_ALL=C awk '{ printf "%d\n", 1000 * $1 }' ;;
  esac
}

start() {
  "$home/gazecheck" demo "${small[@]}" >"$folder/output" 2>&1 &
  pid=$!
}

# Waits for a line of the log that is written from now on; fails when the process ends before it.
await_stage() {
  local stage="$1" line
  if [ "$stage" = draw ]; then
    until [ -e "$work/data/.drawn.begun" ]; do
      kill -0 "$pid" 2>/dev/null || return 1
      sleep 0.02
    done
    return 0
  fi
  while read -r line; do
    case "$line" in
      *"stage $stage begins"*) return 0 ;;
    esac
  done < <(tail -n "+$((logged + 1))" -F --pid="$pid" -s 0.2 "$log" 2>/dev/null)
  return 1
}

# What the log's last words say that was under way.
stage_hit() {
  local last
  last="$(tail -n "+$((logged + 1))" "$log" 2>/dev/null | grep -o 'stage [a-z]* \(begins\|ends\)' | tail -n 1 || true)"
  case "$last" in
    *begins) echo "$last" | cut -d ' ' -f 2 ;;
    *ends) echo between ;;
    *) if [ -e "$work/data/.drawn.begun" ]; then echo draw; else echo start; fi ;;
  esac
}

# The files that the dead process was writing, or the folder that it was about to move.
half_written() {
  find "$work" \( -name ".*.$1.tmp" -o -name .assets.new -o -name .assets.old \) -printf '%f\n' |
    sed -e "s/\.[^.]*\.$1\.tmp$//" -e 's/^\.//' | LC_ALL=C sort | paste -s -d ' '
}

# One kill: kill_in ROUND STAGE [PATTERN of a file]
kill_in() {
  local round="$1" stage="$2" pattern="${3:-}" wait hit half code=0
  logged=0
  [ ! -f "$log" ] || logged="$(wc -l <"$log")"
  if [ -n "$pattern" ]; then
    mkdir -p "$work/run/checkpoints" "$work/run/maps"
    start
    strike_at "$pattern" "$work/run" "$work/run/checkpoints" "$work/run/maps"
    kill -KILL "$pid" 2>/dev/null || true
  else
    wait=$((RANDOM * $(duration "$stage") / 32768))
    start
    if await_stage "$stage"; then
      sleep "$((wait / 1000)).$(printf '%03d' $((wait % 1000)))"
    fi
    kill -KILL "$pid" 2>/dev/null || true
  fi
  wait "$pid" 2>/dev/null || code=$?
  if [ "$code" -ne 137 ]; then
    echo "round $round: ended with $code before the kill in $stage"
    return 0
  fi
  hit="$(stage_hit)"
  half="$(half_written "$pid")"
  printf '%s\t%s\t%s\t%s\n' "$round" "$hit" "${half:--}" "${pattern:-random}" >>"$folder/round.tsv"
  echo "round $round: killed in $hit${half:+, half-written: $half}"
}

# Stages, in the order of the run, as "0 draw", "2 train *.latest.bin*" one a line.
plan() {
  local n="$1" i pick
  for ((i = 0; i < n; i++)); do
    if [ $((RANDOM % 6)) -eq 0 ]; then
      case $((RANDOM % 6)) in
        0 | 1 | 2) echo "2 train .latest.bin.*" ;;
        3) echo "2 train .model.zip.*" ;;
        4) echo "3 evaluate .gradcam_*" ;;
        5) echo "5 report .assets.new" ;;
      esac
    else
      pick=$((RANDOM % 20))
      case "$pick" in
        0 | 1) echo "0 draw" ;;
        2 | 3) echo "1 prepare" ;;
        4 | 5 | 6 | 7 | 8 | 9 | 10) echo "2 train" ;;
        11 | 12 | 13) echo "3 evaluate" ;;
        14 | 15 | 16) echo "4 audit" ;;
        *) echo "5 report" ;;
      esac
    fi
  done | LC_ALL=C sort -s -n -k 1,1
}

round() {
  local number="$1" left="$2" stage pattern n planned=()
  RANDOM=$((seed * 1000 + number))
  n=$((3 + RANDOM % 5))
  [ "$n" -le "$left" ] || n="$left"
  rm -rf "$work" "$folder/round.tsv"
  mapfile -t planned < <(plan "$n")
  for line in "${planned[@]}"; do
    read -r _ stage pattern <<<"$line"
    kill_in "$number" "$stage" "$pattern"
  done
  start
  local code=0
  wait "$pid" || code=$?
  pid=""
  if [ "$code" -ne 0 ]; then
    cat "$folder/output"
    fail "round $number: the same command ended with $code"
  fi
  same_run "$folder/expected/run" "$work/run" || fail "round $number: the end differs from the undisturbed run"
  diff -r "$folder/expected/data" "$work/data" || fail "round $number: the drawn data differ"
  if find "$work" -name '*.tmp' -o -name '.assets.*' -o -name '*.damaged' | grep .; then
    fail "round $number: the files above were left behind"
  fi
  if [ -f "$folder/round.tsv" ]; then
    cat "$folder/round.tsv" >>"$ledger"
  fi
  echo "$((number + 1))" >"$folder/next"
}

fail() {
  echo "crash-test: $*; kept in $work" >&2
  exit 1
}

summary() {
  local stage count middle
  echo
  echo "kills by what was under way:"
  cut -f 2 "$ledger" | LC_ALL=C sort | uniq -c
  echo "of these in the middle of a write or a move:"
  cut -f 3 "$ledger" | grep -v '^-$' | LC_ALL=C sort | uniq -c || true
  for stage in "${stages[@]}"; do
    count="$(cut -f 2 "$ledger" | grep -c "^$stage\$" || true)"
    [ "$count" -gt 0 ] || fail "no kill struck in $stage"
  done
  middle="$(cut -f 3 "$ledger" | grep -c 'latest\.bin\|assets\|model\.zip\|\.npy' || true)"
  [ "$kills" -lt 50 ] || [ "$middle" -ge 3 ] || fail "only $middle kills struck in the middle of a checkpoint or a move"
  echo "$(wc -l <"$ledger") kills in $(cut -f 1 "$ledger" | uniq | wc -l) rounds: every end equals the undisturbed run"
}

touch "$ledger"
[ -d "$folder/expected" ] || undisturbed
while [ "$(wc -l <"$ledger")" -lt "$kills" ]; do
  round "$(cat "$folder/next" 2>/dev/null || echo 1)" "$((kills - $(wc -l <"$ledger")))"
done
summary
