/**
 * The forward pass over val and test: predictions, metrics with intervals, calibration, and the heatmaps that come with
 * them. What the figures mean for where the network looks is for {@code audit}.
 */
package org.gazecheck.evaluate;
