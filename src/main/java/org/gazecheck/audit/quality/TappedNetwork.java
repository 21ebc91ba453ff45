package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.evaluate.FrameScores;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;

/** A network opened at a layer, with the methods under test. */
final class TappedNetwork implements MappedNetwork, AutoCloseable {
    private final BuiltInNetwork network;
    private final List<CamMethod> methods;
    private final int batch;
    private final LayerTap tap;

    private TappedNetwork(BuiltInNetwork network, List<CamMethod> methods, int batch, LayerTap tap) {
        this.network = network;
        this.methods = methods;
        this.batch = batch;
        this.tap = tap;
    }

    /**
     * @param batch images at a time
     * @param threads 0: as many as there are cores
     */
    static TappedNetwork open(
            BuiltInNetwork network, String layer, List<CamMethod> methods, Engine engine, int threads, int batch) {
        return new TappedNetwork(network, methods, batch, LayerTap.open(network, layer, engine, threads));
    }

    @Override
    public Tensor logits(List<RgbImage> images) {
        int classes = network.head().orElseThrow().classes();
        float[] logits = new float[images.size() * classes];
        for (int first = 0; first < images.size(); first += batch) {
            Tensor found = forward(images, first).logits();
            System.arraycopy(found.data(), 0, logits, first * classes, found.size());
        }
        return Tensor.of(logits, images.size(), classes);
    }

    @Override
    public List<Tensor> maps(List<RgbImage> images, int[] targets) {
        int classes = network.head().orElseThrow().classes();
        List<Tensor> all = new ArrayList<>();
        for (int first = 0; first < images.size(); first += batch) {
            LayerTap.Forward forward = forward(images, first);
            int count = forward.logits().shape()[0];
            Tensor weights = ScoreWeights.of(Arrays.copyOfRange(targets, first, first + count), classes);
            for (int m = 0; m < methods.size(); m++) {
                Tensor maps = tap.maps(methods.get(m), forward, weights);
                int[] shape = maps.shape();
                if (first == 0) {
                    all.add(Tensor.of(
                            new float[images.size() * shape[1] * shape[2]], images.size(), shape[1], shape[2]));
                }
                System.arraycopy(maps.data(), 0, all.get(m).data(), first * shape[1] * shape[2], maps.size());
            }
        }
        return all;
    }

    private LayerTap.Forward forward(List<RgbImage> images, int first) {
        List<RgbImage> some = images.subList(first, Math.min(images.size(), first + batch));
        return tap.forward(FrameScores.tensor(some, network.normalisation()));
    }

    @Override
    public void close() {
        tap.close();
    }
}
