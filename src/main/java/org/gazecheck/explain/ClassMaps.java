package org.gazecheck.explain;

import java.util.Map;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.engine.Engines;

/**
 * Logits and features of images with their Grad-CAM maps of the predicted class and of another: inside the engine where that
 * gives them, elsewhere by {@link LayerTap}.
 */
public sealed interface ClassMaps extends AutoCloseable {
    /**
     * @param layer "layer4", "layer3.1"
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the network has no such layer
     */
    static ClassMaps open(Network network, String layer, Engine engine, int threads) {
        if (!Engines.givesClassMaps(network, engine)) {
            return new Composed(LayerTap.open(network, layer, engine, threads));
        }
        Tap maps = new Tap.ClassMaps(layer);
        return new InEngine(
                Engines.open(network, InferencePlan.fromImage(Tap.LOGITS, Tap.FEATURES, maps), engine, threads), maps);
    }

    /**
     * Logits, features and maps of n images.
     *
     * @param logits [n, classes]
     * @param features [n, d] as {@link Tap.Features}
     * @param maps raw maps [n, 2, h, w], before the ReLU: of the class with the highest logit (of equal ones the first),
     *     of the target
     */
    record Found(Tensor logits, Tensor features, Tensor maps) {}

    /** @param targets [n] the class that each second map explains */
    Found run(Frames frames, int[] targets);

    @Override
    void close();

    /** Maps that come out of the engine. */
    record InEngine(InferenceSession session, Tap maps) implements ClassMaps {
        @Override
        public Found run(Frames frames, int[] targets) {
            Map<Tap, Tensor> found = session.run(frames, targets);
            return new Found(Tap.LOGITS.of(found), Tap.FEATURES.of(found), maps.of(found));
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** Maps made of activations and gradients. */
    record Composed(LayerTap layer) implements ClassMaps {
        @Override
        public Found run(Frames frames, int[] targets) {
            LayerTap.Forward forward = layer.forward(frames.tensor());
            Tensor predicted = layer.maps(forward, highest(forward.logits()));
            Tensor ofTargets = layer.maps(forward, targets);
            int[] shape = predicted.shape();
            int area = shape[1] * shape[2];
            float[] both = new float[2 * predicted.size()];
            for (int i = 0; i < shape[0]; i++) {
                System.arraycopy(predicted.data(), i * area, both, 2 * i * area, area);
                System.arraycopy(ofTargets.data(), i * area, both, (2 * i + 1) * area, area);
            }
            return new Found(forward.logits(), forward.features(), Tensor.of(both, shape[0], 2, shape[1], shape[2]));
        }

        private static int[] highest(Tensor logits) {
            int classes = logits.shape()[1];
            int[] highest = new int[logits.shape()[0]];
            for (int i = 0; i < highest.length; i++) {
                for (int c = 1; c < classes; c++) {
                    if (logits.data()[i * classes + c] > logits.data()[i * classes + highest[i]]) {
                        highest[i] = c;
                    }
                }
            }
            return highest;
        }

        @Override
        public void close() {
            layer.close();
        }
    }
}
