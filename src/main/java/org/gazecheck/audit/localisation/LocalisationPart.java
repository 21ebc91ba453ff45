package org.gazecheck.audit.localisation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.results.Findings;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.RunFolder;

/** {@code localisation.csv}. What its rows say of the classes is a part of its own, as associations rest on the rows, too. */
public final class LocalisationPart implements AuditPart {
    @Override
    public String name() {
        return "localisation";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.localisation());
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        Path file = session.folder().localisation();
        LocalisationFile.write(
                file,
                LocalisationAudit.measure(
                        session.inputs(), session.masks(), session.predictions(), session.progress()));
        return new PartResult(Findings.NONE, List.of(file));
    }
}
