package org.gazecheck.audit.properties;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.DescribedImages.Described;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.results.Findings;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.RunFolder;

/** {@code properties.csv}. */
public final class PropertiesPart implements AuditPart {
    @Override
    public String name() {
        return "properties";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.properties());
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        Path file = session.folder().properties();
        PropertiesFile.write(
                file, session.images().stream().map(Described::properties).toList());
        return new PartResult(Findings.NONE, List.of(file));
    }
}
