/** Data sets whose shortcuts are known, and what the audit says about them: the benchmark of the audit. */
package org.gazecheck.knownanswers;
