/**
 * Runs over time: {@code history.sqlite} of a folder of runs. A finished run is read into a {@link
 * org.gazecheck.history.RecordedRun}; what is kept of it outlives its folder.
 */
package org.gazecheck.history;
