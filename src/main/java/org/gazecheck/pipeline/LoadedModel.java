package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Network;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.dl4j.ZooArchive;
import org.gazecheck.network.onnx.export.ExportedModel;
import org.gazecheck.network.weights.LoadedResNet;
import org.gazecheck.network.weights.NamedWeights;
import org.gazecheck.network.weights.ResNets;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.ScoringRule;
import org.gazecheck.results.ScoringRuleFile;

/**
 * A model for single images.
 *
 * @param classes names; of a bare weights file the indices
 * @param layer that heatmaps are of
 * @param temperature that logits are divided by, as a run's evaluation does it; empty for a model that is
 *     no run's, or of a run that was not evaluated: its probabilities are those of plain softmax
 * @param assumptions what was taken with a stated meaning, of a weights file
 * @param flip whether probabilities are averaged over the image and its mirror image
 * @param external how a network that others trained is taken
 */
public record LoadedModel(
        Network network,
        Preprocessing preprocessing,
        List<String> classes,
        String layer,
        OptionalDouble temperature,
        boolean flip,
        List<Assumption> assumptions,
        Optional<ExternalUse> external) {

    /** What is done with networks that others trained. */
    private static final String AUDIT = "gazecheck audit --model FILE --labels FILE --data DIR";

    private static final String ONNX = ".onnx";
    private static final String ARCHIVE = ".zip";

    private LoadedModel(
            BuiltInNetwork network, Preprocessing preprocessing, List<String> classes, List<Assumption> assumptions) {
        this(
                network,
                preprocessing,
                classes,
                network.lastLayer(),
                OptionalDouble.empty(),
                false,
                assumptions,
                Optional.empty());
    }

    /**
     * @param path a run folder, a model archive ({@code .zip}), an exported model ({@code .onnx}), or a weights file
     * @throws WeightsException if it is none of these, or damaged, or a run whose evaluation was of another model
     */
    public static LoadedModel load(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return ofRun(new RunFolder(path));
        }
        if (path.toString().endsWith(ARCHIVE)) {
            return ofArchive(path);
        }
        if (path.toString().endsWith(ONNX)) {
            ExportedModel exported = ExportedModel.read(path);
            return new LoadedModel(exported.network(), exported.preprocessing(), exported.classes(), List.of());
        }
        LoadedResNet loaded = ResNets.read(path);
        BuiltInNetwork network = loaded.network();
        if (network.head().isEmpty()) {
            throw new WeightsException(path + " has no classifier (fc.weight): nothing can be predicted or explained. "
                    + String.join(
                            " ",
                            loaded.assumptions().stream().map(Assumption::text).toList()));
        }
        int classes = network.head().get().classes();
        return new LoadedModel(
                network,
                Preprocessing.torchvision(network.normalisation()),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                loaded.assumptions());
    }

    /**
     * As {@link #load(Path)}; also an ONNX classifier or an archive of Deeplearning4j that others trained.
     *
     * @param settings of such a network, {@code external.key=value}
     * @throws GazecheckException if settings are given for a network that is not such a one
     */
    public static LoadedModel load(Path path, List<String> settings, ComputeSettings compute) throws IOException {
        if (isOfOthers(path)) {
            return ExternalUse.open(path, ConfigurationReader.external(settings), compute)
                    .model();
        }
        if (!settings.isEmpty()) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    path + " is no ONNX classifier or archive that others trained, and says itself how it takes"
                            + " images: leave out " + settings.get(0).split("=", 2)[0] + " and its like");
        }
        return load(path);
    }

    /** Whether it is an ONNX classifier or an archive of Deeplearning4j that this program did not write. */
    static boolean isOfOthers(Path path) throws IOException {
        return Files.isRegularFile(path)
                && (path.toString().endsWith(ONNX) && !ExportedModel.isExported(path)
                        || path.toString().endsWith(ARCHIVE) && ZooArchive.isExternal(path));
    }

    private static LoadedModel ofArchive(Path archive) throws IOException {
        if (Files.isRegularFile(archive) && ZooArchive.isExternal(archive)) {
            throw new WeightsException(archive
                    + " is an archive of Deeplearning4j that others wrote, whose own head is not"
                    + " computed here: evaluate and explain it with " + AUDIT
                    + ", or train one from the zoo's with model.weights: " + NamedWeights.ZOO + " and give that run");
        }
        ModelArchive.Loaded loaded = ModelArchive.read(archive);
        return new LoadedModel(
                loaded.network(), loaded.info().preprocessing(), loaded.info().classes(), List.of());
    }

    private static LoadedModel ofRun(RunFolder folder) throws IOException {
        if (!Files.isRegularFile(folder.archive()) && Files.isRegularFile(folder.external())) {
            throw new WeightsException(
                    folder.root() + " is the run of a network that others trained, whose predictions and"
                            + " heatmaps it holds itself: of other images they are made by " + AUDIT);
        }
        if (!Files.isRegularFile(folder.archive())) {
            throw new WeightsException(folder.root() + " is no run folder with a trained model: it has no "
                    + folder.archive().getFileName());
        }
        LoadedModel model = ofArchive(folder.archive());
        if (!Files.isRegularFile(folder.scoring())) {
            return model;
        }
        ScoringRule rule = ScoringRuleFile.read(folder.scoring());
        if (!rule.model().equals(Hashes.sha256(folder.archive()))) {
            throw new WeightsException(folder.archive() + " is not the model that " + folder.root()
                    + " evaluated: temperature and flip averaging in "
                    + folder.scoring().getFileName()
                    + " belong to another one. Finish the run (gazecheck run), or give the model's file itself, for"
                    + " plain softmax");
        }
        return new LoadedModel(
                model.network,
                model.preprocessing,
                rule.classes(),
                rule.layer(),
                OptionalDouble.of(rule.temperature()),
                rule.flip(),
                List.of(),
                Optional.empty());
    }

    /**
     * Writes how a network of others is taken, as settings that take it so again.
     *
     * @throws GazecheckException if it is another network
     */
    void writeDecisions(Path file) throws IOException {
        external.orElseThrow(() -> new GazecheckException(
                        FailureKind.USAGE,
                        "--write-decisions: nothing is decided for a network of Gazecheck, which says itself how it takes"
                                + " images"))
                .write(file);
    }

    /** Tells what was taken with a stated meaning, and how a network of others is taken. */
    void tell(Progress progress) {
        external.ifPresent(use -> {
            use.words().forEach(progress::message);
            use.network().warnings().forEach(warning -> progress.message("warning: " + warning));
        });
        assumptions.forEach(assumption -> progress.message("assumed: " + assumption.text()));
    }

    /** Of a class by name, or by index where no class is called so. */
    int index(String name) {
        int index = classes.indexOf(name);
        if (index < 0 && name.matches("\\d{1,6}")) {
            index = Integer.parseInt(name);
        }
        if (index < 0 || index >= classes.size()) {
            throw new IllegalArgumentException("no class '" + name + "': give one of the " + classes.size()
                    + " names (such as '" + classes.get(0) + "') or an index from 0 to " + (classes.size() - 1));
        }
        return index;
    }
}
