/**
 * What people say about a run: their verdicts together, how far they agree, what they change about the labels, what
 * must be looked at before a run is accepted. It lies below the report, which shows it.
 */
package org.gazecheck.review;
