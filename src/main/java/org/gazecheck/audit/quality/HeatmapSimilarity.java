package org.gazecheck.audit.quality;

import org.apache.commons.math3.stat.ranking.NaturalRanking;

/** How alike two heatmaps of one image are. */
final class HeatmapSimilarity {
    private static final int RADIUS = 5;
    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    private HeatmapSimilarity() {}

    /**
     * Spearman's rank correlation, ties at their mean rank, -1..1. A constant map, such as one of a single cell, orders nothing:
     * its correlation is 0 with any map.
     */
    static double rankCorrelation(float[] a, float[] b) {
        double[] x = ranks(a);
        double[] y = ranks(b);
        double middle = (a.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - middle) * (y[i] - middle);
            xx += (x[i] - middle) * (x[i] - middle);
            yy += (y[i] - middle) * (y[i] - middle);
        }
        if (xx == 0 || yy == 0) {
            return 0;
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static double[] ranks(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return new NaturalRanking().rank(doubles);
    }

    /**
     * Mean structural similarity (Wang et al. 2004, equations 13 to 17, Gaussian window of 11 by 11 with a standard
     * deviation of 1.5, over all windows that lie inside) of the maps, each scaled to 0..1; -1..1.
     *
     * @param a [h w], at least 11 by 11
     * @param b [h w]
     */
    static double structuralSimilarity(float[] a, float[] b, int h, int w) {
        double[] x = scaled(a);
        double[] y = scaled(b);
        int n = x.length;
        double[] xx = new double[n];
        double[] yy = new double[n];
        double[] xy = new double[n];
        for (int i = 0; i < n; i++) {
            xx[i] = x[i] * x[i];
            yy[i] = y[i] * y[i];
            xy[i] = x[i] * y[i];
        }
        double[] meanX = windowed(x, h, w);
        double[] meanY = windowed(y, h, w);
        double[] meanXx = windowed(xx, h, w);
        double[] meanYy = windowed(yy, h, w);
        double[] meanXy = windowed(xy, h, w);
        double sum = 0;
        for (int i = 0; i < meanX.length; i++) {
            double product = meanX[i] * meanY[i];
            double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
            double covariance = meanXy[i] - product;
            double variances = meanXx[i] + meanYy[i] - squares;
            sum += (2 * product + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
        }
        return sum / meanX.length;
    }

    /** To 0..1; a constant map to 0. */
    private static double[] scaled(float[] map) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : map) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double[] scaled = new double[map.length];
        for (int i = 0; i < map.length; i++) {
            scaled[i] = high > low ? ((double) map[i] - low) / ((double) high - low) : 0;
        }
        return scaled;
    }

    /** Weighted means over the windows inside, [h - 10][w - 10]. */
    private static double[] windowed(double[] values, int h, int w) {
        double[] kernel = new double[2 * RADIUS + 1];
        double total = 0;
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] = Math.exp(-(k - RADIUS) * (k - RADIUS) / (2 * SIGMA * SIGMA));
            total += kernel[k];
        }
        int outW = w - 2 * RADIUS;
        int outH = h - 2 * RADIUS;
        double[] across = new double[h * outW];
        for (int k = 0; k < kernel.length; k++) {
            double weight = kernel[k] / total;
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < outW; x++) {
                    across[y * outW + x] += weight * values[y * w + x + k];
                }
            }
        }
        double[] out = new double[outH * outW];
        for (int k = 0; k < kernel.length; k++) {
            double weight = kernel[k] / total;
            for (int i = 0; i < out.length; i++) {
                out[i] += weight * across[i + k * outW];
            }
        }
        return out;
    }
}
