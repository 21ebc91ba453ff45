#!/usr/bin/env bash
# What goes wrong around a run: a full disk in every stage, a read-only disk, images that vanish, a second run in the
# same folder, a clock set back, too little memory, and signals. Each time the command must end with the right exit code and
# say what to do; earlier stages must stay done; and once the cause is gone the same command must end with the same bytes
# (scripts/small-demo.sh). Fails when one of these breaks.
#   scripts/adversity.sh [FOLDER [CASE...]]    default: target/adversity, all cases
# Cases: full readonly vanish twice clock memory signals. "full" and "readonly" mount a small file system and are left out,
# with a notice, where that is not allowed; "clock" needs faketime (Debian: faketime).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/small-demo.sh
. "$home/scripts/small-demo.sh"
folder="${1:-$home/target/adversity}"
[ $# -eq 0 ] || shift
cases=("$@")
[ $# -gt 0 ] || cases=(full readonly vanish twice clock memory signals)
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$folder/work"
output="$folder/output"
log="$work/run/gazecheck.log"
small_demo "$work"
export GAZECHECK_JAVA_ARGS="${GAZECHECK_JAVA_ARGS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
failed=0
mounted=""
pid=""
finish() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
  [ -z "$mounted" ] || umount -l "$work" 2>/dev/null || true
}
trap finish EXIT

demo() { "$home/gazecheck" demo "${small[@]}" >"$output" 2>&1; }

# Starts the demo in the background; Ctrl-C reaches it, which a shell otherwise keeps from background jobs.
start() {
  lines="$(lines_of_log)"
  env --default-signal=INT "$home/gazecheck" demo "${small[@]}" >"$output" 2>&1 &
  pid=$!
}

lines_of_log() { if [ -f "$log" ]; then wc -l <"$log"; else echo 0; fi; }

# The exit code of what was started, in the variable code.
await_end() {
  code=0
  wait "$pid" || code=$?
  pid=""
}

await_stage() {
  local line
  if [ "$1" = draw ]; then
    until [ -e "$work/data/.drawn.begun" ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
    return
  fi
  while read -r line; do
    case "$line" in
      *"stage $1 begins"*) return ;;
    esac
  done < <(tail -n "+$((lines + 1))" -F --pid="$pid" -s 0.2 "$log" 2>/dev/null)
}

broken() {
  echo "   BROKEN: $*"
  failed=1
}

# expect CODE TEXT: what the command that just ended with $code must have said
expect() {
  local said
  said="$(grep -a '^gazecheck: ' "$output" | tail -n 1 || true)"
  echo "   -> exit code $code. ${said:-(nothing said)}" | sed "s#$folder/##g"
  [ "$code" -eq "$1" ] || broken "exit code $1 was expected"
  printf '%s\n' "$said" | grep -q -E -- "$2" || broken "the message should say: $2"
  [ "$(grep -c '^gazecheck: ' "$output")" -le 1 ] || broken "more than one line was said"
  if grep -q '^Exception\|^[[:space:]]at ' "$output"; then broken "a stack trace was shown"; fi
}

# The same command must now end well, with the stages given already done, and with the undisturbed run's bytes.
completes() {
  local stage
  code=0
  "${prefix[@]}" "$home/gazecheck" demo "${small[@]}" >"$output" 2>&1 || code=$?
  if [ "$code" -ne 0 ]; then
    broken "the same command ended with $code: $(tail -n 1 "$output")"
    return
  fi
  for stage in "$@"; do
    grep -q "^$stage: up to date" "$output" || broken "the stage $stage was done again"
  done
  if same_run "$folder/expected" "$work/run"; then
    echo "   the same command then ends as undisturbed"
  else
    broken "the end differs from the undisturbed run"
  fi
  if find "$work" -name '*.tmp' -o -name '.assets.*' -o -name '*.damaged' | grep .; then
    broken "the files above were left behind"
  fi
}
prefix=(env)

empty() {
  if [ -n "$mounted" ]; then
    find "$work" -mindepth 1 -delete
  else
    rm -rf "$work"
    mkdir "$work"
  fi
}

# Puts the work folder into the state in which the stage begins next.
before() {
  empty
  case "$1" in
    draw | prepare | train) ;;
    *) cp -a "$folder/trained/." "$work" ;;
  esac
}

earlier() {
  case "$1" in
    draw | prepare) ;;
    train) echo prepare ;;
    evaluate) echo prepare train ;;
    audit) echo prepare train evaluate ;;
    report) echo prepare train evaluate audit ;;
  esac
}

mount_small() {
  empty
  if mount -t tmpfs -o size=48m tmpfs "$work" 2>/dev/null; then
    mounted=yes
  else
    echo "   left out: no file system may be mounted here"
    return 1
  fi
}

unmount() {
  umount "$work"
  mounted=""
}

# Kilobytes left free when the disk fills: enough for the stage to begin to write, too little for it to end.
left_free() {
  case "$1" in
    draw) echo 40 ;;
    prepare | audit) echo 12 ;;
    train) echo 200 ;;
    evaluate) echo 16 ;;
    report) echo 60 ;;
  esac
}

case_full() {
  local stage free
  mount_small || return 0
  for stage in draw prepare train evaluate audit report; do
    echo "== the disk fills in the stage $stage"
    before "$stage"
    start
    await_stage "$stage"
    free="$(df --output=avail -k "$work" | tail -n 1)"
    head -c "$((free - $(left_free "$stage")))K" /dev/zero >"$work/filler" 2>/dev/null || true
    await_end
    expect 1 'cannot be written: its disk is full .*Make room'
    rm "$work/filler"
    # shellcheck disable=SC2046
    completes $(earlier "$stage")
  done
  unmount
}

case_readonly() {
  mount_small || return 0
  echo "== the disk is read-only"
  before evaluate
  mount -o remount,ro "$work"
  code=0
  demo || code=$?
  expect 1 'cannot be written: its disk is read-only'
  mount -o remount,rw "$work"
  completes prepare train
  unmount
}

case_vanish() {
  local stage
  for stage in prepare train evaluate; do
    echo "== the images vanish in the stage $stage"
    before "$stage"
    start
    await_stage "$stage"
    mv "$work/data" "$work/gone"
    await_end
    expect "$([ "$stage" = prepare ] && echo 4 || echo 1)" 'bring it back'
    rm -rf "$work/data"
    mv "$work/gone" "$work/data"
    # shellcheck disable=SC2046
    completes $(earlier "$stage")
  done
}

case_twice() {
  local first said_by_first="$output"
  echo "== two runs in one folder at once"
  before train
  start
  first="$pid"
  await_stage train
  code=0
  "$home/gazecheck" demo "${small[@]}" >"$output.second" 2>&1 || code=$?
  output="$output.second"
  expect 5 "process $first on $(hostname), since [0-9-]*T[0-9:]*Z"
  output="$said_by_first"
  await_end
  [ "$code" -eq 0 ] || broken "the first ended with $code"
  completes prepare train evaluate audit report
}

case_clock() {
  echo "== the clock is set back by years"
  if ! command -v faketime >/dev/null; then
    echo "   left out: needs faketime"
    return
  fi
  before train
  start
  await_stage train
  until [ -e "$work/run/train.csv" ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  kill -KILL "$pid" 2>/dev/null || true
  await_end
  prefix=(env FAKETIME_DONT_FAKE_MONOTONIC=1 faketime '2020-01-01 00:00:00')
  completes prepare
  grep -q '^2020-01-01' "$log" || broken "the clock was not set back"
  prefix=(env)
}

case_memory() {
  local setting
  for setting in GAZECHECK_HEAP=8m GAZECHECK_HEAP=24m GAZECHECK_HEAP=40m GAZECHECK_NATIVE_MEMORY=2m GAZECHECK_MEMORY=200m; do
    echo "== too little memory: $setting"
    before train
    code=0
    timeout 300 env "$setting" "$home/gazecheck" demo "${small[@]}" >"$output" 2>&1 || code=$?
    if [ "$code" -eq 0 ]; then
      echo "   (enough, here)"
    else
      expect 1 'out of memory .*GAZECHECK_'
    fi
    completes
  done
}

case_signals() {
  local signal
  for signal in INT TERM; do
    echo "== SIG$signal while training"
    before train
    start
    await_stage train
    until [ -e "$work/run/train.csv" ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
    kill "-$signal" "$pid"
    await_end
    expect "$([ "$signal" = INT ] && echo 130 || echo 143)" 'the same command continues'
    completes prepare
    grep -q 'resumes after epoch' "$output" || broken "the training began anew"
  done
}

empty
echo "undisturbed run ..."
rm -rf "$folder/expected" "$folder/trained"
"$home/gazecheck" train "$home/config/demo.yaml" "${small[@]}" >"$output" 2>&1
cp -a "$work" "$folder/trained"
demo
cp -a "$work/run" "$folder/expected"
for name in "${cases[@]}"; do
  "case_$name"
done
[ "$failed" -eq 0 ] && echo "every promise held" || echo "BROKEN promises: see above"
exit "$failed"
