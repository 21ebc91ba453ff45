package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.config.Computation;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.WeightsException;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.OtherRunModel;
import org.gazecheck.results.OtherRunModelFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;

/**
 * In the place of the training, for the network of another run: from its archive to {@code other-run-model.json}.
 *
 * @param other that run
 */
record OtherRunWork(RunFolder other) implements StageWork {
    @Override
    public Optional<String> title() {
        return Optional.of("read model");
    }

    @Override
    public List<String> inputs(Run run) throws IOException {
        require(other);
        return List.of(
                run.identity(Computation.OTHER_RUN),
                "classes " + run.manifest().classes(),
                "run " + other.root(),
                "model " + Hashes.sha256(other.archive()),
                "scoring " + (Files.exists(other.scoring()) ? Hashes.sha256(other.scoring()) : "none"));
    }

    /** The classes of the run whose network is taken, in the order of its outputs. */
    static List<String> classes(RunFolder other) throws IOException {
        require(other);
        return ManifestFile.read(other.manifest()).classes();
    }

    private static void require(RunFolder other) throws WeightsException {
        if (!Files.isRegularFile(other.manifest()) || !Files.isRegularFile(other.archive())) {
            throw new WeightsException("model.run " + other.root() + " is no run folder with a trained model: give the"
                    + " folder of a finished run (gazecheck run)");
        }
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        require(other);
        LoadedModel model = LoadedModel.load(other.root());
        OptionalDouble temperature = model.temperature();
        OtherRunModelFile.write(
                run.folder().otherRunModel(),
                new OtherRunModel(
                        OtherRunModel.SCHEMA_VERSION,
                        other.root().toString(),
                        Hashes.sha256(other.archive()),
                        model.network().hash(),
                        temperature.isPresent() ? temperature.getAsDouble() : null));
        RunManifest manifest = run.manifest();
        for (Map.Entry<String, String> fact : Provenances.ofOtherRun(run, other, (BuiltInNetwork) model.network())
                .entrySet()) {
            manifest = manifest.with(fact.getKey(), fact.getValue());
        }
        run.update(manifest);
        return List.of(run.folder().otherRunModel());
    }
}
