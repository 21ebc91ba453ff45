package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Computation;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.MitigationSettings;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Datasets;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.mitigate.Mending;
import org.gazecheck.mitigate.Targets;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.dl4j.ArchiveInfo;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.onnx.export.OnnxModels;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.train.TrainedModel;
import org.gazecheck.train.TrainingInputs;

/**
 * In the place of the training, for a run that mends another: from its network, its audit and {@code dataset.csv} to {@code model.zip},
 * {@code model.onnx} and {@code mitigation-training.json}.
 *
 * @param other the run that is mended
 */
record MitigateWork(RunFolder other) implements StageWork {
    @Override
    public Optional<String> title() {
        return Optional.of("train against shortcuts");
    }

    @Override
    public List<String> inputs(Run run) throws IOException {
        List<String> inputs = new ArrayList<>(List.of(
                run.identity(Computation.MITIGATE),
                run.identity(Computation.TRAIN),
                run.identity(Computation.COUNTERFACTUALS),
                run.outputs(Stage.PREPARE),
                "classes " + run.manifest().classes(),
                "masks " + Datasets.maskFingerprint(run.dataset())));
        Path groups = run.configuration().mitigation().groups();
        if (groups != null) {
            inputs.add("groups " + (Files.isRegularFile(groups) ? Hashes.sha256(groups) : "none"));
        }
        if (run.configuration().mitigation().train()) {
            inputs.add(run.identity(Computation.FINETUNE));
        }
        inputs.addAll(new MendedRun(other).inputs());
        return inputs;
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        MendedRun mended = new MendedRun(other);
        RunModel model = mended.model();
        BuiltInNetwork network = (BuiltInNetwork) model.network();
        run.calibrate();
        RunFolder folder = run.folder();
        Files.deleteIfExists(folder.epochs());
        run.assume(Stage.TRAIN, forgotten(run));
        Mending.Mended result = mended(run, mended, network);
        Map<String, String> provenance = Provenances.ofMended(run, other, result);
        List<String> classes = run.dataset().classes();
        OnnxModels.export(result.network(), classes, model.preprocessing(), folder.onnx());
        ModelArchive.write(
                folder.archive(), result.network(), new ArchiveInfo(classes, model.preprocessing(), provenance));
        MitigationFile.write(folder.mitigationTraining(), result.training());
        for (Map.Entry<String, String> fact : provenance.entrySet()) {
            run.update(run.manifest().with(fact.getKey(), fact.getValue()));
        }
        List<Path> outputs = new ArrayList<>(List.of(folder.archive(), folder.onnx(), folder.mitigationTraining()));
        if (result.trained().flatMap(TrainedModel::finetuning).isPresent()) {
            outputs.add(folder.epochs());
        }
        return outputs;
    }

    private static Mending.Mended mended(Run run, MendedRun mended, BuiltInNetwork network) throws IOException {
        MitigationSettings settings = run.configuration().mitigation();
        Path groups = settings.groups();
        if (groups != null) {
            return mended.byGroups(run, groups).head(network, training(run, backbone(run, network)));
        }
        return settings.train()
                ? mended.mending(run)
                        .network(network, training(run, TrainWork.backbone(run).network()))
                : mended.mending(run).head(network, training(run, backbone(run, network)));
    }

    private static TrainingInputs training(Run run, BuiltInNetwork backbone) {
        return new TrainingInputs(
                run.dataset(), backbone, run.configuration(), run.store(), run.folder(), run.randomness());
    }

    /** What the run was mended of before, and this training does not know. */
    private List<Assumption> forgotten(Run run) throws IOException {
        boolean balancesGroups = run.configuration().mitigation().groups() != null;
        return Targets.forgotten(other, balancesGroups).stream()
                .map(text -> new Assumption(Stage.TRAIN.text(), "mitigation.forgotten", text, Map.of()))
                .toList();
    }

    /** A finished training needs no state to resume from. */
    @Override
    public void conclude(Run run) throws IOException {
        Folders.delete(run.folder().checkpoints());
    }

    /** The weights that a probe was trained on, since features of these are kept; they are those of the network but for its head. */
    private static BuiltInNetwork backbone(Run run, BuiltInNetwork network) throws IOException {
        Configuration configuration = run.configuration();
        Path weights = configuration.model().weights();
        if (configuration.train().recipe() != TrainSettings.Recipe.PROBE || weights == null) {
            return network;
        }
        BuiltInNetwork loaded = TrainWork.backbone(run).network();
        return loaded.withHead(network.head().orElseThrow()).hash().equals(network.hash()) ? loaded : network;
    }
}
