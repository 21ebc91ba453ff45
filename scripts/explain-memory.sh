#!/usr/bin/env bash
# Prints the peak resident memory of Grad-CAM at the stem of a ResNet-50 and at block 1 of a ViT-B/16, 224 pixels, two threads;
# each must stay within 3 GiB. Ends with 1 where one does not.
#
#   scripts/explain-memory.sh [IMAGES]      images in the file of tensors (default 16)
#
#   GAZECHECK                the command (default ./gazecheck, which is built first)
#   GAZECHECK_PYTHON         a Python with torchvision (default /usr/bin/python3; Debian: apt-get install python3-torchvision)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

images="${1:-16}"
most=$((3 * 1024 * 1024))
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
export GAZECHECK_THREADS=2 OMP_NUM_THREADS=2
${GAZECHECK:-./gazecheck} --version >/dev/null

missed=0
peak() {
  local name="$1" layer="$2" process kilobytes=0 now
  PYTHONPATH=scripts "${GAZECHECK_PYTHON:-/usr/bin/python3}" - "$name" "$layer" "$images" "$folder" 2>/dev/null <<'PYTHON'
import sys
import numpy, torch
import torchvision_networks as networks

name, layer, images, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
rows = torch.randn(images, 3, 224, 224, generator=torch.Generator().manual_seed(1))
networks.export(networks.build(name, 0, 1000), rows[:2], [layer], f"{folder}/{name}.onnx", 17)
numpy.save(f"{folder}/{name}.npy", rows.numpy())
PYTHON
  # shellcheck disable=SC2086 # the command may hold several words
  ${GAZECHECK:-./gazecheck} explain --model "$folder/$name.onnx" --tensor "$folder/$name.npy" --logits logits --layer layer0 \
    --method gradcam --npy "$folder/$name" >"$folder/output" 2>&1 &
  process=$!
  # The launcher becomes Java; the kernel keeps the highest value.
  while now="$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status" 2>/dev/null)" && [ -n "$now" ]; do
    kilobytes="$now"
    sleep 0.1
  done
  wait "$process" || {
    cat "$folder/output" >&2
    exit 1
  }
  printf '%s %s: %d MiB\n' "$name" "$layer" $((kilobytes / 1024))
  [ "$kilobytes" -le "$most" ] || missed=1
  rm -rf "$folder/$name"*
}

peak resnet50 relu
peak vit_b_16 encoder.layers.encoder_layer_0
exit "$missed"
