package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of classes that look alike are one class, or are refused, and that is told. */
class ClassNamesTest {
    private static final String COMPOSED = "\u00d6l";
    private static final String DECOMPOSED = "O\u0308l";

    @TempDir
    private Path folder;

    private CheckedImages of;

    @BeforeEach
    void oneClass() throws IOException {
        of = new CheckedImages(folder);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u00d6l,O\u0308l",
                "\uac00,\u1100\u1161",
                "cat,cat\u00a0",
                "cat,\u3000cat",
                "cat,\u200bcat",
                "cat,cat\ufeff"
            })
    void spellingsOfOneNameAreOneClass(String one, String other) throws IOException {
        of.draw(one, 20);
        of.draw(other, 20);
        of.draw("z", 20);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; "), out);
        assertTrue(out.contains("assumed: 1 name of a class is written in several ways"), out);
        assertTrue(out.contains("U+"), out);
    }

    @Test
    void aNameInTwoFormsInTwoSplitsIsOneClass() throws IOException {
        of.draw("train/" + COMPOSED, 5);
        of.draw("train/z", 5);
        of.draw("val/" + DECOMPOSED, 3);
        of.draw("val/z", 3);

        String out = of.check();

        assertTrue(out.contains("used: " + COMPOSED + ": 5 in train, 3 in val\n"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"New\u00a0York", "New\u200b York", "New  York", "N\u00adew York"})
    void namesThatNobodyCanTellApartAreRefused(String alike) throws IOException {
        of.draw("New York", 10);
        of.draw(alike, 10);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("'New York' (U+004E U+0065 U+0077 U+0020 U+0059"), out);
        assertTrue(out.contains(" look alike and differ in spaces or invisible characters: rename one"), out);
    }

    @ParameterizedTest
    @CsvSource({"cat,Cat", "\u00f6l,\u00d6L", "cat,\uff43\uff41\uff54"})
    void namesThatDifferInCaseAreTwoClassesAndThatIsTold(String one, String other) throws IOException {
        of.draw(one, 20);
        of.draw(other, 20);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; "), out);
        assertTrue(out.contains("assumed: names that differ in upper and lower case"), out);
    }

    @Test
    void aClassWithoutTrainIsAskedForTheOtherCase() throws IOException {
        of.draw("train/Cat", 5);
        of.draw("train/dog", 5);
        of.draw("val/cat", 5);
        of.draw("val/dog", 5);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("class 'cat' (is it 'Cat'?) has no usable image in train"), out);
    }

    @Test
    void aNameOfSpacesIsRefused() throws IOException {
        of.draw("\u00a0", 10);
        of.draw("dog", 10);

        assertTrue(of.check().contains("(U+00A0): give it a name"), of.check());
        assertEquals(4, of.code());
    }
}
