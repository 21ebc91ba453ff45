package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gazecheck.config.Computation;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Datasets;
import org.gazecheck.data.Listing;
import org.gazecheck.data.Preparation;
import org.gazecheck.data.Prepared;
import org.gazecheck.data.Sources;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.MaskListFile;
import org.gazecheck.results.RunFolder;
import org.jspecify.annotations.Nullable;

/** From images to {@code dataset.csv}. */
final class PrepareWork implements StageWork {
    private @Nullable Found found;

    /** @param classes in the order of the network's outputs */
    private record Found(Listing listing, List<String> classes) {}

    @Override
    public List<String> inputs(Run run) throws IOException {
        Configuration configuration = run.configuration();
        if (RunModel.isExternal(configuration)) {
            ImportWork.require(run.modelFile());
        }
        Listing listing = Sources.read(
                configuration.data(), configuration.seed(), RunModel.isTrained(configuration), run.progress());
        List<String> classes = classes(configuration, listing);
        found = new Found(listing, classes);
        List<String> inputs = new ArrayList<>();
        if (!RunModel.isTrained(configuration)) {
            inputs.add("labels " + classes);
        }
        inputs.addAll(List.of(run.identity(Computation.PREPARE), Datasets.fingerprint(listing)));
        if (Sources.masks(configuration.data()).isPresent()) {
            inputs.addAll(List.of(run.identity(Computation.MASKS), "ignored " + listing.ignored()));
        }
        return inputs;
    }

    /** A network that is not trained has its own, of which images may show few. */
    static List<String> classes(Configuration configuration, Listing listing) throws IOException {
        Path other = configuration.model().run();
        Path names = other != null ? other : configuration.external().labels();
        if (names == null || RunModel.isTrained(configuration)) {
            return listing.classes();
        }
        List<String> classes = other != null
                ? OtherRunWork.classes(new RunFolder(other)).stream()
                        .map(ClassName::of)
                        .toList()
                : ClassLabels.read(names);
        ClassLabels.requireAmong(classes, listing.classes(), names);
        return classes;
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        Found data = Objects.requireNonNull(found, "inputs are asked for first");
        Prepared prepared = Preparation.check(
                data.listing,
                run.configuration().data(),
                run.images(),
                RunModel.isTrained(run.configuration()),
                run.progress());
        List<Path> outputs = new ArrayList<>(List.of(run.folder().dataset()));
        DatasetFile.write(run.folder().dataset(), prepared.rows());
        if (Sources.masks(run.configuration().data()).isPresent()) {
            MaskListFile.write(run.folder().masks(), prepared.masks().list());
            outputs.add(run.folder().masks());
        } else {
            Files.deleteIfExists(run.folder().masks());
        }
        List<String> warnings = new ArrayList<>(prepared.ignored());
        warnings.addAll(prepared.warnings());
        run.update(run.manifest().withData(data.classes, warnings));
        run.reuseData();
        run.assume(Stage.PREPARE, prepared.assumptions());
        warnings.forEach(warning -> run.progress().message("warning: " + warning));
        run.progress().message(prepared.summary());
        return outputs;
    }

    @Override
    public void reuse(Run run) throws IOException {
        run.reuseData();
    }
}
