#!/usr/bin/env bash
# Takes the pictures of docs/report-tour.md from the demo's report, or from another run's.
#
#   scripts/report-tour.sh [RUN]
#
# Without RUN the demo is run first (nothing to do where it is there). Needs chromium and chromedriver.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

run="${1:-reports/demo}"
[ $# -gt 0 ] || ./gazecheck demo
mvn -q -B -DskipTests test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/tour-classpath.txt
java -cp "target/test-classes:target/classes:$(cat target/tour-classpath.txt)" org.gazecheck.report.ReportTour "$run" docs/tour
