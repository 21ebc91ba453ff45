#!/usr/bin/env bash
# Makes a set as Waterbirds is one, of two kinds of flowers tied to two backgrounds, trains on it, and mends the run by findings and by groups.
#   scripts/two-groups.sh WORK [--share S] [--seed N]
# WORK keeps the set, the run and both mended runs, and what is finished is not done again; --share S (default 0.95) of each class in
# train and val stand before its background. The last lines of each mended run are its accuracies, by group where groups were balanced;
# WORK/worst.txt has each class in each group of test, for all three. Reads GAZECHECK_REFERENCE (default ../shared/data).
set -euo pipefail
if [ $# -lt 1 ] || [ "${1#-}" != "$1" ]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | grep -v '^set' >&2
  exit 2
fi
mkdir -p "$1"
work="$(cd "$1" && pwd)"
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
reference="${GAZECHECK_REFERENCE:-../shared/data}"

if [ ! -e "$work/set-groups.csv" ]; then
  mvn -q -B -DskipTests test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/known-answers-classpath.txt
  java -Xmx2g -cp "target/test-classes:target/classes:$(cat target/known-answers-classpath.txt)" \
    org.gazecheck.knownanswers.MakeGroups --reference "$reference" --out "$work/set" "$@"
fi
./gazecheck run config/folder.yaml --set data.dir="$work/set" --set data.masks="$work/set-masks" \
  --set model.weights="$reference/weights/resnet50.safetensors" --set train.views.crops=0 \
  --set output.dir="$work/run" --set cache.dir="$work/cache" --set name=groups
./gazecheck mitigate "$work/run" --groups "$work/set-groups.csv" --output "$work/by-groups"
./gazecheck mitigate "$work/run" --output "$work/by-findings" || echo "nothing was mended by findings"

# Of each run: right, images, class and group of test.
for run in run by-findings by-groups; do
  [ -e "$work/$run/predictions.csv" ] || continue
  echo "$run"
  awk -F, 'FNR == NR { group[$1] = $2; next }
    FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["split"] == "test" {
      cell = $column["label"] " in " group[$column["path"]]
      n[cell]++
      right[cell] += $column["label"] == $column["predicted"]
    }
    END { for (cell in n) printf "  %s: %d of %d, %.1f %%\n", cell, right[cell], n[cell], 100 * right[cell] / n[cell] }' \
    "$work/set-groups.csv" "$work/$run/predictions.csv" | sort
done | tee "$work/worst.txt"
