#!/usr/bin/env bash
# Times Gazecheck beside PyTorch, interleaved in one run, and prints a line "ratio TASK X" a task: PyTorch's time by
# Gazecheck's, geometric mean over sizes and batches, against the faster of PyTorch's two memory layouts.
#
#   scripts/bench.sh [TASK...]     forward gradcam gradcam-usual gradcam-layer3 finetune-layer4 gradcam-external
#                                  gradcam-external-early job (default: all; those of external networks need
#                                  python3-torchvision too)
#
#   ROUNDS                   rounds (default 5); the median counts
#   GAZECHECK_THREADS        threads on both sides (default 2)
#   GAZECHECK_PYTHON         a Python with PyTorch (default /usr/bin/python3; Debian: apt-get install python3-torch)
#   GAZECHECK_TORCH_AS_IS    set: without the settings of the memory allocator that the launcher makes; otherwise PyTorch
#                            gets the same
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mvn -q -B -Pbench -DskipTests test-compile
malloc=glibc.malloc
tunables="$malloc.hugetlb=1:$malloc.mmap_threshold=4294967296:$malloc.trim_threshold=17179869184:$malloc.top_pad=268435456:$malloc.arena_max=1"
GLIBC_TUNABLES="$tunables" OMP_NUM_THREADS="${GAZECHECK_THREADS:-2}" exec java -Xmx3g -XX:+UseTransparentHugePages \
  -Dorg.bytedeco.javacpp.maxbytes=6g -Dorg.bytedeco.javacpp.maxphysicalbytes=12g \
  -Dorg.eclipse.deeplearning4j.helpers.disable=false \
  -cp "target/test-classes:target/classes:$(cat target/classpath.txt)" \
  org.gazecheck.bench.Benchmark scripts/bench-torch.py "${ROUNDS:-5}" "$@"
