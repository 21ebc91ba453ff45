package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.Computation;
import org.gazecheck.data.Datasets;
import org.gazecheck.evaluate.Evaluator;

/** From maps and masks to {@code localisation.csv}, {@code properties.csv} and {@code findings.json}. */
final class AuditWork implements StageWork {
    private static final List<Computation> PARTS = List.of(
            Computation.LOCALISATION,
            Computation.COUNTERFACTUALS,
            Computation.PROPERTIES,
            Computation.ASSOCIATIONS,
            Computation.DATA_QUALITY,
            Computation.HEATMAP_QUALITY,
            Computation.FINDINGS);

    @Override
    public List<String> inputs(Run run) throws IOException {
        return List.of(
                PARTS.stream().map(run::identity).collect(Collectors.joining("\n")),
                run.outputs(Stage.PREPARE),
                run.outputs(Stage.TRAIN),
                run.outputs(Stage.EVALUATE),
                "masks " + Datasets.maskFingerprint(run.dataset()));
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        RunModel model = run.model();
        AuditInputs inputs = new AuditInputs(
                run.dataset(),
                model.network(),
                model.preprocessing(),
                run.configuration(),
                run.store(),
                run.folder(),
                run.randomness(),
                Evaluator.method(model.network()),
                model.layer());
        return Audit.audit(inputs, run.progress());
    }
}
