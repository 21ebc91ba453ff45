/**
 * Two finished runs side by side: pure functions over {@code results}. {@link org.gazecheck.compare.RunComparison} is the
 * way in; everything measured is a {@link org.gazecheck.compare.Measurement} with a name that rules can use.
 */
package org.gazecheck.compare;
