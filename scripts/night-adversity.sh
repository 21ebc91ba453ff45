#!/usr/bin/env bash
# What goes wrong around a night: a full disk at several moments, a read-only one, images that vanish, a damaged and a
# lost history, a second night in the same folder, a clock that was ahead, and signals. Each time the command must end with
# the right exit code and say what to do; earlier nights must stay; and once the cause is gone the next night must end as if
# nothing had been. Fails when one of these breaks.
#   scripts/night-adversity.sh [FOLDER [CASE...]]    default: target/night-adversity, all cases
# Cases: full readonly vanish damaged twice clock signals. "full" and "readonly" mount a small file system and are left out,
# with a notice, where that is not allowed; "clock" needs faketime (Debian: faketime).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="${1:-$home/target/night-adversity}"
[ $# -eq 0 ] || shift
cases=("$@")
[ $# -gt 0 ] || cases=(full readonly vanish damaged twice clock signals)
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$folder/work"
# shellcheck source=scripts/small-demo.sh
. "$home/scripts/small-demo.sh"
failed=0
mounted=""
pid=""
finish() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
  [ -z "$mounted" ] || umount -l "$work/nights" 2>/dev/null || true
}
trap finish EXIT

export GAZECHECK_JAVA_ARGS="${GAZECHECK_JAVA_ARGS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"

# Draws what arrives, once, into $folder/later.
draw_later() {
  [ ! -d "$folder/later/test" ] || return 0
  "$home/gazecheck" prepare "$home/config/demo.yaml" --set seed=9 --set "data.dir=$folder/later.part" --set data.masks=null \
    --set data.drawn.train=1 --set data.drawn.val=1 --set data.drawn.test=6 --set data.drawn.size=64 \
    --set "output.dir=$folder/later-run" --set "cache.dir=$folder/later-cache" >"$folder/output" 2>&1
  mv "$folder/later.part" "$folder/later"
}

# Before the first night, which trains the model.
begin_nights() {
  rm -rf "$work"
  mkdir -p "$work/incoming"
  cat >"$work/model.yaml" <<YAML
name: model
data: {source: demo, dir: $work/data, masks: $work/data/masks, drawn: {train: 20, val: 6, test: 10, size: 64}}
model: {architecture: demo, size: 64}
train:
  recipe: probe
  views: {crops: 0, minScale: 0.6, hue: 0.02}
  probe: {maxIterations: 40, l2: [1e-6]}
audit: {trust: {images: 0}}
compute: {threads: 1}
output: {dir: $work/model}
cache: {dir: $work/cache}
YAML
  cat >"$work/nights.yaml" <<YAML
name: adversity
nightly: {run: $work/model.yaml, incoming: $work/incoming, keep: 100}
output: {dir: $work/nights}
gates:
  fail:
    - test.top1 not worse than baseline
    - new.top1 not worse than baseline
    - new.drift is none
    - new.refused <= 3
YAML
}

# Images with labels for the second night.
arrive() { cp -rp "$folder/later/test" "$work/incoming/day-2"; }

# One night; prints its exit code.
night() {
  local code=0
  "$home/gazecheck" nightly "$work/nights.yaml" >"$folder/output" 2>&1 || code=$?
  echo "$code"
}

history() { "$home/gazecheck" history --reports "$1" --format json; }

whole_nights() { (cd "$1" && find . -maxdepth 1 -type d -name '2*Z-*' -printf '%f\n' | LC_ALL=C sort); }

# A sed script that numbers the whole nights of a folder, and forgets times.
forgetting() {
  local id n=0
  while IFS= read -r id; do
    n=$((n + 1))
    echo "s/$id/NIGHT-$n/g"
  done < <(whole_nights "$1")
  echo 's/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9:.]*Z\{0,1\}/TIME/g'
  echo 's/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9:]*/TIME/g'
}

# The history of whole nights, times and durations left out.
timeless_history() {
  grep '^  "baseline"' "$1" | sed -f "$2"
  LC_ALL=C awk -v RS='\n  }' '{ sub(/.*"runs" : \[ \{/, ", {") } /"folder" : "/' "$1" | sed '/"seconds" : {/,/}/d' | sed -f "$2"
}

# A night's or a model's file, without times and what depends on them.
timeless_file() {
  case "$2" in
    *.npy | *.zip | *.onnx | *.png | *.jpg) cat "$1/$2" ;;
    *) timeless "$1" "$2" | grep -a -v -E '"(Configuration|arrivals.csv|config.yaml)" *:|<dt>(Configuration|Started)<' | sed -f "$3" ;;
  esac
}

same_folder() {
  local expected="$1" got="$2" file
  diff <(run_files "$expected") <(run_files "$got") || return 1
  while IFS= read -r file; do
    [ "$file" != ./.notified ] || continue
    if ! cmp -s <(timeless_file "$expected" "$file" "$folder/expected.sed") <(timeless_file "$got" "$file" "$folder/got.sed"); then
      echo "differs: $got/$file"
      diff -a <(timeless_file "$expected" "$file" "$folder/expected.sed") \
        <(timeless_file "$got" "$file" "$folder/got.sed") | cut -c 1-300 | head -n 5
      return 1
    fi
  done < <(run_files "$expected")
}

# same_month EXPECTED GOT: whether two folders of nights hold the same whole nights, and their histories say the same
same_month() {
  local n folder_of expected=() got=()
  forgetting "$1" >"$folder/expected.sed"
  forgetting "$2" >"$folder/got.sed"
  mapfile -t expected < <(whole_nights "$1")
  mapfile -t got < <(whole_nights "$2")
  if [ "${#expected[@]}" -ne "${#got[@]}" ]; then
    echo "${#got[@]} nights are whole, not ${#expected[@]}"
    return 1
  fi
  for n in "${!expected[@]}"; do
    same_folder "$1/${expected[n]}" "$2/${got[n]}" || return 1
  done
  diff <(cd "$1/models" && ls -A) <(cd "$2/models" && ls -A) || return 1
  for folder_of in "$1/models/"*; do
    same_folder "$folder_of" "$2/models/${folder_of##*/}" || return 1
  done
  history "$1" >"$folder/expected.json"
  history "$2" >"$folder/got.json"
  diff <(timeless_history "$folder/expected.json" "$folder/expected.sed") \
    <(timeless_history "$folder/got.json" "$folder/got.sed")
}

broken() {
  echo "   BROKEN: $*"
  failed=1
}

# expect EXPRESSION CODE TEXT: what the night that ended with $code must have said
expect() {
  local said
  said="$(grep -a '^gazecheck: ' "$folder/output" | tail -n 1 || true)"
  echo "   -> exit code $code. ${said:-(nothing said)}" | sed "s#$folder/##g"
  [ "$code" -eq "$1" ] || broken "exit code $1 was expected"
  printf '%s\n' "$said" | grep -q -E -- "$2" || broken "the message should say: $2"
  if grep -q '^Exception\|^[[:space:]]at ' "$folder/output"; then broken "a stack trace was shown"; fi
}

# The cause is gone: the next night ends as the undisturbed second one.
mended() {
  code="$(night)"
  [ "$code" -eq 0 ] || broken "the next night ended with $code: $(tail -n 1 "$folder/output")"
  if same_month "$folder/two" "$work/nights"; then
    echo "   the next night then ends as undisturbed"
  else
    broken "the end differs from the undisturbed nights"
  fi
}

# One whole night, and images for the second.
before() {
  [ -z "$mounted" ] || umount "$work/nights"
  mounted=""
  rm -rf "$work"
  cp -a "$folder/start" "$work"
}

# A night in the background, up to the event.
start_until() {
  local lines
  lines="$(wc -l <"$work/nights/events.jsonl")"
  env --default-signal=INT "$home/gazecheck" nightly "$work/nights.yaml" >"$folder/output" 2>&1 &
  pid=$!
  until tail -n "+$((lines + 1))" "$work/nights/events.jsonl" | grep -q "\"$1\"" || ! kill -0 "$pid" 2>/dev/null; do
    sleep 0.02
  done
}

await_end() {
  code=0
  wait "$pid" || code=$?
  pid=""
}

mount_nights() {
  mv "$work/nights" "$work/whole"
  mkdir "$work/nights"
  if ! mount -t tmpfs -o size=24m tmpfs "$work/nights" 2>/dev/null; then
    echo "   left out: no file system may be mounted here"
    rm -rf "$work/nights"
    mv "$work/whole" "$work/nights"
    return 1
  fi
  mounted=yes
  cp -a "$work/whole/." "$work/nights"
}

full() {
  local free
  for free in 0 4 40 200 400 600 800; do
    echo "== a full disk: $free KiB are left"
    before
    mount_nights || return 0
    head -c "$(($(df --output=avail -B1 "$work/nights" | tail -n 1) - free * 1024))" /dev/zero >"$work/nights/filler" || true
    code="$(night)"
    if [ "$code" -eq 0 ] && [ "$free" -gt 400 ]; then
      echo "   (enough, here)"
    else
      expect 1 'disk is full'
    fi
    rm "$work/nights/filler"
    mended
  done
}

readonly_disk() {
  echo "== a read-only disk"
  before
  mount_nights || return 0
  mount -o remount,ro "$work/nights"
  code="$(night)"
  expect 1 'read-only|Read-only|no permission'
  mount -o remount,rw "$work/nights"
  mended
}

vanish() {
  echo "== images vanish while they are looked at"
  before
  start_until arrivals
  mv "$work/incoming" "$work/gone"
  await_end
  expect 4 'bring'
  mv "$work/gone" "$work/incoming"
  mended
  echo "== images are not there"
  before
  mv "$work/incoming" "$work/gone"
  code="$(night)"
  expect 4 'bring it back'
  mv "$work/gone" "$work/incoming"
  mended
}

damaged() {
  local history="$work/nights/history.sqlite"
  echo "== a damaged history"
  before
  cp "$history" "$folder/history"
  head -c 3000 /dev/urandom | dd of="$history" bs=1 seek=8192 conv=notrunc 2>/dev/null
  cp "$history" "$folder/damaged"
  code="$(night)"
  expect 4 'bring a copy back'
  cmp -s "$history" "$folder/damaged" || broken "the damaged file was changed"
  cp "$folder/history" "$history"
  mended
  echo "== a history that is cut off"
  before
  head -c 5000 "$folder/history" >"$history"
  code="$(night)"
  expect 4 'bring a copy back'
  cp "$folder/history" "$history"
  mended
  echo "== a history that is gone"
  before
  rm "$history"
  code="$(night)"
  expect 4 'history-backup.sqlite'
  cp "$folder/history" "$history"
  mended
}

twice() {
  echo "== two nights in one folder at once"
  before
  start_until night-started
  code=0
  "$home/gazecheck" nightly "$work/nights.yaml" >"$folder/output.second" 2>&1 || code=$?
  mv "$folder/output.second" "$folder/output"
  expect 5 'another process works in'
  await_end
  [ "$code" -eq 0 ] || broken "the first ended with $code"
  mended
}

clock() {
  echo "== a night while the clock was ahead by years"
  if ! command -v faketime >/dev/null; then
    echo "   left out: needs faketime"
    return
  fi
  before
  mv "$work/incoming" "$work/later"
  mkdir "$work/incoming"
  echo "# another rule" >>"$work/nights.yaml"
  sed -i 's/new.refused <= 3/new.refused <= 4/' "$work/nights.yaml"
  code=0
  FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f '+900d' "$home/gazecheck" nightly "$work/nights.yaml" >"$folder/output" 2>&1 || code=$?
  [ "$code" -eq 0 ] || broken "it ended with $code"
  sed -i 's/new.refused <= 4/new.refused <= 3/' "$work/nights.yaml"
  rmdir "$work/incoming"
  mv "$work/later" "$work/incoming"
  code="$(night)"
  [ "$code" -eq 0 ] || broken "the next night ended with $code: $(tail -n 1 "$folder/output")"
  grep -q 'warning: the clock says' "$folder/output" || broken "nothing was said of the clock"
  first="$(whole_nights "$work/nights" | head -n 1)"
  second="$(whole_nights "$work/nights" | sed -n 2p)"
  grep -q "\"baseline\": \"$first\"" "$work/nights/$second/night.json" || broken "the night from the future is the baseline"
  echo "   the next night is compared with the one before"
}

signals() {
  local signal
  for signal in INT TERM; do
    echo "== SIG$signal within a night"
    before
    start_until arrivals
    sleep 0.3
    kill "-$signal" "$pid"
    await_end
    expect "$([ "$signal" = INT ] && echo 130 || echo 143)" 'the same command continues'
    mended
  done
}

if [ ! -d "$folder/two" ]; then
  echo "undisturbed nights ..."
  draw_later
  rm -rf "$folder/start" "$folder/two.new"
  begin_nights
  code="$(night)"
  [ "$code" -eq 0 ] || {
    cat "$folder/output"
    exit 1
  }
  arrive
  cp -a "$work" "$folder/start"
  code="$(night)"
  cp -a "$work/nights" "$folder/two.new"
  mv "$folder/two.new" "$folder/two"
fi
for name in "${cases[@]}"; do
  case "$name" in
    readonly) readonly_disk ;;
    full | vanish | damaged | twice | clock | signals) "$name" ;;
    *)
      echo "night-adversity: no case $name" >&2
      exit 2
      ;;
  esac
done
if [ "$failed" -ne 0 ]; then
  echo "night-adversity: something broke, see above" >&2
  exit 1
fi
echo "every promise held"
