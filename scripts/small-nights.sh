# Nights over the demo made small, for scripts that disturb them: a second or five each on an idle machine. To be sourced
# after small-demo.sh; the folder $folder keeps what is drawn once, $work everything else.
#   draw_later, begin_month        before the first night
#   configure N, arrive N          what is set, and what arrives, before night N: the model is trained (1); images arrive with
#                                  labels (2, 5, 6, 10), without them (3, 8), with duplicates and with one that is broken (5);
#                                  nothing arrives (4); a rule changes (6); labels are wrong (7); the model is another one (9)
#   night                          does one, and prints its exit code; what it said is in $folder/output
#   same_month EXPECTED GOT        whether two folders of nights are the same, but for what tells the time
# shellcheck shell=bash
export GAZECHECK_JAVA_ARGS="${GAZECHECK_JAVA_ARGS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"

model() {
  cat <<YAML
name: $1
data: {source: demo, dir: $work/data, masks: $work/data/masks, drawn: {train: 20, val: 6, test: 10, size: 64}}
model: {architecture: demo, size: 64}
train:
  recipe: probe
  views: {crops: 0, minScale: 0.6, hue: 0.02}
  probe: {maxIterations: 40, l2: [$2]}
audit: {trust: {images: 0}}
report: {thumbnail: 64}
compute: {threads: 1}
output: {dir: $work/$1}
cache: {dir: $work/cache}
YAML
}

# The settings of a configuration before night $1.
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

# Images that arrive before night $1.
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
    echo "this is no image" >"$day/${classes[1]}/broken.png"
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

# Draws what arrives later, once, into $folder/later.
draw_later() {
  [ ! -d "$folder/later/test" ] || return 0
  "$home/gazecheck" prepare "$home/config/demo.yaml" --set seed=9 --set "data.dir=$folder/later.part" --set data.masks=null \
    --set data.drawn.train=1 --set data.drawn.val=1 --set data.drawn.test=66 --set data.drawn.size=64 \
    --set "output.dir=$folder/later-run" --set "cache.dir=$folder/later-cache" >"$folder/output" 2>&1
  mv "$folder/later.part" "$folder/later"
}

begin_month() {
  rm -rf "$work"
  mkdir -p "$work/incoming"
  model model 1e-6 >"$work/model.yaml"
  model other 1e-2 >"$work/other.yaml"
}

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
