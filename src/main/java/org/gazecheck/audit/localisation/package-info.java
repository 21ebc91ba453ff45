/**
 * Where heatmaps lie: measures of every image, and classes whose heatmaps lie less on the object than those of others. How
 * good the heatmaps themselves are is asked in {@code quality}.
 */
package org.gazecheck.audit.localisation;
