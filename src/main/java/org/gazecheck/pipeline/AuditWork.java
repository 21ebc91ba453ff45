package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.Computation;
import org.gazecheck.data.Datasets;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;

/** From maps and masks to {@code localisation.csv}, {@code properties.csv} and {@code findings.json}. */
final class AuditWork implements StageWork {
    @Override
    public List<String> inputs(Run run) throws IOException {
        List<String> inputs = new ArrayList<>(before(run));
        Audit.PARTS.forEach(part -> inputs.add(AuditedPart.identity(run, part)));
        inputs.add(run.identity(Computation.FINDINGS));
        Path mended = run.configuration().mitigation().run();
        if (mended != null) {
            inputs.add(run.identity(Computation.MITIGATION));
            inputs.addAll(new MendedRun(new RunFolder(mended)).compared());
        }
        return inputs;
    }

    /** What every part depends on. */
    static List<String> before(Run run) throws IOException {
        return List.of(
                run.outputs(Stage.PREPARE),
                run.outputs(Stage.TRAIN),
                run.outputs(Stage.EVALUATE),
                "masks " + Datasets.maskFingerprint(run.dataset()));
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        run.update(run.manifest().with(Provenances.MASKS, Provenances.masks(run.dataset())));
        AuditInputs inputs = inputs(run, run.model(), run.folder());
        List<String> before = before(run);
        Parts parts = new Parts(
                new OutputFiles(run.folder().root()),
                run.manifest().parts(),
                states -> run.update(run.manifest().withParts(new LinkedHashMap<>(states))));
        try (Audit audit = Audit.open(inputs, run.progress())) {
            List<Path> files = parts.walk(Audit.PARTS.stream()
                    .map(part -> new AuditedPart(run, audit, part, before))
                    .toList());
            files.add(audit.conclude(files));
            Path mended = run.configuration().mitigation().run();
            if (mended != null) {
                files.add(new MendedRun(new RunFolder(mended)).account(run, inputs));
            }
            run.assume(
                    Stage.AUDIT,
                    FindingsFile.read(run.folder().findings()).atTheEdge().stream()
                            .map(text -> new Assumption(Stage.AUDIT.text(), "audit.range", text, Map.of()))
                            .toList());
            return files;
        }
    }

    /** @param folder of the run whose predictions and maps are audited */
    static AuditInputs inputs(Run run, RunModel model, RunFolder folder) {
        return new AuditInputs(
                run.dataset(),
                model.network(),
                model.preprocessing(),
                run.configuration(),
                run.store(),
                folder,
                run.randomness(),
                Evaluator.method(model.network()),
                model.layer());
    }
}
