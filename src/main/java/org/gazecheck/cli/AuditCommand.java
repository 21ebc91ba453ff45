package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.pipeline.Stage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "Audit a run again, then write its report. Or, with --model, audit a network that"
                + " others trained: an ONNX classifier, or an archive of Deeplearning4j (docs/external-models.md).")
final class AuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "A run folder, such as reports/flowers102, of a network trained here or elsewhere.")
    private Path run;

    @ArgGroup(exclusive = false, heading = "%nA network that others trained:%n")
    private ExternalOptions external;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        if ((run == null) == (external == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give either a RUN, or --model FILE --labels FILE --data DIR of a network that others trained");
        }
        if (external != null) {
            return new StageRun(main).upTo(Stage.REPORT, external.configuration(overrides.all()));
        }
        return new StageRun(main)
                .again(
                        List.of(Stage.AUDIT, Stage.REPORT),
                        run,
                        overrides.only(List.of("audit", "report", "compute", "cache")));
    }
}
