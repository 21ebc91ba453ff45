/**
 * Swaps backgrounds and scores what comes out: what a class is predicted for. Associations, from which no cause follows, are
 * in {@code association}.
 */
package org.gazecheck.audit.intervention;
