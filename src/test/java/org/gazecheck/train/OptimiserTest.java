package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.config.TrainSettings.Optimizer;
import org.gazecheck.network.dl4j.ParameterGroup;
import org.gazecheck.network.dl4j.ParameterGroup.Kind;
import org.junit.jupiter.api.Test;

class OptimiserTest {
    private static final float[] SCALE = {0.5f, -2};
    private static final double DECAY = 0.1;

    /** A target for each of six weights; the loss is half the squared distance, weighted by 1..6. */
    private static double gradient(int i, double w) {
        return (i + 1) * (w - i);
    }

    /** Loshchilov and Hutter's algorithm 2 in double precision, on the weights themselves. */
    private static double[] adamw(int steps, double rate) {
        double[] w = {1, 1, 1, 1, 1, 1};
        for (int i = 0; i < w.length; i++) {
            double m = 0;
            double v = 0;
            for (int t = 1; t <= steps; t++) {
                double g = gradient(i, w[i]);
                m = 0.9 * m + 0.1 * g;
                v = 0.999 * v + 0.001 * g * g;
                double mHat = m / (1 - Math.pow(0.9, t));
                double vHat = v / (1 - Math.pow(0.999, t));
                w[i] -= rate * (mHat / (Math.sqrt(vHat) + 1e-8) + DECAY * w[i]);
            }
        }
        return w;
    }

    /** PyTorch's documentation of SGD with nesterov=True, with the decay decoupled. */
    private static double[] nesterov(int steps, double rate) {
        double[] w = {1, 1, 1, 1, 1, 1};
        for (int i = 0; i < w.length; i++) {
            double b = 0;
            for (int t = 1; t <= steps; t++) {
                double g = gradient(i, w[i]);
                b = 0.9 * b + g;
                w[i] -= rate * (g + 0.9 * b + DECAY * w[i]);
            }
        }
        return w;
    }

    @Test
    void foldedKernelsMoveAsIfTheyStoodBehindTheirScale() {
        assertArrayEquals(adamw(40, 0.05), trained(Optimizer.ADAMW, Kind.KERNEL, 40, 0.05), 1e-4);
        assertArrayEquals(nesterov(40, 0.01), trained(Optimizer.SGD, Kind.KERNEL, 40, 0.01), 1e-4);
    }

    @Test
    void theHeadHasItsOwnLearningRate() {
        assertArrayEquals(adamw(10, 0.1), trained(Optimizer.ADAMW, Kind.HEAD_WEIGHT, 10, 0.05), 1e-4);
    }

    @Test
    void biasesDoNotDecayAndHaveNoScale() {
        ParameterGroup bias = new ParameterGroup("b", Kind.BIAS, 0, 2, 2, SCALE);
        float[] p = {3, -3};
        Optimiser optimiser = new Optimiser(List.of(bias), recipe(Optimizer.SGD, 0.1));
        optimiser.step(p, new float[] {0, 1}, new float[1][2], 1, 1);
        assertArrayEquals(new float[] {3, -3 - 0.1f * 1.9f}, p, 1e-6f);
    }

    @Test
    void whatBelongsToNoGroupStays() {
        ParameterGroup bias = new ParameterGroup("b", Kind.BIAS, 1, 1, 1, null);
        float[] p = {1, 1, 1};
        new Optimiser(List.of(bias), recipe(Optimizer.SGD, 0.1)).step(p, new float[] {1, 1, 1}, new float[1][3], 1, 1);
        assertEquals(1, p[0]);
        assertEquals(1, p[2]);
    }

    @Test
    void theScheduleWarmsUpAndFallsAsACosine() {
        Schedule schedule = new Schedule(4, 104);
        assertEquals(0.25, schedule.at(0));
        assertEquals(1, schedule.at(3));
        assertEquals(1, schedule.at(4));
        assertEquals(0.5, schedule.at(54), 1e-12);
        assertEquals((1 - Math.cos(Math.PI / 100)) / 2, schedule.at(103), 1e-12);
    }

    /** Two rows of three weights, folded with their scales, trained and unfolded again. */
    private static double[] trained(Optimizer optimizer, Kind kind, int steps, double rate) {
        boolean folded = kind == Kind.KERNEL;
        ParameterGroup group = new ParameterGroup("w", kind, 0, 6, 2, folded ? SCALE : null);
        Optimiser optimiser = new Optimiser(List.of(group), recipe(optimizer, rate));
        float[] p = new float[6];
        float[][] moments = new float[optimiser.rule().moments()][6];
        for (int i = 0; i < 6; i++) {
            p[i] = folded ? SCALE[i / 3] : 1;
        }
        for (int t = 1; t <= steps; t++) {
            float[] g = new float[6];
            for (int i = 0; i < 6; i++) {
                float s = folded ? SCALE[i / 3] : 1;
                g[i] = (float) (gradient(i, p[i] / s) / s);
            }
            optimiser.step(p, g, moments, 1, t);
        }
        double[] w = new double[6];
        for (int i = 0; i < 6; i++) {
            w[i] = p[i] / (folded ? SCALE[i / 3] : 1);
        }
        return w;
    }

    private static TrainSettings.Finetune recipe(Optimizer optimizer, double rate) {
        return new TrainSettings.Finetune("all", 0, 1, 1, optimizer, rate, 2 * rate, DECAY, 0, 0, 0, 0, 0, 0);
    }
}
