/**
 * The rule by which findings, expected accuracies, a signature and gates come to one verdict on a run. It measures nothing and
 * writes nothing: the audit stores its part, and whoever knows more adds to it.
 */
package org.gazecheck.verdict;
