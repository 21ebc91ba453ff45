package org.gazecheck.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.data.ImageWalk;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Answer;
import org.gazecheck.results.Prediction.Ranked;
import org.jspecify.annotations.Nullable;

/** Labels of images, outside a run: in order, a batch at a time, however many there are. */
public final class ImagePredictor implements AutoCloseable {
    private static final int LOADERS = 2;
    private static final int BATCHES_AHEAD = 3;

    private final LoadedModel model;
    private final Classifier classifier;
    private final int batch;

    /** Takes the answers of one batch after the other, in the images' order. */
    @FunctionalInterface
    public interface Sink {
        void take(List<Answer> answers) throws IOException;
    }

    private record Framed(Path file, @Nullable RgbImage frame, @Nullable String problem) {}

    private ImagePredictor(LoadedModel model, Classifier classifier, int batch) {
        this.model = model;
        this.classifier = classifier;
        this.batch = batch;
    }

    /**
     * @param model a run folder, a model archive, an exported model, a weights file, or a classifier that others trained
     * @param settings of the latter, {@code external.key=value}
     * @param decisions file for settings that take it so again
     */
    public static ImagePredictor open(
            Path model, List<String> settings, Optional<Path> decisions, ComputeSettings compute) throws IOException {
        LoadedModel loaded = LoadedModel.load(model, settings, compute);
        if (decisions.isPresent()) {
            loaded.writeDecisions(decisions.get());
        }
        Engine engine = Engine.of(compute.inference());
        return new ImagePredictor(loaded, Classifier.open(loaded, engine, compute.threads()), compute.batch());
    }

    public List<String> classes() {
        return classifier.classes();
    }

    /** Whether it is a classifier that others trained. */
    public boolean ofOthers() {
        return model.external().isPresent();
    }

    /** Whether probabilities are those of a run's evaluation; otherwise they are the network's own. */
    public boolean evaluated() {
        return model.temperature().isPresent();
    }

    /**
     * Predicts every image among files and folders (see {@link ImageWalk}). One that cannot be read has an answer
     * that says why, and the others go on.
     */
    public void predict(List<Path> images, Sink sink, Progress progress) throws IOException {
        model.tell(progress);
        ImageWalk walk = new ImageWalk(images);
        try (Progress.Task task = progress.start("predict", 0);
                Prefetcher<List<Framed>> batches = new Prefetcher<>(LOADERS, BATCHES_AHEAD, batches(walk))) {
            while (batches.hasNext()) {
                List<Framed> framed = batches.next();
                sink.take(answers(framed));
                task.advance(framed.size());
            }
        }
        walk.passedOver().ifPresent(passed -> progress.message("warning: " + passed));
    }

    private Iterator<Callable<List<Framed>>> batches(ImageWalk walk) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return walk.hasNext();
            }

            @Override
            public Callable<List<Framed>> next() {
                List<ImageWalk.Found> found = new ArrayList<>();
                do {
                    found.add(walk.next());
                } while (found.size() < batch && walk.hasNext());
                return () -> frames(found);
            }
        };
    }

    private List<Framed> frames(List<ImageWalk.Found> found) throws IOException {
        List<Framed> frames = new ArrayList<>();
        for (ImageWalk.Found each : found) {
            frames.add(each.problem() == null ? frame(each.file()) : new Framed(each.file(), null, each.problem()));
        }
        return frames;
    }

    private Framed frame(Path file) throws IOException {
        try {
            return new Framed(file, classifier.frame(file), null);
        } catch (InvalidImageException e) {
            return new Framed(file, null, String.valueOf(e.getMessage()));
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return new Framed(file, null, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private List<Answer> answers(List<Framed> framed) {
        List<RgbImage> frames = new ArrayList<>();
        for (Framed each : framed) {
            if (each.frame != null) {
                frames.add(each.frame);
            }
        }
        List<Answer> answers = new ArrayList<>();
        Iterator<List<Ranked>> rankings = frames.isEmpty()
                ? Collections.emptyIterator()
                : classifier.score(frames).rankings().iterator();
        for (Framed each : framed) {
            List<Ranked> ranking = each.frame == null ? List.of() : rankings.next();
            answers.add(new Answer(each.file.toString(), ranking, each.problem));
        }
        return answers;
    }

    @Override
    public void close() {
        classifier.close();
    }
}
