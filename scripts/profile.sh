#!/usr/bin/env bash
# Says where a command's processor time goes, by stage and part, when it has ended.
#
#   scripts/profile.sh ARGUMENTS...     those of gazecheck, such as: run config/folder.yaml --set data.dir=FOLDER
#
#   GAZECHECK_THREADS   threads (default 2)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mvn -q -B -Pbench -DskipTests test-compile
malloc=glibc.malloc
tunables="$malloc.hugetlb=1:$malloc.mmap_threshold=4294967296:$malloc.trim_threshold=17179869184:$malloc.top_pad=268435456:$malloc.arena_max=1"
GLIBC_TUNABLES="$tunables" OMP_NUM_THREADS="${GAZECHECK_THREADS:-2}" exec java -Xmx2g -XX:+UseTransparentHugePages \
  -Dorg.bytedeco.javacpp.maxbytes=5g -Dorg.bytedeco.javacpp.maxphysicalbytes=7500m \
  -Dorg.eclipse.deeplearning4j.helpers.disable=false -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
  -Dgazecheck.home="$PWD" \
  -cp "target/test-classes:target/classes:$(cat target/classpath.txt)" org.gazecheck.bench.Profile "$@"
