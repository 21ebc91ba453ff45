package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gazecheck prepare --check}. */
class PrepareCheckTest {
    @TempDir
    private Path folder;

    private int code;
    private String err;

    @Test
    void whatWouldBeUsedIsPrintedAndNothingIsWritten() throws IOException {
        draw("images", 12);
        List<Path> before = everything();

        String out = check();

        assertEquals(0, code, err);
        assertTrue(out.startsWith("used: 2 classes; 12 images in train, 6 in val, 6 in test\n"), out);
        assertTrue(out.contains("used: dog: 6 in train, 3 in val, 3 in test\n"), out);
        assertEquals(before, everything());
    }

    @Test
    void whatWouldBeIgnoredAndRefusedIsPrintedWithTheCodeOfTheRunItself() throws IOException {
        draw("images", 12);
        Files.writeString(folder.resolve("images/val/cat/notes.txt"), "cats");
        Files.writeString(folder.resolve("images/val/cat/9.png"), "no image");

        String out = check();

        assertEquals(4, code, err);
        assertTrue(out.contains("ignored: 1 files"), out);
        assertTrue(out.contains("refused: val/cat/9.png (val): "), out);
        assertEquals(4, execute("prepare", folder.resolve("check.yaml").toString()));
    }

    @Test
    void aFolderThatCannotBeListedIsRefused() throws IOException {
        String out = check();

        assertEquals(4, code, err);
        assertTrue(out.startsWith("refused: data.dir " + folder.resolve("images") + " is not a folder"), out);
    }

    @Test
    void whatIsStillToBeDrawnIsNotDrawn() throws IOException {
        String out = check("data.source=demo");

        assertEquals(0, code, err);
        assertTrue(out.startsWith("used: 960 images would be drawn in "), out);
        assertFalse(Files.exists(folder.resolve("images")));
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.endsWith("check.yaml")).sorted().toList();
        }
    }

    private void draw(String root, int n) throws IOException {
        int number = 0;
        for (String split : List.of("train", "val", "test")) {
            for (String name : List.of("cat", "dog")) {
                Path of = Files.createDirectories(
                        folder.resolve(root).resolve(split).resolve(name));
                for (int i = 0; i < (split.equals("train") ? n / 2 : n / 4); i++) {
                    byte[] rgb = new byte[8 * 8 * 3];
                    rgb[0] = (byte) number++;
                    Files.write(of.resolve(i + ".png"), Png.encode(new RgbImage(8, 8, rgb)));
                }
            }
        }
    }

    private String check(String... settings) throws IOException {
        Files.writeString(
                folder.resolve("check.yaml"),
                "data: {source: folder, dir: '" + folder.resolve("images")
                        + "'}\nmodel: {architecture: demo}\noutput: {dir: '" + folder.resolve("run")
                        + "'}\ncache: {dir: '" + folder.resolve("cache") + "'}\n");
        String[] args = Stream.concat(
                        Stream.of(
                                "prepare",
                                "--check",
                                folder.resolve("check.yaml").toString()),
                        Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        code = Main.execute(new PrintWriter(out), new PrintWriter(errors), args);
        err = errors.toString();
        return out.toString();
    }

    private static int execute(String... args) {
        return Main.execute(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), args);
    }
}
