# The demo made small, for scripts that run it many times: some fifteen seconds on an idle core. To be sourced.
#   small_demo FOLDER   sets the array small: the arguments of "gazecheck demo" that keep everything in FOLDER
#   same_run EXPECTED RUN   whether two run folders are the same
# shellcheck shell=bash
small_demo() {
  # shellcheck disable=SC2034
  small=(
    --set "data.dir=$1/data"
    --set "data.masks=$1/data/masks"
    --set "output.dir=$1/run"
    --set "cache.dir=$1/cache"
    --set data.drawn.train=10
    --set data.drawn.val=6
    --set data.drawn.test=6
    --set data.drawn.size=64
    --set model.size=64
    --set compute.threads=1
    --set train.probe.maxIterations=5
    --set train.finetune.views=0
    --set train.finetune.batch=12
    --set train.finetune.epochs=4
    --set train.finetune.warmup=5
    --set train.finetune.learningRate=2e-3
    --set report.thumbnail=64
  )
}

# same_run EXPECTED RUN: whether two run folders hold the same files with the same bytes, but for what tells the time:
# the log, the lock, durations and the machine's calibration, and the hashes that depend on these.
same_run() {
  local expected="$1" run="$2" file
  diff <(run_files "$expected") <(run_files "$run") || return 1
  while IFS= read -r file; do
    if ! cmp -s <(timeless "$expected" "$file") <(timeless "$run" "$file"); then
      echo "differs: $file"
      diff <(timeless "$expected" "$file") <(timeless "$run" "$file") | head -n 5
      return 1
    fi
  done < <(run_files "$expected")
}

run_files() {
  (cd "$1" && find . -type f ! -name gazecheck.log ! -name .lock | LC_ALL=C sort)
}

timeless() {
  case "$2" in
    ./run.json)
      grep -v -E '"(seconds|finished|inputs|Calibration|train\.csv|index\.html)" *:' "$1/$2"
      ;;
    ./train.csv)
      cut -d , -f 1-5,7- "$1/$2"
      ;;
    ./index.html)
      sed -e '/<h3>Durations/,/<\/dl>/d' -e '/<dt>Speed of this machine</d' "$1/$2"
      ;;
    *)
      cat "$1/$2"
      ;;
  esac
}
