package org.gazecheck.results;

/**
 * In which cluster of heatmaps an image is, a line of {@code heatmap-clusters.csv}.
 *
 * @param cluster number and place, "2: upper, wide", as findings name it; empty for an image that is decided in the usual
 *     place or was not clustered
 */
public record HeatmapClusterMember(String path, String sha256, Split split, String cluster) {}
