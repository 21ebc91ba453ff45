/**
 * The stages of a run, what is up to date, resuming and reproducing; single images outside a run. A stage reads files,
 * calls rooms and writes files; formulas live in those rooms.
 */
package org.gazecheck.pipeline;
