package org.gazecheck.train;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2):
 * {@code m = b1 m + (1 - b1) g}, {@code v = b2 v + (1 - b2) g^2}, {@code w -= rate (m' / (sqrt(v') + e) + decay w)},
 * with {@code m' = m / (1 - b1^t)}, {@code v' = v / (1 - b2^t)}.
 */
record AdamW() implements UpdateRule {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public void step(
            float[] p, float[] g, float[][] moments, int from, int to, float scale, double rate, double decay, int t) {
        float[] m = moments[0];
        float[] v = moments[1];
        float b1 = (float) BETA1;
        float b2 = (float) BETA2;
        float keep = (float) (1 - rate * decay);
        float move = (float) (scale * rate / (1 - Math.pow(BETA1, t)));
        float root = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, t)));
        float epsilon = (float) EPSILON;
        for (int i = from; i < to; i++) {
            float gradient = scale * g[i];
            m[i] = b1 * m[i] + (1 - b1) * gradient;
            v[i] = b2 * v[i] + (1 - b2) * gradient * gradient;
            p[i] = keep * p[i] - move * m[i] / ((float) Math.sqrt(v[i]) * root + epsilon);
        }
    }
}
