package org.gazecheck.train;

import org.gazecheck.config.TrainSettings;
import org.gazecheck.network.dl4j.TrainableNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One step of back-propagation: gradients of a batch, the optimiser's move, the moving average. */
final class TrainingStep {
    private final TrainableNetwork network;
    private final int[] shape;
    private final TrainSettings.Finetune recipe;
    private final Optimiser optimiser;
    private final Schedule schedule;
    private final float[] gradients;

    /** @param shape [c, h, w] of one input */
    TrainingStep(TrainableNetwork network, int[] shape, TrainSettings.Finetune recipe, Schedule schedule) {
        this.network = network;
        this.shape = shape;
        this.recipe = recipe;
        this.optimiser = new Optimiser(network.groups(), recipe);
        this.schedule = schedule;
        this.gradients = new float[Math.toIntExact(network.parameters().length())];
    }

    /** Arrays of moments that a {@link TrainingState} needs. */
    int moments() {
        return optimiser.rule().moments();
    }

    /**
     * Moves the state and the network.
     *
     * @return the loss before the move, mean over the batch
     */
    double take(TrainingState state, Batches.Labelled batch) {
        int n = batch.images().n();
        int classes = batch.labels().length / n;
        double loss;
        try (INDArray inputs = inputs(batch.images());
                INDArray labels = Nd4j.create(batch.labels(), new long[] {n, classes}, 'c')) {
            loss = network.computeGradients(inputs, labels);
        }
        NativeFloats.get(network.gradients(), gradients);
        float share = 1f / n;
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] *= share;
        }
        double factor = schedule.at(state.step);
        state.step++;
        optimiser.step(state.parameters, gradients, state.moments, factor, state.step);
        average(state);
        NativeFloats.put(state.parameters, network.parameters());
        return loss;
    }

    /** {@code average = d average + (1 - d) parameters}, with a smaller {@code d} as long as few steps are done. */
    private void average(TrainingState state) {
        float keep = (float) Math.min(recipe.averaging(), (1.0 + state.step) / (10 + state.step));
        for (int i = 0; i < state.average.length; i++) {
            state.average[i] = keep * state.average[i] + (1 - keep) * state.parameters[i];
        }
    }

    /** The batch's inputs as the network takes them, [n, c, h, w]. */
    INDArray inputs(Batches.Batch batch) {
        return Nd4j.create(batch.inputs(), new long[] {batch.n(), shape[0], shape[1], shape[2]}, 'c');
    }
}
