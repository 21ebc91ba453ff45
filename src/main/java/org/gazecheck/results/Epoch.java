package org.gazecheck.results;

/**
 * One epoch of fine-tuning, a line of {@code train.csv}.
 *
 * @param trainLoss mean smoothed cross-entropy over the epoch's training views
 * @param valLoss mean cross-entropy on val, unsmoothed
 * @param valTop1 0..1
 * @param learningRate of the trained stages at the epoch's end
 * @param best whether val was best so far
 */
public record Epoch(
        int epoch,
        double trainLoss,
        double valLoss,
        double valTop1,
        double learningRate,
        double seconds,
        boolean best) {}
