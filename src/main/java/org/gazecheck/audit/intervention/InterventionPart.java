package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.RunFolder;

/** {@code interventions.json}, {@code counterfactuals.csv}, {@code crops.csv} and their images. */
public final class InterventionPart implements AuditPart {
    @Override
    public String name() {
        return "counterfactuals";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.interventions(), folder.counterfactuals(), folder.crops(), folder.counterfactualImages());
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        if (!session.judgesNetwork()) {
            return PartResult.NOTHING;
        }
        Optional<InterventionAudit.Outcome> outcome = InterventionAudit.of(session);
        if (outcome.isEmpty()) {
            return PartResult.NOTHING;
        }
        List<Path> files = new ArrayList<>();
        files.add(session.folder().interventions());
        InterventionsFile.write(files.get(0), outcome.get().interventions());
        files.addAll(outcome.get().evidence().write(session.folder()));
        return new PartResult(outcome.get().findings(), files);
    }

    /** Computes all rows that {@link #run} asks the store for, some of them elsewhere, and writes no file. */
    public static void compute(AuditSession session, CounterfactualWork work) throws IOException {
        if (session.judgesNetwork()) {
            InterventionAudit.over(session, SharedScores.over(session.inputs(), work))
                    .run();
        }
    }
}
