package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.pipeline.ProvenRun;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationFileTest;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shortcuts of classes whose names hold what files, settings and pages write in a way of their own. */
@Tag("slowest")
class MendedNamesTest {
    private static final String ODD = "a:b, \"\u00d6l\" & <i>'\u96db #1";

    private static final String OTHER = "rose hip";

    @TempDir
    private Path work;

    @Test
    void aRunWithOddNamesIsMendedAndMendedAgain() throws Exception {
        RunFolder run =
                ProvenRun.renamed(work, Map.of("cornflower", ODD, "gentian", OTHER, "poppy", "back\\slash [x]"), ODD);
        RunFolder mended = new RunFolder(work.resolve("mended"));
        mend(run, ODD, mended, ODD);
        ProvenRun.prove(mended, OTHER);
        RunFolder again = new RunFolder(work.resolve("mended again"));
        mend(mended, OTHER, again, ODD, OTHER);
        assertEquals(
                mended.root().toString(),
                MitigationFile.read(again.mitigation()).training().run());
    }

    /** @param against names of the classes whose shortcuts are trained against */
    private static void mend(RunFolder run, String name, RunFolder output, String... against) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "mitigate",
                run.root().toString(),
                "--finding",
                "background-shortcut:" + name,
                "--output",
                output.root().toString());
        assertEquals(0, code, err.toString());
        assertTrue(out.toString().contains(ODD), out.toString());
        Mitigation mitigation = MitigationFile.read(output.mitigation());
        assertEquals(
                Set.of(against),
                mitigation.training().shortcuts().stream()
                        .map(target -> target.name())
                        .collect(Collectors.toSet()));
        assertEquals(List.of(), MitigationFileTest.violations(output.mitigation()));
        String page = Files.readString(output.report());
        assertTrue(page.contains("&amp; &lt;i&gt;"));
        assertFalse(page.contains("& <i>"));
    }
}
