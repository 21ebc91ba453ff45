package org.gazecheck.train;

/**
 * How one row of parameters moves along its gradient. Parameters are kept folded, {@code p = scale * w} with one fixed
 * scale a row, and moved as if {@code w} were trained: its gradient is {@code scale} times the folded one, and a move of
 * {@code w} moves {@code p} by {@code scale} times as much.
 */
sealed interface UpdateRule permits AdamW, Sgd {
    /** Numbers kept for every parameter: how many arrays of them. */
    int moments();

    /**
     * Moves parameters [from, to).
     *
     * @param p all parameters, folded
     * @param g all gradients, folded, of the mean loss
     * @param moments [moments()] arrays as long as {@code p}, zero at first
     * @param scale of this row; 1 where nothing is folded
     * @param rate learning rate of this step
     * @param decay weight decay, decoupled: {@code w} shrinks by {@code rate * decay} of itself
     * @param t number of this step, from 1
     */
    void step(float[] p, float[] g, float[][] moments, int from, int to, float scale, double rate, double decay, int t);
}
