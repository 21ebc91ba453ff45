#!/usr/bin/env bash
# Runs the reference job over several seeds: what docs/results.md is made from (scripts/results-page.sh).
#
#   scripts/results.sh FOLDER [--set key=value ...]
#
# FOLDER receives a run a seed and recipe: finetune-1, probe-1, ... Started again, it goes on where it stopped: a run that
# is done takes seconds. The settings are given to every run (data.dir, model.weights).
#
#   SEEDS         seeds of the recipe (default "1 2 3")
#   PROBE_SEEDS   seeds of the probe (default "1 2 3 4 5")
#   CONFIG        the configuration (default config/flowers102.yaml)
set -euo pipefail

if [ $# -lt 1 ] || [ "${1#-}" != "$1" ]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$1"
shift
config="${CONFIG:-$home/config/flowers102.yaml}"
mkdir -p "$folder"

# A run, unless its folder says that it is done with.
job() {
  local recipe="$1" seed="$2" run="$folder/$1-$2"
  shift 2
  if [ -f "$run/.done" ]; then
    echo "$recipe, seed $seed: done"
    return
  fi
  echo "$recipe, seed $seed: $(date -u +%H:%M:%S)"
  "$home/gazecheck" run "$config" --set "name=$recipe-$seed" --set "seed=$seed" --set "train.recipe=$recipe" \
    --set "output.dir=$run" --set "cache.dir=$folder/cache-$seed" "$@"
  touch "$run/.done"
}

contains() {
  case " $2 " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

recipe_seeds="${SEEDS:-1 2 3}"
probe_seeds="${PROBE_SEEDS:-1 2 3 4 5}"
# Seeds are split at blanks on purpose.
# shellcheck disable=SC2086
for seed in $(printf '%s\n' $recipe_seeds $probe_seeds | sort -n | uniq); do
  # The probe of a seed takes its features from the recipe's cache, so both stand together.
  if contains "$seed" "$recipe_seeds"; then
    job finetune "$seed" "$@"
  fi
  if contains "$seed" "$probe_seeds"; then
    job probe "$seed" "$@"
  fi
  rm -rf "$folder/cache-$seed"
done
