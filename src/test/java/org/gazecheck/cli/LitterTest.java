package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What systems and network storage leave among images is ignored, counted and told. */
class LitterTest {
    @TempDir
    private Path folder;

    private CheckedImages of;

    @BeforeEach
    void twoClasses() throws IOException {
        of = new CheckedImages(folder);
        of.draw("cat", 20);
        of.draw("dog", 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@eaDir",
                "#recycle",
                "#snapshot",
                "@Recycle",
                "@Recently-Snapshot",
                ".thumbnails",
                ".@__thumb",
                "__MACOSX",
                ".ipynb_checkpoints",
                "lost+found",
                "System Volume Information",
                "$RECYCLE.BIN",
                "RECYCLER",
                "found.000",
                ".Trash-1000",
                ".AppleDouble",
                ".git",
                ".stfolder",
                "~snapshot"
            })
    void foldersAreIgnoredWhereverTheyLieAndTheirImagesCounted(String litter) throws IOException {
        of.draw(litter, 2);
        of.draw(litter + "/cat", 1);
        of.draw("cat/" + litter + "/deep/down", 3);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; "), out);
        assertTrue(out.contains("are ignored, 6 images with them: 2 " + litter), out);
        of.prepare();
        assertEquals(41, Files.readAllLines(of.run().resolve("dataset.csv")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"._1.png", ".hidden.jpg", "SYNOPHOTO_THUMB_XL.png", "~$1.png"})
    void filesAreIgnoredAndCounted(String litter) throws IOException {
        of.drawFile(of.at("cat/" + litter));

        String out = of.check();

        assertTrue(out.contains("are ignored, 1 images with them: 1 "), out);
        assertFalse(out.contains("refused"), out);
    }

    @Test
    void litterBesideSplitsIsNoClass() throws IOException {
        CheckedImages splits = new CheckedImages(folder.resolve("splits"));
        splits.drawSplits(3, "train", "val", "test");
        splits.draw("@eaDir/train", 4);
        splits.draw("val/@eaDir/cat", 2);

        String out = splits.check();

        assertTrue(out.startsWith("used: 2 classes; 6 images in train, 6 in val, 6 in test\n"), out);
        assertTrue(out.contains("6 images with them: 2 @eaDir"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recycled", "#1", "@home", "thumbnails of art"})
    void aClassOfALikeNameStaysAClass(String name) throws IOException {
        of.draw(name, 20);

        String out = of.check();

        assertTrue(out.startsWith("used: 3 classes; "), out);
    }
}
