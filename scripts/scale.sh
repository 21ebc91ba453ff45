#!/usr/bin/env bash
# Shows how time and memory grow with the number of images: draws data sets of growing size, walks every stage with a
# small network, each in a process of its own, and prints seconds, images/s, peak memory and the growth exponent
# (1: linear) from each size to the next.
#   scripts/scale.sh [--work FOLDER] [--set KEY=VALUE]... [NUMBER OF IMAGES]...
#   scripts/scale.sh --rows [--work FOLDER] [--classes N] [--heap SIZE] [NUMBER OF IMAGES]...
# With --rows the stages that look at all images at once are measured alone, over rows that were drawn (no image, no forward
# pass): 100 classes, a fifth of the images in val, a heap of 2g, and 50000 200000 images without numbers.
# Without numbers: 5000 10000 20000 50000. The folder (default: a temporary one) keeps the runs; without --work all is
# removed at the end. GAZECHECK_HEAP and the like hold as for gazecheck.
#
#   s        of the stage itself, as run.json has them (draw, nothing-to-do: of the whole command)
#   cpu      processor time of the whole command: tells growth on a machine that does other things too
#   rss      largest resident memory of the process, MB: heap, native libraries, code
#   heap     largest use of the heap, MB, garbage included
#   live     largest use of the heap by objects that are still reachable, MB: every few seconds a whole collection counts
#            them (jcmd), which takes some of the processor time
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work=""
sizes=()
settings=()
rows=""
classes=100
heap=2g
while [ $# -gt 0 ]; do
  case "$1" in
    --work) work="$2" && shift 2 ;;
    --rows) rows=yes && shift ;;
    --classes) classes="$2" && shift 2 ;;
    --heap) heap="$2" && shift 2 ;;
    --set) settings+=(--set "$2") && shift 2 ;;
    *[!0-9]* | "") echo "scale.sh: '$1' is no number of images" >&2 && exit 2 ;;
    *) sizes+=("$1") && shift ;;
  esac
done
if [ ${#sizes[@]} -eq 0 ]; then
  [ -n "$rows" ] && sizes=(50000 200000) || sizes=(5000 10000 20000 50000)
fi
if [ -z "$work" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"

if [ -n "$rows" ]; then
  cd "$home"
  mvn -q -B -DskipTests test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/scale-classpath.txt
  stages=evaluate,localisation,properties,associations,weak-segments,data-quality,class-localisation,embedding
  : >"$work/rows.txt"
  for n in "${sizes[@]}"; do
    rm -rf "$work/rows-$n"
    java -Xmx"$heap" -cp "target/test-classes:target/classes:$(cat target/scale-classpath.txt)" \
      org.gazecheck.scale.SyntheticRows "$work/rows-$n" "$classes" 0.2 "$stages" "$n" 2>"$work/rows-$n.log" \
      | tee -a "$work/rows.txt" | awk '{ printf "%8d  %-18s %9.1f s  heap %5d MB\n", $1, $2, $3, $4; fflush() }' ||
      { tail -n 5 "$work/rows-$n.log" >&2 && exit 1; }
    rm -rf "$work/rows-$n"
  done
  echo
  echo "From size to size: exponent of the time (1: linear), and the largest use of the heap, garbage included."
  awk '
    { if ($2 in images)
        printf "%-18s %8d -> %8d  %5.2f   heap %5d -> %5d MB\n", $2, images[$2], $1,
          log($3 / seconds[$2]) / log($1 / images[$2]), used[$2], $4
      images[$2] = $1; seconds[$2] = $3; used[$2] = $4 }' "$work/rows.txt" | sort -s -k1,1
  exit 0
fi

cat >"$work/scale.yaml" <<'YAML'
data: {source: demo, dir: unset, drawn: {size: 32}}
model: {architecture: demo, size: 32}
train:
  recipe: finetune
  views: {crops: 1}
  probe: {maxIterations: 30, l2: [1e-5]}
  finetune: {from: layer4, views: 1, epochs: 1, batch: 256}
compute: {batch: 64}
report: {thumbnail: 32}
YAML

# stage_seconds RUN STAGE
stage_seconds() {
  awk -v stage="\"$2\"" '
    index($0, stage) && /\{/ { inside = 1 }
    inside && /"seconds"/ { gsub(/[^0-9.eE-]/, "", $NF); print $NF; exit }' "$1/run.json"
}

# Watches a process and prints its largest resident memory in kB, its processor time in seconds, and the most bytes of
# objects that were reachable.
watch_process() {
  local rss=0 ticks=0 live=0 round=0 now
  while now="$(awk '/^VmHWM/ { print $2 }' "/proc/$1/status" 2>/dev/null)" && [ -n "$now" ]; do
    rss="$now"
    ticks="$(awk '{ print $14 + $15 }' "/proc/$1/stat" 2>/dev/null || echo "$ticks")"
    round=$((round + 1))
    if [ $((round % 20)) -eq 0 ]; then
      now="$(jcmd "$1" GC.class_histogram 2>/dev/null | awk '$1 == "Total" { print $3 }')" || now=""
      [ "${now:-0}" -le "$live" ] || live="$now"
    fi
    sleep 0.2
  done
  awk -v rss="$rss" -v ticks="$ticks" -v rate="$(getconf CLK_TCK)" -v live="$live" \
    'BEGIN { print rss, ticks / rate, int(live / 1048576) }'
}

# measure N NAME STAGE IMAGES COMMAND...: runs a command and adds a line to the table.
measure() {
  local n="$1" name="$2" stage="$3" images="$4" log="$work/$1-$2" began pid code=0
  shift 4
  began="$(date +%s.%N)"
  GAZECHECK_JAVA_ARGS="${GAZECHECK_JAVA_ARGS:-} -Xlog:gc:file=$log.gc" "$home/gazecheck" "$@" >"$log.log" 2>&1 &
  pid=$!
  watch_process "$pid" >"$log.peak"
  wait "$pid" || code=$?
  if [ "$code" -ne 0 ]; then
    tail -n 5 "$log.log" >&2
    echo "scale.sh: $name of $n images ended with exit code $code" >&2
    exit 1
  fi
  local wall seconds
  wall="$(date +%s.%N | awk -v began="$began" '{ print $1 - began }')"
  seconds="$wall"
  [ "$stage" = draw ] || seconds="$(stage_seconds "$work/$n/run" "$stage")"
  row "$n" "$name" "$images" "$seconds" "$(cat "$log.peak")" "$log.gc"
}

# row N NAME IMAGES SECONDS "RSS_KB CPU_SECONDS LIVE_MB" GC_LOG
row() {
  local heap
  heap="$(sed -n 's/.* \([0-9]*\)M->\([0-9]*\)M(.*/\1/p' "$6" | sort -n | tail -n 1)"
  echo "$1 $2 $3 $4 $5 ${heap:-0}" >>"$work/table.txt"
  tail -n 1 "$work/table.txt" | awk '{ 
    printf "%7d  %-14s %8.1f s %8.1f s cpu %7.0f images/s  rss %5.0f  heap %5d  live %5d\n",
    $1, $2, $4, $6, $3 / $4, $5 / 1024, $8, $7 }'
}

: >"$work/table.txt"
for n in "${sizes[@]}"; do
  train=$((n * 6 / 10 / 6)) val=$((n * 2 / 10 / 6)) test=$((n * 2 / 10 / 6))
  run="$work/$n/run"
  common=("${settings[@]}" --quiet --set "output.dir=$run" --set "cache.dir=$work/$n/cache" --set "data.dir=$work/$n/data"
    --set "data.drawn.train=$train" --set "data.drawn.val=$val" --set "data.drawn.test=$test")
  config="$work/scale.yaml"
  evaluated=$((6 * (val + test)))
  measure "$n" draw draw "$n" prepare "$config" "${common[@]}"
  rm -rf "$run"
  measure "$n" prepare prepare "$n" prepare "$config" "${common[@]}"
  measure "$n" probe train $((n - 6 * test)) train "$config" "${common[@]}" --set train.recipe=probe
  measure "$n" finetune-all train $((n - 6 * test)) train "$config" "${common[@]}" --set train.finetune.from=all
  measure "$n" finetune train $((n - 6 * test)) train "$config" "${common[@]}"
  measure "$n" evaluate evaluate "$evaluated" evaluate "$config" "${common[@]}"
  measure "$n" audit audit "$evaluated" audit "$run" --quiet
  measure "$n" report report "$evaluated" report "$run" --quiet
  measure "$n" nothing-to-do draw "$n" run "$config" "${common[@]}"
done

echo
echo "From size to size: exponent of the stage's time and of the processor time of its command (1: linear), and memory."
awk '
  { if ($2 in images) {
      factor = log($1 / images[$2])
      printf "%-14s %6d -> %6d  time %5.2f  cpu %5.2f   live %5d -> %5d MB   rss %5d -> %5d MB\n", $2, images[$2], $1,
        log($4 / seconds[$2]) / factor, log($6 / cpu[$2]) / factor, live[$2], $7, rss[$2], $5 / 1024
    }
    images[$2] = $1; seconds[$2] = $4; cpu[$2] = $6; live[$2] = $7; rss[$2] = $5 / 1024 }' \
  "$work/table.txt" | sort -s -k1,1
