package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Computation;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.Network;
import org.gazecheck.network.WeightsException;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ExternalModel;
import org.gazecheck.results.ExternalModelFile;
import org.gazecheck.results.RunManifest;

/**
 * In the place of the training, for a network that others trained: from its file to {@code external.json}.
 *
 * @param file the network
 */
record ImportWork(Path file) implements StageWork {
    @Override
    public Optional<String> title() {
        return Optional.of("read model");
    }

    @Override
    public List<String> inputs(Run run) throws IOException {
        require(file);
        return List.of(
                run.identity(Computation.IMPORT),
                "classes " + run.manifest().classes(),
                "model " + Hashes.sha256(file));
    }

    static void require(Path file) throws WeightsException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("no model at " + file + ": correct external.model (--model)");
        }
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        RunModel model = run.model();
        Network network = model.network();
        Preprocessing preprocessing = model.preprocessing();
        String method = Evaluator.method(network);
        Optional<String> whyNoGradients = network.whyNoGradients(model.layer());
        List<Integer> shape = Arrays.stream(network.outputShape(model.layer(), preprocessing.crop()))
                .boxed()
                .toList();
        ExternalModelFile.write(
                run.folder().external(),
                new ExternalModel(
                        ExternalModel.SCHEMA_VERSION,
                        file.getFileName().toString(),
                        Hashes.sha256(file),
                        network.hash(),
                        network.engine(run.engine()).text(),
                        network.classes(),
                        model.layer(),
                        shape,
                        method,
                        whyNoGradients.orElse(null),
                        preprocessing.shortSide(),
                        preprocessing.crop(),
                        preprocessing.normalisation().mean(),
                        preprocessing.normalisation().std()));
        String where = model.layer() + " (" + shape.get(0) + " maps of " + shape.get(1) + "x" + shape.get(2) + ")";
        run.progress().message("heatmaps: " + method + " at " + where);
        model.taken().ifPresent(taken -> run.progress().message("preprocessing: " + taken.text()));
        RunManifest manifest = run.manifest();
        for (Map.Entry<String, String> fact :
                Provenances.ofExternal(run, file, network, where).entrySet()) {
            manifest = manifest.with(fact.getKey(), fact.getValue());
        }
        run.update(manifest);
        if (network instanceof ExternalNetwork external) {
            run.assume(Stage.TRAIN, assumptions(model));
            for (String warning : external.warnings()) {
                warn(run, warning);
            }
        }
        if (whyNoGradients.isPresent()) {
            warn(
                    run,
                    "There are no gradients at " + model.layer() + ": " + whyNoGradients.get() + ". The heatmaps are "
                            + method + "'s in place of gradcam's, the same for every class.");
        }
        return List.of(run.folder().external());
    }

    /** What could be meant otherwise of a network that others trained. */
    static List<Assumption> assumptions(RunModel model) {
        List<Assumption> assumptions = new ArrayList<>();
        if (model.network() instanceof ExternalNetwork external) {
            for (Assumed assumed : external.assumed()) {
                assumptions.add(new Assumption(Stage.TRAIN.text(), assumed.id(), assumed.text(), assumed.counts()));
            }
        }
        model.taken().map(ExternalPreprocessing::assumptions).ifPresent(assumptions::addAll);
        return assumptions;
    }

    static void warn(Run run, String warning) throws IOException {
        run.progress().message("warning: " + warning);
        List<String> warnings = new ArrayList<>(run.manifest().warnings());
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
        run.update(run.manifest().withData(run.manifest().classes(), warnings));
    }
}
