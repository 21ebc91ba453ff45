/**
 * The files of a run folder and their records: one class a file, with its schema and version. Who computes them lives
 * above.
 */
package org.gazecheck.results;
