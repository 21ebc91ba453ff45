package org.gazecheck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.gazecheck.Prediction.Candidate;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.pipeline.Classifier;
import org.gazecheck.pipeline.LoadedModel;
import org.gazecheck.results.Prediction.Ranked;
import org.jspecify.annotations.Nullable;

/**
 * An image classifier: what it says about an image, and where it looks. Images are JPEG, PNG, WebP, TIFF, BMP or GIF of any
 * size; they are turned upright, resized and cropped as the model was trained.
 *
 * <p>Safe for several threads: calls run side by side, and each uses all cores. {@link #close} waits for calls under
 * way and frees native memory; a closed model throws {@link IllegalStateException}.
 */
public final class Model implements AutoCloseable {
    private final Classifier classifier;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private Model(Classifier classifier) {
        this.classifier = classifier;
    }

    /**
     * Loads a model.
     *
     * @param path a run folder, whose probabilities are those of its {@code predictions.csv}; or a model archive ({@code
     *     model.zip}), an exported model ({@code model.onnx}) or bare weights ({@code .safetensors}, {@code .pth}), whose
     *     probabilities are plain softmax, without the temperature that a run's evaluation fits
     * @throws IOException if it is none of these, or damaged; the message says what to do
     */
    public static Model load(Path path) throws IOException {
        return new Model(Classifier.open(LoadedModel.load(path), Engine.ONNX, 0));
    }

    /** The names of the classes, in the order of their indices; of bare weights the indices. */
    public List<String> classes() {
        return classifier.classes();
    }

    /** @throws IOException if the image cannot be read or decoded */
    public Prediction predict(Path image) throws IOException {
        return locked(() -> predict(classifier.frame(image)));
    }

    /**
     * @param image a whole image file
     * @throws IOException if it cannot be decoded
     */
    public Prediction predict(byte[] image) throws IOException {
        return locked(() -> predict(classifier.frame(image)));
    }

    /**
     * Explains the predicted class.
     *
     * @throws IOException if the image cannot be read or decoded
     */
    public Heatmap explain(Path image) throws IOException {
        return locked(() -> explain(classifier.frame(image), null));
    }

    /**
     * Explains a class.
     *
     * @param target its name, or its index where no class is called so
     * @throws IOException if the image cannot be read or decoded
     * @throws IllegalArgumentException if there is no such class
     */
    public Heatmap explain(Path image, String target) throws IOException {
        return locked(() -> explain(classifier.frame(image), target));
    }

    private Prediction predict(RgbImage frame) {
        List<Candidate> candidates = new ArrayList<>();
        for (Ranked ranked : classifier.score(List.of(frame)).rankings().get(0)) {
            candidates.add(new Candidate(ranked.index(), classes().get(ranked.index()), ranked.probability()));
        }
        return new Prediction(candidates);
    }

    private Heatmap explain(RgbImage frame, @Nullable String target) {
        Classifier.Scores scores = classifier.score(List.of(frame));
        int index = target == null ? scores.rankings().get(0).get(0).index() : classifier.index(target);
        Tensor map = classifier.maps(scores, index);
        return new Heatmap(classes().get(index), map.shape()[1], map.shape()[2], map.data());
    }

    @FunctionalInterface
    private interface Work<T> {
        T done() throws IOException;
    }

    private <T> T locked(Work<T> work) throws IOException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return work.done();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                classifier.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
