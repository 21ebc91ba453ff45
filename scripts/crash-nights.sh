#!/usr/bin/env bash
# Kills nights with SIGKILL at random moments, each followed by a normal night: history and reports must end equal to those
# of an undisturbed month, but for what tells the time.
#   scripts/crash-nights.sh [KILLS] [FOLDER]      default: 100, target/crash-nights
# A month has ten nights over the small demo: the model is trained; images arrive with labels, without them, with
# duplicates and with one that is broken; nothing arrives; a rule changes; labels are wrong; the model is another one, and
# is rolled back. Each night of the month is begun and killed once. A quarter of the kills waits for a file that is being
# written (the history's journal, a verdict, the mark that everybody was notified, kept results) and strikes at once. Compared
# are the whole nights; that nothing was new is said once more where a night was killed after it was whole. Fails when an
# end differs, when nobody was notified of a failed gate, or when fewer than three kills struck while the history was written. Stopped,
# it goes on where it was. SEED (default 1) decides the moments. Needs inotifywait (Debian: inotify-tools).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
kills="${1:-100}"
folder="${2:-$home/target/crash-nights}"
seed="${SEED:-1}"
nights=10
# shellcheck source=scripts/small-demo.sh
. "$home/scripts/small-demo.sh"
# shellcheck source=scripts/small-nights.sh
. "$home/scripts/small-nights.sh"
command -v inotifywait >/dev/null || {
  echo "crash-nights: needs inotifywait (Debian: inotify-tools)" >&2
  exit 2
}
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$folder/work"
ledger="$folder/kills.tsv"
pid=""
stop() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
}
trap stop EXIT
fail() {
  echo "crash-nights: $*; kept in $work" >&2
  exit 1
}

undisturbed() {
  local n began code
  rm -rf "$folder/expected"* "$folder/codes"
  echo "undisturbed month ..."
  draw_later
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
  mv "$folder/expected.new" "$folder/expected"
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
    if [ -e "$work/nights/$newest/.unfinished" ]; then echo night; else echo whole-pending; fi
  else
    echo "after-$last"
  fi
}

patterns=('history.sqlite-journal' 'history.sqlite-journal' '.notified*' '*gates.json*' '.*.part' '.index.html*' 'junit.xml')

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
    point=after-night-ended
    return 0
  fi
  printf '%s\t%s\t%s\t%s\n' "$month" "$n" "$(struck)" "${pattern:-random}" >>"$folder/month.tsv"
  point="$(tail -n 1 "$folder/month.tsv" | cut -f 3)"
  echo "month $month, night $n: killed at $point"
}

month() {
  local number="$1" left="$2" n code expected pattern
  RANDOM=$((seed * 1000 + number))
  rm -f "$folder/month.tsv"
  touch "$folder/month.tsv"
  begin_month
  for ((n = 1; n <= nights; n++)); do
    configure "$n"
    arrive "$n"
    pattern=""
    [ $((RANDOM % 4)) -ne 0 ] || pattern="${patterns[RANDOM % ${#patterns[@]}]}"
    point=""
    [ "$(wc -l <"$folder/month.tsv")" -ge "$left" ] || kill_night "$number" "$n" "$pattern"
    code="$(night)"
    expected="$(sed -n "${n}s/\t.*//p" "$folder/codes")"
    if [ "$code" != "$expected" ]; then
      if [ "$code" -ne 0 ] || [ "$point" != after-night-ended ] && [ "$point" != whole-pending ]; then
        cat "$folder/output"
        fail "month $number, night $n ended with $code, not $expected, after a kill at $point"
      fi
    fi
  done
  same_month "$folder/expected" "$work/nights" || fail "month $number differs from the undisturbed one"
  for n in $(whole_nights "$work/nights"); do
    [ -e "$work/nights/$n/.notified" ] || fail "nobody was notified of the night $n"
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
