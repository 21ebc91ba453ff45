package org.gazecheck.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.ConfigurationWriter;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Engines;
import org.gazecheck.network.Layout;
import org.gazecheck.network.dl4j.ZooArchive;
import org.gazecheck.report.Provenance;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.train.TrainedModel;

/** What a run came from, as facts. */
final class Provenances {
    private Provenances() {}

    /** Of a model that was just trained, in the order in which it is told. */
    static Map<String, String> ofModel(Run run, DescribedNetwork backbone, TrainedModel trained) {
        Map<String, String> facts = new LinkedHashMap<>();
        var weights = run.configuration().model().weights();
        facts.put("Weights", weights == null ? "random" : weights.getFileName().toString());
        facts.put("Architecture", backbone.architecture().name());
        if (backbone.architecture().layout() != Layout.TORCHVISION) {
            facts.put("Head", ZooArchive.HEAD);
        }
        facts.put("Backbone", "sha256 " + backbone.hash());
        facts.put("Model", "sha256 " + trained.network().hash());
        facts.put("Training", trained.description());
        facts.put(
                "Data",
                "dataset.csv sha256 " + run.state(Stage.PREPARE).outputs().get("dataset.csv"));
        facts.put("Seed", Long.toString(run.configuration().seed()));
        facts.put(
                "Engine",
                run.engine() == Engine.ONNX ? "ONNX Runtime " + Engines.onnxRuntimeVersion() : "Deeplearning4j");
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
                        + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version"));
        return facts;
    }

    static Provenance ofReport(Run run) {
        List<Provenance.Entry> entries = new ArrayList<>();
        run.manifest().facts().forEach((label, value) -> entries.add(new Provenance.Entry(label, value)));
        List<Provenance.StageTime> times = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            StageState state = run.state(stage);
            if (state != null) {
                times.add(new Provenance.StageTime(stage.text(), state.seconds()));
            }
        }
        return new Provenance(entries, times);
    }

    private static String version() {
        String version = Provenances.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }
}
