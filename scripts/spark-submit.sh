#!/usr/bin/env bash
# Submits a job of Gazecheck's to a Spark cluster: scripts/spark-submit.sh [OPTION OF spark-submit ...] -- COMMAND CONFIG [OPTION ...]
# such as scripts/spark-submit.sh --master spark://host:7077 --conf spark.executor.cores=4 -- score config/folder.yaml
#
#   SPARK_HOME   a distribution of Spark 4.0 (Scala 2.13), whose bin/spark-submit is used
#
# Builds spark/ where there is no build; what is shipped lies in spark/jobs/target/ship. See docs/spark.md.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
jobs="$home/spark/jobs/target"

fail() {
  printf 'spark-submit.sh: %s\n' "$*" >&2
  exit 2
}

[ -x "${SPARK_HOME:-}/bin/spark-submit" ] || fail "set SPARK_HOME to a distribution of Spark 4.0 with Scala 2.13"

options=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  options+=("$1")
  shift
done
[ "${1:-}" = -- ] || fail "the job's own arguments follow after --, such as: -- score config/folder.yaml"
shift

if [ ! -d "$jobs/ship" ]; then
  (cd "$home" && mvn -q -B -f spark/pom.xml -DskipTests package >&2)
fi

jars="$(find "$jobs/ship" -name '*.jar' | sort | paste -sd, -)"
exec "$SPARK_HOME/bin/spark-submit" --deploy-mode client --class org.gazecheck.spark.Main --jars "$jars" \
  "${options[@]}" "$(find "$jobs" -maxdepth 1 -name 'gazecheck-spark-*.jar' | head -n 1)" "$@"
