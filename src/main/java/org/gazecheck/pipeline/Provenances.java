package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.gazecheck.config.ConfigurationWriter;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Datasets;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Processor;
import org.gazecheck.mitigate.Mending;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Layout;
import org.gazecheck.network.Network;
import org.gazecheck.network.dl4j.ZooArchive;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.report.Provenance;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Balance;
import org.gazecheck.results.RunFolder;
import org.gazecheck.train.TrainedModel;

/** What a run came from, as facts. */
final class Provenances {
    static final String WEIGHTS_HASH = "Weights file";
    static final String MODEL_HASH = "Model file";
    static final String MENDED_HASH = "Mended model file";

    /** What the masks hold that the audit saw. */
    static final String MASKS = "Masks";

    static final String NO_MASKS = "none given";

    static final String GROUPS_HASH = "Groups file";
    static final String OMP_THREADS = "OMP_NUM_THREADS";

    private Provenances() {}

    /** Of a model that was just trained, in the order in which it is reported. */
    static Map<String, String> ofModel(Run run, BuiltInNetwork backbone, TrainedModel trained) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        var weights = run.configuration().model().weights();
        facts.put("Weights", weights == null ? "random" : weights.getFileName().toString());
        if (weights != null) {
            facts.put(WEIGHTS_HASH, "sha256 " + Hashes.sha256(weights));
        }
        facts.put("Architecture", backbone.architecture().name());
        if (backbone.architecture().layout() != Layout.TORCHVISION) {
            facts.put("Head", ZooArchive.HEAD);
        }
        facts.put("Backbone", "sha256 " + backbone.hash());
        facts.put("Model", "sha256 " + trained.network().hash());
        facts.put("Training", trained.description());
        facts.putAll(ofDataAndMachine(run));
        return facts;
    }

    /** Of a network that mends that of another run. */
    static Map<String, String> ofMended(Run run, RunFolder other, Mending.Mended mended) throws IOException {
        MitigationTraining training = mended.training();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Mended run", other.root().toString());
        facts.put(MENDED_HASH, "sha256 " + training.model());
        facts.put("Architecture", mended.network().architecture().name());
        facts.put("Model", "sha256 " + mended.network().hash());
        Balance groups = training.groups();
        if (groups != null) {
            facts.put("Groups", Path.of(groups.file()).getFileName().toString());
            facts.put(GROUPS_HASH, "sha256 " + groups.sha256());
            facts.put(
                    "Training",
                    String.format(
                            Locale.ROOT,
                            "head trained again, balanced over groups (%d of each class and group in each of %d samples),"
                                    + " L2 %s",
                            groups.drawn(),
                            groups.samples(),
                            training.l2()));
        } else {
            facts.put("Training", againstShortcuts(mended));
        }
        facts.putAll(ofDataAndMachine(run));
        return facts;
    }

    private static String againstShortcuts(Mending.Mended mended) {
        MitigationTraining training = mended.training();
        String against = training.shortcuts().stream()
                .map(target -> target.name() + " (" + target.detail() + ")")
                .collect(Collectors.joining(", ", "against ", ": "));
        return mended.trained()
                .map(trained -> trained.description() + ", all trained again " + against + training.counterfactuals()
                        + " counterfactual images an image")
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "head trained again %s%d counterfactual images an image at weight %s, L2 %s",
                        against,
                        training.counterfactuals(),
                        training.weight(),
                        training.l2()));
    }

    /** Of a network that another run trained. */
    static Map<String, String> ofOtherRun(Run run, RunFolder other, BuiltInNetwork network) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Model of run", other.root().toString());
        facts.put(MODEL_HASH, "sha256 " + Hashes.sha256(other.archive()));
        facts.put("Architecture", network.architecture().name());
        facts.put("Model", "sha256 " + network.hash());
        facts.putAll(ofDataAndMachine(run));
        return facts;
    }

    /** Of an external network. @param layer that heatmaps are of, in words */
    static Map<String, String> ofExternal(Run run, Path file, Network network, String layer) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Model", file.getFileName().toString());
        facts.put(MODEL_HASH, "sha256 " + Hashes.sha256(file));
        Path labels = Objects.requireNonNull(run.configuration().external().labels(), "a model comes with its labels");
        facts.put("Labels", "sha256 " + Hashes.sha256(labels));
        facts.put("Network", "sha256 " + network.hash());
        facts.put("Heatmap layer", layer);
        facts.put(
                "Gradients",
                network.whyNoGradients(network.lastLayer())
                        .map(reason -> "none: " + reason)
                        .orElse("back-propagated from the logits to that layer"));
        facts.putAll(ofDataAndMachine(run));
        facts.put("Engine", Engines.describe(network.engine(run.engine())));
        return facts;
    }

    private static Map<String, String> ofDataAndMachine(Run run) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Data", "dataset.csv sha256 " + run.manifest().dataHash().orElseThrow());
        facts.put("Seed", Long.toString(run.configuration().seed()));
        facts.put("Engine", Engines.describe(run.engine()));
        facts.put("Deeplearning4j", Engines.dl4jVersion());
        facts.put("Configuration", "sha256 " + Hashes.sha256(ConfigurationWriter.yaml(run.configuration())));
        int threads = run.configuration().compute().threads();
        facts.put(
                "Threads",
                Integer.toString(threads > 0 ? threads : Runtime.getRuntime().availableProcessors()));
        facts.put("Gazecheck", version());
        facts.put(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + " " + System.getProperty("os.arch") + ", Java "
                        + System.getProperty("java.version"));
        facts.put("CPU", Processor.name());
        facts.put(OMP_THREADS, Objects.requireNonNullElse(System.getenv("OMP_NUM_THREADS"), "not set"));
        return facts;
    }

    /** The fact of the masks that an audit saw, in words. */
    static String masks(Dataset dataset) throws IOException {
        return Datasets.maskHash(dataset).map(hash -> "sha256 " + hash).orElse(NO_MASKS);
    }

    static Provenance ofReport(Run run) {
        List<Provenance.Entry> entries = new ArrayList<>();
        run.manifest().facts().forEach((label, value) -> entries.add(new Provenance.Entry(label, value)));
        List<Provenance.StageTime> times = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            run.state(stage).ifPresent(state -> times.add(new Provenance.StageTime(stage.text(), state.seconds())));
        }
        return new Provenance(entries, times);
    }

    private static String version() {
        String version = Provenances.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }
}
