package org.gazecheck.audit.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.results.RunFolder;

/** One part of the audit. It reads what the run holds and what parts before it wrote, and writes files of its own. */
public interface AuditPart {
    /** Names the file that keeps its findings, and never changes: words in lower case, joined by hyphens. */
    String name();

    /** Files that it alone writes, and folders that it alone fills. Which of them are there depends on the run. */
    List<Path> owned(RunFolder folder);

    /** Names of parts before it whose files it reads. */
    default List<String> restsOn() {
        return List.of();
    }

    /** Does it; what it owns was removed before. */
    PartResult run(AuditSession session) throws IOException;
}
