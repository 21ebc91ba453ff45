package org.gazecheck.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;

/** Drawn images in folders, and what {@code gazecheck prepare --check} says of them. */
final class CheckedImages {
    private final Path folder;
    private int drawn;
    private int code;

    CheckedImages(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(images());
    }

    Path images() {
        return folder.resolve("images");
    }

    Path at(String path) {
        return images().resolve(path);
    }

    /** Several images, all different, in a folder below. */
    void draw(String path, int n) throws IOException {
        Path of = Files.createDirectories(at(path));
        for (int i = 0; i < n; i++) {
            drawFile(of.resolve(i + ".png"));
        }
    }

    void drawFile(Path file) throws IOException {
        byte[] rgb = new byte[8 * 8 * 3];
        rgb[0] = (byte) drawn;
        rgb[1] = (byte) (drawn++ >> 8);
        Files.createDirectories(file.getParent());
        Files.write(file, Png.encode(new RgbImage(8, 8, rgb)));
    }

    /** Classes cat and dog in each split. */
    void drawSplits(int n, String... splits) throws IOException {
        for (String split : splits) {
            for (String name : List.of("cat", "dog")) {
                draw(split + "/" + name, n);
            }
        }
    }

    Path writeTable(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("table.csv"), bytes);
    }

    String check(String... settings) throws IOException {
        return execute(List.of("prepare", "--check"), settings);
    }

    /** What is printed; on failure what is printed of it. */
    private String execute(List<String> command, String... settings) throws IOException {
        Path yaml = folder.resolve("check.yaml");
        Files.writeString(
                yaml,
                "data: {source: folder, dir: '" + images() + "'}\nmodel: {architecture: demo}\noutput: {dir: '"
                        + folder.resolve("run") + "'}\ncache: {dir: '" + folder.resolve("cache") + "'}\n");
        String[] args = Stream.of(
                        command.stream(),
                        Stream.of(yaml.toString()),
                        Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                .flatMap(part -> part)
                .toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        code = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return code == 0 || command.contains("--check") ? out.toString() : err.toString();
    }

    String checkTable(String text, String... settings) throws IOException {
        return checkTable(text.getBytes(StandardCharsets.UTF_8), settings);
    }

    String checkTable(byte[] bytes, String... settings) throws IOException {
        Path table = writeTable(bytes);
        return check(Stream.concat(Stream.of("data.source=csv", "data.file=" + table), Stream.of(settings))
                .toArray(String[]::new));
    }

    /** Does it. */
    String prepare(String... settings) throws IOException {
        return execute(List.of("prepare"), settings);
    }

    Path run() {
        return folder.resolve("run");
    }

    int code() {
        return code;
    }
}
