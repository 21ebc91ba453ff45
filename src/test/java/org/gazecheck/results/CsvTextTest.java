package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=cmd|' /C calc'!A0",
                "+1+1",
                "-1-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uff1d1",
                "'=1",
                "''=1",
                "-image.jpg"
            })
    void whatASpreadsheetWouldComputeStaysText(String text) {
        String written = CsvText.written(text);
        assertEquals("'" + text, written);
        assertEquals(text, CsvText.read(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "rose", "'tis", "'", "''", "a=b", "-0.5", "+3", "-1.0E-5", "-Infinity", "NaN", "12", "1e5"})
    void otherTextAndNumbersStayAsTheyAre(String text) {
        assertEquals(text, CsvText.written(text));
        assertEquals(text, CsvText.read(text));
    }

    @Test
    void classNamesInATableComeBackAndNoLineBeginsAsAFormula() throws IOException {
        Path file = folder.resolve("dataset.csv");
        List<DatasetRow> rows =
                List.of(new DatasetRow("=1.jpg", Split.TRAIN, "=HYPERLINK(\"http://x\",\"y\")", 1, 1, "", "'@x"));
        DatasetFile.write(file, rows);
        assertEquals(rows, DatasetFile.read(file));
        String line = Files.readAllLines(file).get(1);
        assertTrue(line.startsWith("'=1.jpg,train,\"'=HYPERLINK(\"\"http"), line);
    }
}
