package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.config.Computation;
import org.gazecheck.results.RunManifest.PartState;

/**
 * A part of a run's audit, with the identity that its name stands for.
 *
 * @param before texts that every part depends on
 */
record AuditedPart(Run run, Audit audit, AuditPart part, List<String> before) implements Part {
    static String identity(Run run, AuditPart part) {
        return run.identity(Computation.of(part.name()));
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(before);
        inputs.add(identity(run, part));
        for (String other : part.restsOn()) {
            PartState state =
                    Optional.ofNullable(run.manifest().parts().get(other)).orElseThrow();
            inputs.add(other + " " + new TreeMap<>(state.outputs()));
        }
        return inputs;
    }

    @Override
    public List<Path> execute() throws IOException {
        return audit.run(part);
    }
}
