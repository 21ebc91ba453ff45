package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.ExternalSettings.Loader;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.FrameScores;
import org.gazecheck.evaluate.Logits;
import org.gazecheck.evaluate.Predictions;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.results.Prediction.Ranked;

/**
 * A model open in an engine: images to scores and heatmaps, outside a run, as a run's evaluation computes them.
 * With ONNX Runtime safe for several threads; none may be at work when it is closed.
 */
public final class Classifier implements AutoCloseable {
    private final LoadedModel model;
    private final LayerTap maps;
    private final ImageLoader images;

    private Classifier(LoadedModel model, LayerTap maps) {
        this.model = model;
        this.maps = maps;
        this.images = model.external()
                .filter(use -> use.loader() == Loader.DATAVEC)
                .map(use -> ImageLoader.asDataVec(use.network().input().grey()))
                .orElseGet(ImageLoader::ofFiles);
    }

    /** With heatmaps at the last layer, whose activations come with every forward pass. */
    public static Classifier open(LoadedModel model, Engine engine, int threads) {
        return new Classifier(model, LayerTap.open(model.network(), model.layer(), engine, threads));
    }

    /**
     * @param rankings of each image every class, best first
     */
    public record Scores(FrameScores frames, List<List<Ranked>> rankings) {}

    /** An image as the network sees it. */
    public RgbImage frame(Path file) throws IOException {
        return images.frame(file.toString(), model.preprocessing());
    }

    /** @param file a whole file's bytes */
    public RgbImage frame(byte[] file) throws InvalidImageException {
        return images.frame(file, model.preprocessing());
    }

    /** @param frames at least one */
    public Scores score(List<RgbImage> frames) {
        FrameScores scores = FrameScores.of(maps, frames, model.preprocessing().normalisation(), model.flip());
        Logits logits = scores.logits();
        boolean independent = model.external().map(ExternalUse::isIndependent).orElse(false);
        float[] probabilities = independent
                ? logits.sigmoids()
                : logits.probabilities(model.temperature().orElse(1));
        List<List<Ranked>> rankings = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            rankings.add(Predictions.ranked(logits, probabilities, i, logits.classes()));
        }
        return new Scores(scores, rankings);
    }

    /**
     * @param targets [n] the class whose logit each map explains
     * @return raw maps [n, h, w]
     */
    public Tensor maps(Scores scores, int... targets) {
        return maps.maps(scores.frames.forward(), targets);
    }

    public List<String> classes() {
        return model.classes();
    }

    /** Of a class by name, or by index where no class is called so. */
    public int index(String name) {
        return model.index(name);
    }

    @Override
    public void close() {
        maps.close();
    }
}
