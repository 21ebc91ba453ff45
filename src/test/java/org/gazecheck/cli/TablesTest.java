package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.gazecheck.results.ManifestFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of images as spreadsheets and scripts write them. */
class TablesTest {
    private static final String AS_MEANT = "used: 2 classes; 8 images in train, 6 in val, 4 in test\n";

    @TempDir
    private Path folder;

    private CheckedImages of;

    @BeforeEach
    void splits() throws IOException {
        of = new CheckedImages(folder);
        of.drawSplits(4, "train");
        of.drawSplits(3, "val");
        of.drawSplits(2, "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theHeaderTellsWhatSeparatesCells(String separator) throws IOException {
        assertMeant(table(path -> path).replace(",", separator));
        assertMeant("sep=" + separator + "\n" + table(path -> path).replace(",", separator));
        assertMeant(table(path -> "\"" + path + "\"").replace(",", separator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarksTellTheEncoding(String encoding) throws IOException {
        assertMeant(("\ufeff" + table(path -> path)).getBytes(encoding));
        assertMeant(table(path -> path).replace("cat,", "\u00d6l,").getBytes(encoding));
    }

    @ParameterizedTest
    @CsvSource({"windows-1252,\u00d6l", "ISO-8859-1,caf\u00e9", "windows-1252,\u20ac"})
    void anotherEncodingIsRefusedWithLineAndRemedy(String encoding, String label) throws IOException {
        String out = of.checkTable(table(path -> path)
                .replaceFirst("(?s)(.*?\n.*?\n)(.*?)cat,", "$1$2" + label + ",")
                .getBytes(Charset.forName(encoding)));

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("table.csv, line 3 is not UTF-8 (as Windows-1252 it would be '"), out);
        assertTrue(out.contains(label) && out.contains("save the table as UTF-8"), out);
    }

    @Test
    void aSpreadsheetIsNamedAsOne() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        zip.write(new byte[] {'P', 'K', 3, 4, 0, 0});

        String out = of.checkTable(zip.toByteArray());

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("is a spreadsheet"), out);
    }

    @Test
    void absolutePathsBelowTheFolderAreMeant() throws IOException {
        assertMeant(table(path -> of.at(path).toString()));
        assertMeant(table(path -> "./" + path));
        assertMeant(table(path -> "../images/" + path));
        Path link = Files.createSymbolicLink(folder.resolve("link"), of.images());
        assertMeant(table(path -> link.resolve(path).toString()));
    }

    @Test
    void backslashesAreSlashesWhereNoFileIsCalledSo() throws IOException {
        assertMeant(table(path -> path.replace('/', '\\')));
        assertMeant(table(path -> ".\\" + path.replace('/', '\\')));
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\data\\1.png,is a path of another machine",
        "\\\\nas\\share\\1.png,is a path of another machine",
        "https://example.org/1.png,is a web address",
        "/elsewhere/1.png,does not lie in data.dir",
        "../1.png,does not lie in data.dir"
    })
    void pathsThatLeadElsewhereAreRefusedWithTheirLine(String file, String why) throws IOException {
        String out = of.checkTable(table(path -> path) + "\"" + file + "\",cat,train\n");

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("table.csv, line 20: '" + file + "' " + why), out);
    }

    @Test
    void pathsThatAreRelativeToAnotherFolderAreOneSentence() throws IOException {
        String out = of.checkTable(table(path -> "images/" + path));

        assertEquals(4, of.code(), out);
        assertEquals(1, out.lines().filter(line -> line.startsWith("refused")).count(), out);
        assertTrue(out.contains("none of its 18 files is there"), out);
        assertTrue(out.contains("so set data.dir to " + folder), out);
    }

    @Test
    void twoLabelsOfOneFileAreBothNamed() throws IOException {
        String out = of.checkTable(table(path -> path) + of.at("train/cat/0.png") + ",dog,train\n");

        assertEquals(4, of.code(), out);
        assertTrue(
                out.contains("line 20: 'train/cat/0.png' is listed a second time, with label 'dog' and in line "), out);
        assertTrue(out.contains(" with 'cat'"), out);
    }

    @Test
    void twoSplitsOfOneFileAreBothNamed() throws IOException {
        String out = of.checkTable(table(path -> path) + "train/cat/0.png,cat,test\n");

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("in split test and in line ") && out.contains(" in train"), out);
    }

    @Test
    void aLineThatIsRepeatedIsIgnoredAndTold() throws IOException {
        String out =
                of.checkTable(table(path -> path) + "train\\cat\\0.png,cat,Train\ntrain/cat/0.png,cat\u00a0,train\n");

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith(AS_MEANT), out);
        assertTrue(out.contains("ignored: 2 lines of "), out);
    }

    @ParameterizedTest
    @CsvSource({"valid,testing", "Validation,EVAL", "dev,Test"})
    void otherWordsForSplitsAreTakenAndTold(String val, String test) throws IOException {
        String out = of.checkTable(
                table(path -> path).replace(",val\n", "," + val + "\n").replace(",test\n", "," + test + "\n"));

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith(AS_MEANT), out);
        assertTrue(out.contains("in the table is taken for the split val (6 lines)"), out);
    }

    @Test
    void twoWordsForOneSplitAreRefused() throws IOException {
        String out = of.checkTable(table(path -> path).replaceFirst(",val\n", ",valid\n"));

        assertEquals(4, of.code(), out);
        assertTrue(
                out.contains("'val' (line ") && out.contains("'valid' (line ") && out.contains("both mean split val"),
                out);
    }

    @Test
    void valThatIsMissingIsDrawnFromTrain() throws IOException {
        of.drawSplits(30, "train");
        String out = of.checkTable(table(path -> path).replaceAll("(?m)^val/.*\n", ""));

        assertEquals(0, of.code(), out);
        assertTrue(out.contains("assumed: there is no val: "), out);
        assertTrue(out.contains("4 in test"), out);
    }

    @Test
    void labelsThatLookAlikeAreOneClass() throws IOException {
        String out = of.checkTable(table(path -> path)
                .replace("cat,train", "\u00d6l,train")
                .replace("cat,val", "O\u0308l,val")
                .replace("cat,test", "\u00d6l\u00a0,test"));

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith(AS_MEANT), out);
        assertTrue(out.contains("assumed: 1 name of a class is written in several ways"), out);
    }

    @Test
    void aFileIsFoundInTheOtherUnicodeForm() throws IOException {
        of.drawFile(of.at("train/cat/O\u0308l.png"));

        String out = of.checkTable(table(path -> path).replace("O\u0308l.png", "\u00d6l.png"));

        assertEquals(0, of.code(), out);
        assertTrue(out.contains("9 images in train"), out);
        assertFalse(out.contains("missing"), out);
    }

    @Test
    void aLabelOfSpacesIsNone() throws IOException {
        String out = of.checkTable(table(path -> path).replaceFirst(",cat,", ",\u00a0,"));

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("file, label and split must all be given"), out);
    }

    @Test
    void oneLabelAloneIsRefused() throws IOException {
        String out = of.checkTable(table(path -> path).replace(",cat,", ",dog,"));

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("there is one class, 'dog'"), out);
    }

    @ParameterizedTest
    @CsvSource({"'file,class,split','file,class,split'", "'file,label,label,split',two columns are called label"})
    void aHeaderThatIsNotUnderstoodIsShown(String header, String told) throws IOException {
        String out = of.checkTable(table(path -> path).replaceFirst("file,label,split", header));

        assertEquals(4, of.code(), out);
        assertTrue(out.contains(told), out);
    }

    private void assertMeant(String table) throws IOException {
        assertMeant(table.getBytes(StandardCharsets.UTF_8));
    }

    private void assertMeant(byte[] table) throws IOException {
        String out = of.checkTable(table);
        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith(AS_MEANT), out);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"5\" lens, 6\" lens", "\"5 inch, 6 inch\"", "\"a, \"", "good \"x, y\" good"})
    void noLineIsLostByAQuote(String opens, String closes) throws IOException {
        int swallowed = 0;
        for (int place : List.of(0, 1, 2, 3)) {
            for (String[] notes : List.of(new String[] {"ok", opens, "ok", closes}, new String[] {opens, closes})) {
                String out = of.checkTable(notes(place, notes));

                assertTrue(of.code() == 4 ? out.contains(" quote ") : out.startsWith(AS_MEANT), out);
                swallowed +=
                        out.contains(": a quote is opened in the first of these lines and closed in the last") ? 1 : 0;
            }
        }
        assertTrue(swallowed > 0);
    }

    @Test
    void linesBetweenTwoLabelsWithAQuoteAreRefused() throws IOException {
        String out = of.checkTable(
                table(path -> path).replaceFirst("cat,train", "\"cat,train").replaceFirst("dog,train", "dog\",train"));

        assertEquals(4, of.code(), out);
    }

    @Test
    void aNoteOfSeveralLinesIsOneCell() throws IOException {
        for (int place : List.of(0, 1, 2, 3)) {
            String out = of.checkTable(notes(place, "\"sharp, a, b,\nc, not for training\"", "\"a\n\nb\""));

            assertEquals(0, of.code(), out);
            assertTrue(out.startsWith(AS_MEANT), out);
        }
    }

    @ParameterizedTest
    @CsvSource({"file;split;label, ;", "'file,split,label', ','", "'file,label,split', ','"})
    void cellsThatNoColumnHasAreRefused(String header, String separator) throws IOException {
        boolean labelIsLast = header.endsWith("label");
        String text = table(path -> path)
                .replaceAll("(?m)^(.*),(.*),(.*)$", labelIsLast ? "$1,$3,$2" : "$1,$2,$3")
                .replace(",", separator);
        String out = of.checkTable(text.replaceFirst("(?m)^(train.*)$", "$1" + separator + " tame"));

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("line 6: 4 cells, and the header names 3 columns: put what holds '" + separator), out);
        String empty = of.checkTable(text.replaceFirst("(?m)^(train.*)$", "$1" + separator + " " + separator));
        assertEquals(0, of.code(), empty);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 01, data.names.numbers, names that are the same number are taken for different classes: '01' and '1'",
        "1, 1.0, data.names.numbers, names that are the same number are taken for different classes: '1' and '1.0'",
        "cat, nan, data.names.unknown, taken for a class like any other: 'nan': where it means that the label is not known",
        "cat, Unlabeled, data.names.unknown, 'Unlabeled'",
        "cat, #N/A, data.names.unknown, '#N/A'",
        "cat, cat|dog, data.names.several, names made of those of several classes are taken for classes of their own: 'cat|dog'",
        "cat, dog + cat, data.names.several, 'dog + cat'",
        "['cat'], ['cat'; 'dog'], data.names.several, '['cat'; 'dog']'"
    })
    void namesThatMayBeMeantOtherwiseAreTold(String one, String other, String id, String told) throws IOException {
        String text = table(path -> path).replace(",cat,", "," + one + ",");
        String odd = text.replaceAll("/0.png," + Pattern.quote(one), "/0.png," + other);
        String out = of.checkTable(odd);

        assertEquals(0, of.code(), out);
        assertTrue(out.contains("assumed: ") && out.contains(told), out);
        assertFalse(of.checkTable(text).contains("assumed: "), text);
        of.prepare("data.source=csv", "data.file=" + of.writeTable(odd.getBytes(StandardCharsets.UTF_8)));
        assertTrue(ManifestFile.read(of.run().resolve("run.json")).assumptions().stream()
                .anyMatch(assumption -> assumption.id().equals(id)));
    }

    /** The table with a fourth column in some place, which says of the first images what is given and of the others nothing. */
    private String notes(int place, String... notes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : table(path -> path).split("\n")) {
            List<String> cells = new ArrayList<>(List.of(line.split(",")));
            int image = lines.size() - 1;
            cells.add(place, image < 0 ? "note" : image < notes.length ? notes[image] : "");
            lines.add(String.join(",", cells));
        }
        return String.join("\n", lines) + "\n";
    }

    /** A line for each image, with its path as it is to be written. */
    private String table(UnaryOperator<String> written) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,label,split"));
        for (String split : List.of("test", "train", "val")) {
            for (String name : List.of("cat", "dog")) {
                try (var files = Files.list(of.at(split + "/" + name))) {
                    for (Path file : files.sorted().toList()) {
                        String path = split + "/" + name + "/" + file.getFileName();
                        lines.add(written.apply(path) + "," + name + "," + split);
                    }
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
