#!/usr/bin/env bash
# Kills nights with SIGKILL at random moments, each followed by a normal night: history and reports must end equal to those
# of an undisturbed month, but for what tells the time.
#   scripts/crash-nights.sh [KILLS] [FOLDER]      default: 100, target/crash-nights
# A month has ten nights over the small demo: the model is trained; photographs arrive with labels, without them, with
# duplicates and with one that is broken; nothing arrives; a rule changes; labels are wrong; the model is another one, and
# is rolled back. Each night of the month is begun and killed once. A quarter of the kills waits for a file that is being
# written (the history's journal, a verdict, the mark that everybody was told, kept results) and strikes at once. Compared
# are the whole nights; that nothing was new is said once more where a night was killed after it was whole. Fails when an
# end differs, when a failed gate was not told, or when fewer than three kills struck while the history was written. Stopped,
# it goes on where it was. SEED (default 1) decides the moments. Needs inotifywait (Debian: inotify-tools).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
kills="${1:-100}"
folder="${2:-$home/target/crash-nights}"
seed="${SEED:-1}"
nights=10
# shellcheck source=scripts/small-demo.sh
. "$home/scripts/small-demo.sh"
command -v inotifywait >/dev/null || {
  echo "crash-nights: needs inotifywait (Debian: inotify-tools)" >&2
  exit 2
}
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$folder/work"
ledger="$folder/kills.tsv"
export GAZECHECK_JAVA_ARGS="${GAZECHECK_JAVA_ARGS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
pid=""
stop() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
}
trap stop EXIT
fail() {
  echo "crash-nights: $*; kept in $work" >&2
  exit 1
}

model() {
  cat <<YAML
name: $1
seed: $2
data: {source: demo, dir: $work/data, masks: $work/data/masks, drawn: {train: 20, val: 6, test: 10, size: 64}}
model: {architecture: demo, size: 64}
train:
  recipe: probe
  views: {crops: 0, minScale: 0.6, hue: 0.02}
  probe: {maxIterations: 40, l2: [$3]}
audit: {trust: {images: 0}}
report: {photograph: 64}
compute: {threads: 1}
output: {dir: $work/$1}
cache: {dir: $work/cache}
YAML
}

# What the nights of a configuration are told before night $1.
configure() {
  local run=model refused=3
  [ "$1" -ne 9 ] || run=other
  [ "$1" -lt 6 ] || refused=2
  cat >"$work/nights.yaml" <<YAML
name: crash
nightly: {run: $work/$run.yaml, incoming: $work/incoming, keep: 100}
output: {dir: $work/nights}
gates:
  fail:
    - test.top1 not worse than baseline
    - new.top1 not worse than baseline
    - new.drift is none
    - new.refused <= $refused
YAML
}

# Photographs that arrive before night $1.
arrive() {
  local day="$work/incoming/day-$1" class classes=() n
  mapfile -t classes < <(cd "$folder/later/test" && LC_ALL=C ls)
  for n in "${!classes[@]}"; do
    class="${classes[n]}"
    case "$1" in
      2 | 5 | 6 | 10) copy "$class" "$1" "$day/$class" ;;
      3 | 8) copy "$class" "$1" "$day" "$class-" ;;
      7) copy "$class" "$1" "$day/${classes[(n + 1) % ${#classes[@]}]}" "$class-" ;;
    esac
  done
  if [ "$1" -eq 5 ]; then
    cp -r "$work/incoming/day-2/${classes[0]}" "$day/again"
    echo "this is no photograph" >"$day/${classes[1]}/broken.png"
  fi
}

# copy CLASS NIGHT FOLDER [PREFIX]: six drawings that no other night gets
copy() {
  local n
  mkdir -p "$3"
  for n in 0 1 2 3 4 5; do
    cp -p "$folder/later/test/$1/$(printf '%03d' $(($2 * 6 + n))).png" "$3/${4:-}$2$n.png"
  done
}

begin_month() {
  rm -rf "$work"
  mkdir -p "$work/incoming"
  model model 1 1e-6 >"$work/model.yaml"
  model other 2 1e-2 >"$work/other.yaml"
}

night() {
  local code=0
  "$home/gazecheck" nightly "$work/nights.yaml" >"$folder/output" 2>&1 || code=$?
  echo "$code"
}

undisturbed() {
  local n began code
  rm -rf "$folder/expected"* "$folder/codes" "$folder/later"
  echo "undisturbed month ..."
  "$home/gazecheck" prepare "$home/config/demo.yaml" --set seed=9 --set "data.dir=$folder/later" --set data.masks=null \
    --set data.drawn.train=1 --set data.drawn.val=1 --set data.drawn.test=66 --set data.drawn.size=64 \
    --set "output.dir=$folder/later-run" --set "cache.dir=$folder/later-cache" >"$folder/output" 2>&1
  begin_month
  for ((n = 1; n <= nights; n++)); do
    configure "$n"
    arrive "$n"
    began="$(date +%s%N)"
    code="$(night)"
    printf '%s\t%s\n' "$code" "$((($(date +%s%N) - began) / 1000000))" >>"$folder/codes"
    echo "night $n: exit code $code"
  done
  cp -a "$work/nights" "$folder/expected.new"
  history "$folder/expected.new" >"$folder/expected.json"
  mv "$folder/expected.new" "$folder/expected"
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
  LC_ALL=C awk -v RS='\n  }' '/"folder" : "/' "$1" | sed '/"seconds" : {/,/}/d' | sed -f "$2"
}

# A night's or a model's file, without what tells the time and what depends on where that is told.
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
    [ "$file" != ./.told ] || continue
    if ! cmp -s <(timeless_file "$expected" "$file" "$folder/expected.sed") <(timeless_file "$got" "$file" "$folder/got.sed"); then
      echo "differs: $got/$file"
      diff -a <(timeless_file "$expected" "$file" "$folder/expected.sed") \
        <(timeless_file "$got" "$file" "$folder/got.sed") | cut -c 1-300 | head -n 5
      return 1
    fi
  done < <(run_files "$expected")
}

same_month() {
  local a b expected=() got=()
  forgetting "$folder/expected" >"$folder/expected.sed"
  forgetting "$work/nights" >"$folder/got.sed"
  mapfile -t expected < <(whole_nights "$folder/expected")
  mapfile -t got < <(whole_nights "$work/nights")
  [ "${#expected[@]}" -eq "${#got[@]}" ] || fail "${#got[@]} nights are whole, not ${#expected[@]}"
  for a in "${!expected[@]}"; do
    same_folder "$folder/expected/${expected[a]}" "$work/nights/${got[a]}" || return 1
  done
  diff <(cd "$folder/expected/models" && ls -A) <(cd "$work/nights/models" && ls -A) || return 1
  for b in "$folder/expected/models/"*; do
    same_folder "$b" "$work/nights/models/${b##*/}" || return 1
  done
  history "$work/nights" >"$folder/got.json"
  diff <(timeless_history "$folder/expected.json" "$folder/expected.sed") \
    <(timeless_history "$folder/got.json" "$folder/got.sed")
}

# Where the kill struck, read off what the dead process left.
struck() {
  local last newest
  last="$(tail -n "+$((events + 1))" "$work/nights/events.jsonl" 2>/dev/null | sed -n 's/.*"event":"\([a-z-]*\)".*/\1/p' | tail -n 1)"
  newest="$(whole_nights "$work/nights" 2>/dev/null | tail -n 1)"
  if [ -n "$(find "$work/nights" -maxdepth 1 -name 'history.sqlite-*' 2>/dev/null)" ]; then
    echo history
  elif [ -z "$last" ]; then
    echo start
  elif [ "$last" = arrivals ] && [ -n "$newest" ] && [ "$newest" != "$before" ]; then
    if [ -e "$work/nights/$newest/.unfinished" ]; then echo night; else echo whole-untold; fi
  else
    echo "after-$last"
  fi
}

patterns=('history.sqlite-journal' 'history.sqlite-journal' '.told*' '*gates.json*' '.*.part' '.index.html*' 'junit.xml')

kill_night() {
  local month="$1" n="$2" pattern="${3:-}" wait code=0
  events=0
  [ ! -f "$work/nights/events.jsonl" ] || events="$(wc -l <"$work/nights/events.jsonl")"
  mkdir -p "$work/nights/models"
  before="$(whole_nights "$work/nights" | tail -n 1)"
  "$home/gazecheck" nightly "$work/nights.yaml" >"$folder/output" 2>&1 &
  pid=$!
  if [ -n "$pattern" ]; then
    strike_at "$pattern" "$work/nights/..."
  else
    wait=$((RANDOM * $(sed -n "${n}s/.*\t//p" "$folder/codes") / 32768 + 200))
    sleep "$((wait / 1000)).$(printf '%03d' $((wait % 1000)))"
  fi
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || code=$?
  pid=""
  if [ "$code" -ne 137 ]; then
    echo "month $month, night $n: ended with $code before the kill"
    return 0
  fi
  printf '%s\t%s\t%s\t%s\n' "$month" "$n" "$(struck)" "${pattern:-random}" >>"$folder/month.tsv"
  echo "month $month, night $n: killed at $(tail -n 1 "$folder/month.tsv" | cut -f 3)"
}

month() {
  local number="$1" left="$2" n code expected pattern told
  RANDOM=$((seed * 1000 + number))
  rm -f "$folder/month.tsv"
  touch "$folder/month.tsv"
  begin_month
  for ((n = 1; n <= nights; n++)); do
    configure "$n"
    arrive "$n"
    pattern=""
    [ $((RANDOM % 4)) -ne 0 ] || pattern="${patterns[RANDOM % ${#patterns[@]}]}"
    [ "$(wc -l <"$folder/month.tsv")" -ge "$left" ] || kill_night "$number" "$n" "$pattern"
    code="$(night)"
    expected="$(sed -n "${n}s/\t.*//p" "$folder/codes")"
    if [ "$code" != "$expected" ]; then
      told="$(tail -n 1 "$folder/month.tsv" | cut -f 3)"
      if [ "$code" -ne 0 ] || [ "$told" != after-night-ended ] && [ "$told" != whole-untold ]; then
        cat "$folder/output"
        fail "month $number, night $n ended with $code, not $expected, after a kill at $told"
      fi
    fi
  done
  same_month || fail "month $number differs from the undisturbed one"
  for n in $(whole_nights "$work/nights"); do
    [ -e "$work/nights/$n/.told" ] || fail "nobody was told of the night $n"
  done
  if find "$work" -name '*.tmp' -o -name '.*.part' -o -name '.gone-*' -o -name '.unfinished' -o -name '*.damaged' -o -name '*-journal' | grep .; then
    fail "month $number: the files above were left behind"
  fi
  cat "$folder/month.tsv" >>"$ledger"
  echo "$((number + 1))" >"$folder/next"
}

touch "$ledger"
[ -d "$folder/expected" ] || undisturbed
while [ "$(wc -l <"$ledger")" -lt "$kills" ]; do
  month "$(cat "$folder/next" 2>/dev/null || echo 1)" "$((kills - $(wc -l <"$ledger")))"
done
echo
echo "kills by what was under way:"
cut -f 3 "$ledger" | LC_ALL=C sort | uniq -c
written="$(cut -f 3 "$ledger" | grep -c '^history$' || true)"
[ "$kills" -lt 50 ] || [ "$written" -ge 3 ] || fail "only $written kills struck while the history was written"
echo "$(wc -l <"$ledger") kills in $(cut -f 1 "$ledger" | uniq | wc -l) months: every end equals the undisturbed month"
