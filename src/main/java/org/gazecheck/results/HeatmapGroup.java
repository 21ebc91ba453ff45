package org.gazecheck.results;

/**
 * In which group of like heatmaps an image is, a line of {@code heatmap-groups.csv}.
 *
 * @param group number and place, "2: upper, wide", as findings name it; empty for an image that is decided in the usual
 *     place or was not grouped
 */
public record HeatmapGroup(String path, String sha256, Split split, String group) {}
