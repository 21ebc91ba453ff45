package org.gazecheck.train;

/**
 * Factor of the learning rate by step: linear warm-up, then half a cosine down to 0 (Loshchilov and Hutter 2017, "SGDR",
 * without restarts).
 *
 * @param warmup steps until the factor is 1
 * @param steps of the whole training
 */
record Schedule(int warmup, int steps) {
    /** @param step from 0 */
    double at(int step) {
        if (step < warmup) {
            return (step + 1.0) / warmup;
        }
        return (1 + Math.cos(Math.PI * (step - warmup) / Math.max(1, steps - warmup))) / 2;
    }
}
