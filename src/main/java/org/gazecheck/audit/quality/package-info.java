/**
 * How good the heatmaps themselves are: faithfulness, randomisation, robustness. Where they lie is measured in {@code
 * localisation}.
 */
package org.gazecheck.audit.quality;
