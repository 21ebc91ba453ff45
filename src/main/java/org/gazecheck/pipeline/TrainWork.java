package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Computation;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.dl4j.ArchiveInfo;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.dl4j.NativeAcceleration;
import org.gazecheck.network.onnx.export.OnnxModels;
import org.gazecheck.network.weights.LoadedResNet;
import org.gazecheck.network.weights.NamedWeights;
import org.gazecheck.network.weights.ResNets;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.RunFolder;
import org.gazecheck.stats.Purpose;
import org.gazecheck.train.TrainedModel;
import org.gazecheck.train.Trainer;
import org.gazecheck.train.TrainingInputs;

/** From {@code dataset.csv} and weights to {@code model.zip} and {@code model.onnx}. */
final class TrainWork implements StageWork {
    @Override
    public List<String> inputs(Run run) throws IOException {
        Configuration configuration = run.configuration();
        ModelSettings model = configuration.model();
        Path weights = model.weights() == null ? null : NamedWeights.file(model, run.progress());
        List<String> inputs = new ArrayList<>(List.of(
                run.identity(Computation.TRAIN),
                run.outputs(Stage.PREPARE),
                "classes " + run.manifest().classes(),
                "weights " + (weights == null ? "random" : Hashes.sha256(weights))));
        if (configuration.train().recipe() == TrainSettings.Recipe.FINETUNE) {
            inputs.add(run.identity(Computation.FINETUNE));
        }
        return inputs;
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        Configuration configuration = run.configuration();
        LoadedResNet loaded = backbone(run);
        BuiltInNetwork backbone = loaded.network();
        List<Assumption> assumptions = new ArrayList<>(loaded.assumptions());
        head(run, backbone).ifPresent(assumptions::add);
        String acceleration = NativeAcceleration.describe();
        run.progress().message(acceleration);
        run.calibrate();
        RunFolder folder = run.folder();
        Files.deleteIfExists(folder.epochs());
        TrainedModel trained = Trainer.train(
                new TrainingInputs(run.dataset(), backbone, configuration, run.store(), folder, run.randomness()),
                run.progress());
        run.progress().message(trained.description());
        trained.atTheEdge().stream()
                .map(text -> new Assumption(Stage.TRAIN.text(), "train.range", text, Map.of()))
                .forEach(assumptions::add);
        run.assume(Stage.TRAIN, assumptions);
        Preprocessing preprocessing = Preprocessing.at(configuration.model().size(), backbone.normalisation());
        List<String> classes = run.dataset().classes();
        Map<String, String> provenance = Provenances.ofModel(run, backbone, trained);
        OnnxModels.export(trained.network(), classes, preprocessing, folder.onnx());
        ModelArchive.write(folder.archive(), trained.network(), new ArchiveInfo(classes, preprocessing, provenance));
        Map<String, String> facts = new LinkedHashMap<>(provenance);
        facts.put("DL4J", acceleration);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            run.update(run.manifest().with(fact.getKey(), fact.getValue()));
        }
        List<Path> outputs = new ArrayList<>(List.of(folder.archive(), folder.onnx()));
        if (trained.finetuning().isPresent()) {
            outputs.add(folder.epochs());
        }
        return outputs;
    }

    static LoadedResNet backbone(Run run) throws IOException {
        ModelSettings model = run.configuration().model();
        if (model.weights() != null) {
            return ResNets.read(NamedWeights.file(model, run.progress()), model);
        }
        Architecture architecture =
                ResNets.architecture(model.architecture(), Boolean.TRUE.equals(model.strideInFirst()));
        BuiltInNetwork random = ResNets.random(
                architecture, run.dataset().classes().size(), run.randomness().of(Purpose.INITIAL_WEIGHTS.stream(), 0));
        return new LoadedResNet(random, List.of());
    }

    /** The weights' own head is replaced: told always, and an assumption where it could be meant to stay. */
    private static Optional<Assumption> head(Run run, BuiltInNetwork backbone) {
        Path weights = run.configuration().model().weights();
        if (weights == null || backbone.head().isEmpty()) {
            return Optional.empty();
        }
        int classes = run.dataset().classes().size();
        String text = "the head of " + weights + " (fc, of " + backbone.classes()
                + " classes) is not used: one for the " + classes + " classes of the images is trained in its place.";
        if (backbone.classes() == classes) {
            return Optional.of(new Assumption(Stage.TRAIN.text(), "model.head", text, Map.of("classes", classes)));
        }
        run.progress().message(text);
        return Optional.empty();
    }

    /** A finished training needs no state to resume from. */
    @Override
    public void conclude(Run run) throws IOException {
        Folders.delete(run.folder().checkpoints());
    }
}
