/**
 * What goes with being wrong, and what goes with a class in training: associations, from which no cause follows. All
 * tests that depend on which predictions are correct are corrected together: where correctness goes with nothing, the
 * chance of any finding of theirs is at most 1 %.
 */
package org.gazecheck.audit.association;
