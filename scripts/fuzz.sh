#!/usr/bin/env bash
# Feeds mutated files to a reader and stops at the first failure that is not one of its documented exceptions, at more than
# the memory and at an input that takes longer than 30 s. Inputs that were worth keeping stay in target/fuzz/TARGET.
#   scripts/fuzz.sh safetensors|torch|mat|targz|archive|jpeg|png [SECONDS]
# FUZZ_HEAP: heap of the Java virtual machine (default 512m)
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
target="${1:-}"
seconds="${2:-600}"
case "$target" in
  safetensors) class=org.gazecheck.network.weights.SafetensorsFuzz ;;
  torch) class=org.gazecheck.network.weights.TorchFuzz ;;
  mat) class=org.gazecheck.data.MatFuzz ;;
  targz) class=org.gazecheck.download.TarGzFuzz ;;
  archive) class=org.gazecheck.network.dl4j.ModelArchiveFuzz ;;
  jpeg) class=org.gazecheck.image.JpegFuzz ;;
  png) class=org.gazecheck.image.PngFuzz ;;
  *)
    sed -n 's/^#   /usage: /p' "$0" >&2
    exit 2
    ;;
esac

mvn -q -B -DskipTests ${FUZZ_MAVEN_ARGS:-} -Pfuzz test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath \
  -Dmdep.includeScope=test >&2
classpath="target/test-classes:target/classes:$(cat target/fuzz.classpath)"
corpus="target/fuzz/$target"
mkdir -p "$corpus"
java -cp "$classpath" org.gazecheck.fuzz.Seeds "$class" "$corpus"
packages="org.gazecheck.**:us.hebi.matlab.**:org.apache.commons.compress.**:com.twelvemonkeys.**:com.drew.**"
exec java "-Xmx${FUZZ_HEAP:-512m}" -XX:ErrorFile=target/fuzz/hs_err.log -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxbytes=512m \
  -cp "$classpath" com.code_intelligence.jazzer.Jazzer "--target_class=$class" \
  "--instrumentation_includes=$packages" "--custom_hook_includes=$packages" \
  "--reproducer_path=target/fuzz" "$corpus" "-artifact_prefix=target/fuzz/$target-" "-max_total_time=$seconds" \
  -timeout=30 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 -verbosity=1
