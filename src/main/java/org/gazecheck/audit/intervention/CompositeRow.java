package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/** What a network says of a composite image: its logits [classes], or its logits and pooled features [classes + d]. */
final class CompositeRow implements RowKind<Composite, float[]> {
    private static final int VERSION = 1;

    private final Network network;
    private final Preprocessing preprocessing;
    private final Engine engine;
    private final List<Tap> taps;

    private CompositeRow(Network network, Preprocessing preprocessing, Engine engine, List<Tap> taps) {
        this.network = network;
        this.preprocessing = preprocessing;
        this.engine = engine;
        this.taps = taps;
    }

    static CompositeRow ofLogits(Network network, Preprocessing preprocessing, Engine engine) {
        return new CompositeRow(network, preprocessing, engine, List.of(Tap.LOGITS));
    }

    static CompositeRow withFeatures(Network network, Preprocessing preprocessing, Engine engine) {
        return new CompositeRow(network, preprocessing, engine, List.of(Tap.LOGITS, Tap.FEATURES));
    }

    Preprocessing preprocessing() {
        return preprocessing;
    }

    @Override
    public String name() {
        return "interventions";
    }

    @Override
    public String context() {
        return String.join(
                "\n",
                "version " + VERSION,
                "network " + network.hash(),
                "engine " + engine,
                preprocessing.identity(),
                "taps " + taps);
    }

    @Override
    public String key(Composite composite) {
        return composite.key();
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT32;
    }

    @Override
    public int rowLength() {
        return network.classes() + (taps.size() > 1 ? network.features() : 0);
    }

    @Override
    public Class<float[]> type() {
        return float[].class;
    }

    @Override
    public Pass open(int threads) {
        return new Pass(Engines.open(network, new InferencePlan(InferencePlan.IMAGE, taps), engine, threads));
    }

    /** The network, opened. */
    final class Pass implements RowPass<Composite, float[]> {
        private final InferenceSession session;

        private Pass(InferenceSession session) {
            this.session = session;
        }

        @Override
        public float[] compute(List<Composite> composites) throws IOException {
            List<RgbImage> images = new ArrayList<>();
            for (Composite composite : composites) {
                images.add(composite.image());
            }
            float[] rows = new float[Math.multiplyExact(images.size(), rowLength())];
            score(images, rows, 0);
            return rows;
        }

        /** @param out receives [images, row length], from {@code offset} on */
        void score(List<RgbImage> images, float[] out, int offset) {
            Map<Tap, Tensor> found = session.run(tensor(images));
            int at = 0;
            for (Tap tap : taps) {
                Tensor values = tap.of(found);
                int length = values.shape()[1];
                for (int i = 0; i < images.size(); i++) {
                    System.arraycopy(values.data(), i * length, out, offset + i * rowLength() + at, length);
                }
                at += length;
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** [n, 3, size, size]. */
    private Tensor tensor(List<RgbImage> images) {
        int size = preprocessing.crop();
        int length = 3 * size * size;
        float[] data = new float[images.size() * length];
        for (int i = 0; i < images.size(); i++) {
            preprocessing.normalisation().write(images.get(i), data, i * length);
        }
        return Tensor.of(data, images.size(), 3, size, size);
    }
}
