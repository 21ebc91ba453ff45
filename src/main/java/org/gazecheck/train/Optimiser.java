package org.gazecheck.train;

import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.config.TrainSettings.Optimizer;
import org.gazecheck.network.dl4j.ParameterGroup;

/**
 * Moves a network's flat parameters: every group with its learning rate, kernels before their fixed scale, weights (not
 * biases) with weight decay. Every number is computed alone, so threads do not change the result.
 */
final class Optimiser {
    private final List<ParameterGroup> groups;
    private final TrainSettings.Finetune recipe;
    private final UpdateRule rule;

    Optimiser(List<ParameterGroup> groups, TrainSettings.Finetune recipe) {
        this.groups = groups;
        this.recipe = recipe;
        this.rule = recipe.optimizer() == Optimizer.ADAMW ? new AdamW() : new Sgd();
    }

    UpdateRule rule() {
        return rule;
    }

    /**
     * One step.
     *
     * @param gradients of the mean loss
     * @param schedule factor of the learning rates in this step
     * @param t number of this step, from 1
     */
    void step(float[] parameters, float[] gradients, float[][] moments, double schedule, int t) {
        for (ParameterGroup group : groups) {
            boolean head =
                    group.kind() == ParameterGroup.Kind.HEAD_WEIGHT || group.kind() == ParameterGroup.Kind.HEAD_BIAS;
            boolean weights =
                    group.kind() == ParameterGroup.Kind.KERNEL || group.kind() == ParameterGroup.Kind.HEAD_WEIGHT;
            double rate = schedule * (head ? recipe.headLearningRate() : recipe.learningRate());
            double decay = weights ? recipe.weightDecay() : 0;
            int start = Math.toIntExact(group.offset());
            int length = group.rowLength();
            IntStream.range(0, group.rows()).parallel().forEach(row -> {
                int from = start + row * length;
                rule.step(parameters, gradients, moments, from, from + length, scale(group, row), rate, decay, t);
            });
        }
    }

    /** A bias is the batch norm's shift, which no scale acts on. */
    private static float scale(ParameterGroup group, int row) {
        float[] scale = group.channelScale();
        return group.kind() == ParameterGroup.Kind.KERNEL && scale != null ? scale[row] : 1;
    }
}
