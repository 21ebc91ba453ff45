package org.gazecheck.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.network.dl4j.TrainableNetwork;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Epoch;
import org.gazecheck.results.EpochsFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network by back-propagation, epoch by epoch, and keeps the best epoch on val. After every epoch the state goes
 * into a checkpoint; a training that is started again resumes from there and ends with the same numbers.
 */
final class Finetuner {
    private static final int RECENT_STEPS = 20;
    private static final double DIVERGED = 3;

    private final TrainableNetwork network;
    private final BatchSource source;
    private final TrainSettings.Finetune recipe;
    private final Batches batches;
    private final TrainingStep step;
    private final Schedule schedule;
    private final Checkpoint checkpoint;
    private final Path epochsFile;
    private final Progress progress;

    /**
     * @param network starts from the parameters that it has, and ends with the best
     * @param epochsFile where {@code train.csv} goes
     */
    Finetuner(
            TrainableNetwork network,
            BatchSource source,
            TrainSettings.Finetune recipe,
            Batches batches,
            Checkpoint checkpoint,
            Path epochsFile,
            Progress progress) {
        this.network = network;
        this.source = source;
        this.recipe = recipe;
        this.batches = batches;
        this.schedule = new Schedule(recipe.warmup(), recipe.epochs() * batches.perEpoch());
        this.step = new TrainingStep(network, source.shape(), recipe, schedule);
        this.checkpoint = checkpoint;
        this.epochsFile = epochsFile;
        this.progress = progress;
    }

    /** What came of it. */
    record Result(int bestEpoch, Score score, List<Epoch> epochs) {}

    /** Trains up to the last epoch, or until val has not improved for {@code patience} epochs. */
    Result train() throws IOException {
        float[] start = new float[Math.toIntExact(network.parameters().length())];
        NativeFloats.get(network.parameters(), start);
        TrainingState state = checkpoint.resume(new TrainingState(start, step.moments(), recipe.averaging() > 0));
        if (state.epoch() > 0) {
            progress.message("fine-tuning resumes after epoch " + state.epoch());
            EpochsFile.write(epochsFile, state.epochs);
        }
        while (state.epoch() < recipe.epochs() && !patienceLost(state)) {
            epoch(state, state.epoch() + 1);
        }
        NativeFloats.put(state.best, network.parameters());
        return new Result(state.bestEpoch, state.bestScore, List.copyOf(state.epochs));
    }

    private boolean patienceLost(TrainingState state) {
        return recipe.patience() > 0 && state.epoch() - state.bestEpoch >= recipe.patience();
    }

    private void epoch(TrainingState state, int epoch) throws IOException {
        long began = System.nanoTime();
        ComputationGraph graph = network.graph();
        graph.getConfiguration().setEpochCount(epoch - 1);
        Collection<TrainingListener> listeners = graph.getListeners();
        listeners.forEach(listener -> listener.onEpochStart(graph));
        NativeFloats.put(state.parameters, network.parameters());
        double loss = steps(state, epoch, listeners);
        NativeFloats.put(state.evaluated(), network.parameters());
        Score score = validate(epoch);
        boolean best = score.betterThan(state.bestScore);
        if (best) {
            state.bestScore = score;
            state.bestEpoch = epoch;
            System.arraycopy(state.evaluated(), 0, state.best, 0, state.best.length);
        }
        listeners.forEach(listener -> listener.onEpochEnd(graph));
        double rate = recipe.learningRate() * schedule.at(state.step - 1);
        double seconds = (System.nanoTime() - began) * 1e-9;
        state.epochs.add(new Epoch(epoch, loss, score.logLoss(), score.top1(), rate, seconds, best));
        checkpoint.write(state);
        EpochsFile.write(epochsFile, state.epochs);
        progress.message(String.format(
                Locale.ROOT,
                "epoch %d of %d: loss %.4f, val top-1 %.2f %%, val loss %.4f, %.0f s%s",
                epoch,
                recipe.epochs(),
                loss,
                100 * score.top1(),
                score.logLoss(),
                seconds,
                best ? ", best" : ""));
    }

    /** One epoch's steps; the mean loss. */
    private double steps(TrainingState state, int epoch, Collection<TrainingListener> listeners) throws IOException {
        double sum = 0;
        double[] recent = new double[Math.min(RECENT_STEPS, batches.perEpoch())];
        String name = "epoch " + epoch + " of " + recipe.epochs();
        try (Prefetcher<Batches.Labelled> train = batches.train(epoch);
                Progress.Task task = progress.start(name, source.train().size())) {
            for (int i = 0; train.hasNext(); i++) {
                Batches.Labelled batch = train.next();
                int n = batch.images().n();
                double loss = step.take(state, batch);
                if (state.step == 1) {
                    state.firstLoss = loss;
                }
                recent[i % recent.length] = loss;
                check(state, epoch, recent, i + 1 >= recent.length, loss);
                sum += loss * n;
                ComputationGraph graph = network.graph();
                graph.getConfiguration().setIterationCount(state.step);
                for (TrainingListener listener : listeners) {
                    listener.iterationDone(graph, state.step, epoch - 1);
                }
                task.advance(n);
            }
        }
        return sum / source.train().size();
    }

    /** @param full whether all of the recent losses are there */
    private void check(TrainingState state, int epoch, double[] recent, boolean full, double loss)
            throws DivergedException {
        double mean = Arrays.stream(recent).sum() / recent.length;
        boolean far = full && mean > DIVERGED * state.firstLoss;
        if (far || !Double.isFinite(loss)) {
            throw new DivergedException(epoch, state.step, far ? mean : loss, state.firstLoss, recipe.learningRate());
        }
    }

    private Score validate(int epoch) throws IOException {
        Score.Counter counter = new Score.Counter();
        int at = 0;
        try (Prefetcher<Batches.Batch> val = batches.val();
                Progress.Task task =
                        progress.start("val after epoch " + epoch, source.val().size())) {
            while (val.hasNext()) {
                Batches.Batch batch = val.next();
                float[] logits;
                try (INDArray inputs = step.inputs(batch);
                        INDArray outputs = network.outputs(inputs)) {
                    logits = outputs.dup('c').data().asFloat();
                }
                int classes = logits.length / batch.n();
                for (int i = 0; i < batch.n(); i++) {
                    counter.add(
                            logits, i * classes, classes, source.val().get(at++).label());
                }
                task.advance(batch.n());
            }
        }
        return counter.score();
    }
}
