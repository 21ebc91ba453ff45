package org.gazecheck.train;

/**
 * Stochastic gradient descent with Nesterov's momentum as Sutskever et al. 2013 write it: {@code b = mu b + g}, {@code w
 * -= rate (g + mu b + decay w)}.
 */
record Sgd() implements UpdateRule {
    private static final float MOMENTUM = 0.9f;

    @Override
    public int moments() {
        return 1;
    }

    @Override
    public void step(
            float[] p, float[] g, float[][] moments, int from, int to, float scale, double rate, double decay, int t) {
        float[] b = moments[0];
        float keep = (float) (1 - rate * decay);
        float move = (float) (scale * rate);
        for (int i = from; i < to; i++) {
            float gradient = scale * g[i];
            b[i] = MOMENTUM * b[i] + gradient;
            p[i] = keep * p[i] - move * (gradient + MOMENTUM * b[i]);
        }
    }
}
