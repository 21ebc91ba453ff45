#!/usr/bin/env bash
# Runs the audit on data sets whose shortcuts are known, as far as that has not been done, and makes docs/known-answers.md.
#   scripts/known-answers.sh WORK [--only KIND,...] [--minutes N] [--effects] [--mended] [--list]
# WORK keeps sets, runs and results; hours in all, and it goes on where it was stopped. After a change of the audit only the
# audit is done again. KIND is a reason (background, patch, object, colour, blur, compression, size), decoy, null, or how the names of
# sets begin. --effects trains and measures true effects only. --mended mends the audited runs and makes docs/known-answers-mended.md.
# Reads GAZECHECK_REFERENCE (default ../shared/data).
set -euo pipefail
if [ $# -lt 1 ] || [ "${1#-}" != "$1" ]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | grep -v '^set' >&2
  exit 2
fi
mkdir -p "$1"
work="$(cd "$1" && pwd)"
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."

page=docs/known-answers.md
for argument in "$@"; do
  [ "$argument" != --mended ] || page=docs/known-answers-mended.md
done
mvn -q -B -DskipTests test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/known-answers-classpath.txt
exec java -Xmx3g -Dorg.bytedeco.javacpp.maxphysicalbytes=12g \
  -cp "target/test-classes:target/classes:$(cat target/known-answers-classpath.txt)" \
  org.gazecheck.knownanswers.KnownAnswers --reference "${GAZECHECK_REFERENCE:-../shared/data}" --work "$work" \
  --page "$page" "$@"
