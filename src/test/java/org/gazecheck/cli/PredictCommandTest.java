package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.opencsv.CSVReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.Model;
import org.gazecheck.Prediction;
import org.gazecheck.TinyModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path images;

    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    static void export() throws IOException {
        model = TinyModel.export(folder);
        images = folder.resolve("images");
        for (int i = 0; i < 5; i++) {
            TinyModel.image(images.resolve("in/" + i + ".png"), i);
        }
    }

    @Test
    void aTableHasALineForEachImage() throws Exception {
        Outcome outcome = predict(images.toString(), "--top", "2");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("plain softmax"), outcome.err());
        List<String[]> lines = new CSVReader(new StringReader(outcome.out())).readAll();
        assertEquals("path,label_1,probability_1,label_2,probability_2,error", String.join(",", lines.get(0)));
        assertEquals(6, lines.size());
        try (Model loaded = Model.load(model)) {
            for (int i = 0; i < 5; i++) {
                Path image = images.resolve("in/" + i + ".png");
                Prediction expected = loaded.predict(image);
                String[] cells = lines.get(i + 1);
                assertEquals(image.toString(), cells[0]);
                assertEquals(asText(expected.best().name()), cells[1]);
                assertEquals(expected.best().probability(), Float.parseFloat(cells[2]));
                assertEquals(asText(expected.candidates().get(1).name()), cells[3]);
                assertEquals("", cells[5]);
            }
        }
    }

    @Test
    void theBatchChangesNothing() {
        Outcome whole = predict(images.toString(), "--batch", "5");
        Outcome parts = predict(images.toString(), "--batch", "2");
        assertEquals(0, whole.code());
        assertEquals(whole.out(), parts.out());
        assertEquals(2, predict(images.toString(), "--batch", "0").code());
    }

    @Test
    void jsonHasAnObjectALine() throws Exception {
        Outcome outcome = predict(images.resolve("in/3.png").toString(), "--format", "json", "--top", "9");
        JsonNode line = JSON.readTree(outcome.out());
        assertEquals(1, outcome.out().lines().count());
        assertEquals(images.resolve("in/3.png").toString(), line.get("path").asText());
        assertEquals(3, line.get("predictions").size());
        for (JsonNode prediction : line.get("predictions")) {
            assertEquals(
                    TinyModel.CLASSES.get(prediction.get("index").asInt()),
                    prediction.get("label").asText());
        }
    }

    @Test
    void anImageThatCannotBeReadDoesNotStopTheOthers() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
        Path good = images.resolve("in/0.png");
        Path missing = folder.resolve("missing.png");
        List<String> arguments = List.of(missing.toString(), text.toString(), good.toString(), "--quiet");
        Outcome csv = predict(arguments.toArray(String[]::new));
        assertEquals(4, csv.code());
        List<String[]> lines = new CSVReader(new StringReader(csv.out())).readAll();
        assertEquals(4, lines.size());
        assertEquals("no such file or folder", lines.get(1)[7]);
        assertEquals("it is a text file, not an image", lines.get(2)[7]);
        assertEquals("", lines.get(2)[1]);
        assertFalse(lines.get(3)[1].isEmpty());
        assertEquals(
                List.of(
                        missing + ": no such file or folder",
                        text + ": it is a text file, not an image",
                        "gazecheck: 2 of 3 could not be read"),
                csv.err().lines().toList());
        List<String> json = new ArrayList<>(arguments);
        json.addAll(List.of("--format", "json"));
        String first =
                predict(json.toArray(String[]::new)).out().lines().findFirst().orElseThrow();
        assertEquals("no such file or folder", JSON.readTree(first).get("error").asText());
    }

    @Test
    void aFileHoldsTheSameLines() throws Exception {
        Path file = folder.resolve("made/labels.csv");
        Outcome outcome = predict(images.toString(), "--out", file.toString());
        assertEquals("", outcome.out());
        assertEquals(predict(images.toString()).out(), Files.readString(file));
    }

    @Test
    void whenItsReaderIsGoneTheWorkEnds() {
        PrintWriter gone = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        StringWriter err = new StringWriter();
        int code = Main.execute(
                gone, new PrintWriter(err), "predict", images.toString(), "--model", model.toString(), "--quiet");
        assertEquals(1, code);
        assertTrue(err.toString().contains("standard output cannot be written to"), err.toString());
    }

    private static Outcome predict(String... arguments) {
        List<String> line = new ArrayList<>(List.of("predict", "--model", model.toString()));
        line.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** One of the classes is called as a formula. */
    private static String asText(String name) {
        return name.equals("=1+1") ? "'=1+1" : name;
    }
}
