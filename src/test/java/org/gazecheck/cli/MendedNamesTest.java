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
import org.gazecheck.pipeline.ProvenRun;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationFileTest;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shortcuts of classes whose names hold what files, settings and pages write in a way of their own. */
@Tag("slow")
class MendedNamesTest {
    private static final String ODD = "a:b, \"\u00d6l\" & <i>'\u96db #1";

    @TempDir
    private Path work;

    @Test
    void aRunWithOddNamesIsMendedAndMendedAgain() throws Exception {
        RunFolder run = ProvenRun.renamed(
                work, Map.of("cornflower", ODD, "anemone", "rose hip", "poppy", "back\\slash [x]"), ODD);
        RunFolder mended = new RunFolder(work.resolve("mended"));
        mend(run, mended);
        ProvenRun.prove(mended, ODD);
        RunFolder again = new RunFolder(work.resolve("mended again"));
        mend(mended, again);
        assertEquals(
                mended.root().toString(),
                MitigationFile.read(again.mitigation()).training().run());
    }

    private static void mend(RunFolder run, RunFolder output) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "mitigate",
                run.root().toString(),
                "--finding",
                "background-shortcut:" + ODD,
                "--output",
                output.root().toString());
        assertEquals(0, code, err.toString());
        assertTrue(out.toString().contains(ODD), out.toString());
        Mitigation mitigation = MitigationFile.read(output.mitigation());
        assertEquals(
                List.of(ODD),
                mitigation.training().shortcuts().stream()
                        .map(target -> target.name())
                        .toList());
        assertEquals(List.of(), MitigationFileTest.violations(output.mitigation()));
        String page = Files.readString(output.report());
        assertTrue(page.contains("&amp; &lt;i&gt;"));
        assertFalse(page.contains("& <i>"));
    }
}
