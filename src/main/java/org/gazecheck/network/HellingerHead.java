package org.gazecheck.network;

/**
 * {@code y = W u + b} with {@code s_k = sqrt(f_k + epsilon)} and {@code u = s / |s|}: a linear classifier on features
 * whose inner products are those of the Hellinger kernel (Arandjelovic and Zisserman 2012, "Three things everyone should
 * know to improve object retrieval").
 *
 * @param weight [classes, d]
 * @param bias [classes]
 * @param epsilon keeps the square root differentiable at 0
 */
public record HellingerHead(float[] weight, float[] bias, float epsilon) implements Head {
    /** Small against any feature that carries information. */
    public static final float EPSILON = 1e-6f;

    @Override
    public float[] logits(float[] feature) {
        double[] root = root(feature);
        double norm = norm(root);
        float[] logits = new float[classes()];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (float) (bias[c] + dot(c, root) / norm);
        }
        return logits;
    }

    /**
     * {@code dy^c/df_k = (W_ck - u_k (W_c . u)) / (2 |s| s_k)}; 0 where {@code f_k = 0}, since such a channel is zero
     * everywhere and contributes nothing.
     */
    @Override
    public float[] featureGradient(float[] feature, int c) {
        double[] root = root(feature);
        double norm = norm(root);
        double projection = dot(c, root) / norm;
        float[] gradient = new float[feature.length];
        for (int k = 0; k < feature.length; k++) {
            if (feature[k] > 0) {
                double u = root[k] / norm;
                gradient[k] = (float) ((weight[c * feature.length + k] - u * projection) / (2 * norm * root[k]));
            }
        }
        return gradient;
    }

    private double[] root(float[] feature) {
        double[] root = new double[feature.length];
        for (int k = 0; k < root.length; k++) {
            root[k] = Math.sqrt((double) feature[k] + epsilon);
        }
        return root;
    }

    private static double norm(double[] root) {
        double sum = 0;
        for (double r : root) {
            sum += r * r;
        }
        return Math.sqrt(sum);
    }

    private double dot(int c, double[] root) {
        double sum = 0;
        for (int k = 0; k < root.length; k++) {
            sum += weight[c * root.length + k] * root[k];
        }
        return sum;
    }
}
