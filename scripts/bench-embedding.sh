#!/usr/bin/env bash
# Maps of images side by side: how far PCA, the spectral embedding and t-SNE keep ten neighbours, and how long they take.
#
#   scripts/bench-embedding.sh [POINTS [features.npy]]     10000 drawn points by default; rows of a run's features.npy
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mvn -q -B -Pbench -DskipTests test-compile
exec java -Xmx2g -cp "target/test-classes:target/classes:$(cat target/classpath.txt)" \
  org.gazecheck.stats.EmbeddingComparison "${@:-10000}"
