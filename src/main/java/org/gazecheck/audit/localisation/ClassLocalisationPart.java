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

/** Compares the localisation of each class with that of the others. */
public final class ClassLocalisationPart implements AuditPart {
    @Override
    public String name() {
        return "class-localisation";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of();
    }

    @Override
    public List<String> restsOn() {
        return List.of("localisation");
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        if (!session.judgesNetwork()) {
            return PartResult.NOTHING;
        }
        LocalisationFindings findings = new LocalisationFindings(
                session.predictions(),
                LocalisationFile.read(session.folder().localisation()),
                session.masks().estimated(),
                session.inputs().randomness());
        Findings found = findings.all();
        return new PartResult(
                new Findings(OutsideMasks.described(session, found.findings()), found.tests()), List.of());
    }
}
