#!/usr/bin/env bash
# Shows what is refused, with which message: every case must end with its exit code, or this script fails.
#   scripts/refusals.sh [FOLDER with the official Flowers 102 files and a weights file resnet50.safetensors]
# Without the folder, the cases that need it are left out.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
reference="${1:-}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failed=0

# expect CODE TITLE COMMAND...
expect() {
  local expected="$1" title="$2" code=0
  shift 2
  printf '\n== %s\n' "$title"
  "$@" >"$work/out" 2>&1 || code=$?
  grep -v '^\(draw\|check\) ' "$work/out" | sed "s#$work/##g" | sed -n 1,12p
  if [ "$code" -eq "$expected" ]; then
    echo "-> exit code $code"
  else
    echo "-> exit code $code, EXPECTED $expected"
    failed=1
  fi
}

"$home/gazecheck" prepare "$home/config/demo.yaml" --quiet --set "data.dir=$work/drawn" --set "output.dir=$work/run" \
  --set "cache.dir=$work/cache" --set data.drawn.train=4 --set data.drawn.val=2 --set data.drawn.test=2 >/dev/null 2>&1

folder="$work/images"
mkdir -p "$folder"
cp -r "$work/drawn/train/daisy" "$work/drawn/train/poppy" "$folder"
common=(--set "output.dir=$work/bad" --set "cache.dir=$work/cache" --set model.weights=null --set model.architecture=demo)

printf 'this is no image\n' >"$folder/daisy/text.jpg"
mkdir "$folder/empty"
if [ -n "$reference" ]; then
  image="$(find "$reference/flowers102/jpg" -name '*.jpg' | sort | sed -n 1p)"
  head -c 9000 "$image" >"$folder/poppy/truncated.jpg"
fi
expect 4 "a text file named .jpg, a truncated JPEG, an empty class folder" \
  "$home/gazecheck" prepare "$home/config/folder.yaml" --set "data.dir=$folder" "${common[@]}"

cat >"$work/mistakes.yaml" <<'YAML'
data:
  source: folder
  dir: images
  mask: masks
train:
  finetune:
    epochs: many
  probe:
    smoothing: 1.5
YAML
expect 2 "a configuration with three mistakes" "$home/gazecheck" run "$work/mistakes.yaml"

if [ -n "$reference" ]; then
  flowers="$work/flowers"
  mkdir "$flowers"
  ln -s "$reference/flowers102/jpg" "$flowers/jpg"
  cp "$reference/flowers102/setid.mat" "$flowers"
  cat >"$work/Labels.java" <<'JAVA'
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

class Labels {
    public static void main(String[] file) throws Exception {
        Matrix labels = Mat5.newMatrix(1, 8189);
        for (int i = 0; i < 8189; i++) {
            labels.setInt(i, i == 4999 ? 103 : i % 102 + 1);
        }
        Mat5.writeToFile(Mat5.newMatFile().addArray("labels", labels), file[0]);
    }
}
JAVA
  java -cp "$(cat "$home/target/classpath.txt")" "$work/Labels.java" "$flowers/imagelabels.mat"
  expect 4 "a label of 103, in a file with the wrong MD5" \
    "$home/gazecheck" prepare "$home/config/flowers102.yaml" --set "data.dir=$flowers" --set "output.dir=$work/bad2"
  expect 4 "a weights file of another network" \
    "$home/gazecheck" train "$home/config/demo.yaml" --set "data.dir=$work/drawn" --set "output.dir=$work/run" \
    --set "cache.dir=$work/cache" --set data.drawn.train=4 --set data.drawn.val=2 --set data.drawn.test=2 \
    --set "model.weights=$reference/weights/resnet50.safetensors" --set model.architecture=resnet18
fi
exit "$failed"
