package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.Computation;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.data.Datasets;
import org.gazecheck.data.Listing;
import org.gazecheck.data.Preparation;
import org.gazecheck.data.Prepared;
import org.gazecheck.data.Sources;
import org.gazecheck.results.DatasetFile;

/** From images to {@code dataset.csv}. */
final class PrepareWork implements StageWork {
    private Listing listing;
    private List<String> classes;

    @Override
    public List<String> inputs(Run run) throws IOException {
        Configuration configuration = run.configuration();
        if (RunModel.isExternal(configuration)) {
            ImportWork.requireModel(configuration.external());
        }
        listing = Sources.read(configuration.data(), configuration.seed(), run.progress());
        classes = classes(configuration, listing);
        List<String> inputs = new ArrayList<>();
        if (!RunModel.isTrained(configuration)) {
            inputs.add("labels " + classes);
        }
        inputs.addAll(List.of(run.identity(Computation.PREPARE), Datasets.fingerprint(listing)));
        return inputs;
    }

    /** In the order of the network's outputs: one that is not trained has its own, of which images may show few. */
    static List<String> classes(Configuration configuration, Listing listing) throws IOException {
        if (RunModel.isTrained(configuration)) {
            return listing.classes();
        }
        if (RunModel.isOfOtherRun(configuration)) {
            List<String> classes = OtherRunWork.classes(configuration);
            ClassLabels.requireAmong(
                    classes, listing.classes(), configuration.model().run());
            return classes;
        }
        ExternalSettings external = configuration.external();
        List<String> labels = ClassLabels.read(external.labels());
        ClassLabels.requireAmong(labels, listing.classes(), external.labels());
        return labels;
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        Prepared prepared = Preparation.check(
                listing,
                run.configuration().data(),
                run.images(),
                RunModel.isTrained(run.configuration()),
                run.progress());
        DatasetFile.write(run.folder().dataset(), prepared.rows());
        List<String> warnings = new ArrayList<>(prepared.ignored());
        warnings.addAll(prepared.warnings());
        run.update(run.manifest().withData(classes, warnings));
        run.reuseData();
        run.assume(Stage.PREPARE, prepared.assumptions());
        warnings.forEach(warning -> run.progress().message("warning: " + warning));
        run.progress().message(prepared.summary());
        return List.of(run.folder().dataset());
    }

    @Override
    public void reuse(Run run) throws IOException {
        run.reuseData();
    }
}
