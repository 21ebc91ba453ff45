package org.gazecheck.train;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.Epoch;

/** Everything that a training resumes from: what a checkpoint holds. */
final class TrainingState {
    /** Flat, as the network's. */
    final float[] parameters;

    /** The optimiser's, each as long as the parameters. */
    final float[][] moments;

    /** Exponential moving average of the parameters; empty when none is kept. */
    final float[] average;

    /** The evaluated parameters of the best epoch. */
    final float[] best;

    /** Steps done. */
    int step;

    int bestEpoch;
    Score bestScore = new Score(-1, Double.POSITIVE_INFINITY);
    double firstLoss;
    final List<Epoch> epochs = new ArrayList<>();

    /** The start of a training. */
    TrainingState(float[] parameters, int moments, boolean averaged) {
        this.parameters = parameters;
        this.moments = new float[moments][parameters.length];
        this.average = averaged ? parameters.clone() : new float[0];
        this.best = parameters.clone();
    }

    /** Epochs done. */
    int epoch() {
        return epochs.size();
    }

    /** What is evaluated and kept: the average where there is one. */
    float[] evaluated() {
        return average.length > 0 ? average : parameters;
    }
}
