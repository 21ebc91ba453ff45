package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.WebpFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files count as images, and what is told of the others. */
class ImageFilesCheckTest {
    @TempDir
    private Path folder;

    private int code;
    private int drawn;

    @BeforeEach
    void draw() throws IOException {
        for (String split : List.of("train", "val", "test")) {
            for (String name : List.of("cat", "dog")) {
                for (int i = 0; i < 4; i++) {
                    put(split + "/" + name + "/" + i + ".jpg", Jpeg.encode(image(), 0.9f));
                }
            }
        }
    }

    @Test
    void contentDecidesNotTheName() throws IOException {
        put("train/cat/a.webp", WebpFiles.of(image(), 80));
        put("train/cat/b.jpg", WebpFiles.of(image(), WebpFiles.LOSSLESS));
        put("train/cat/IMG_1", Jpeg.encode(image(), 0.9f));
        put("train/cat/c.dat", Png.encode(image()));
        put("train/dog/d.jpeg_large", Jpeg.encode(image(), 0.9f));

        String out = check();

        assertEquals(0, code, out);
        assertTrue(out.contains("used: 2 classes; 13 images in train"), out);
        assertTrue(out.contains("used: 26 JPEG images: 13 cat, 13 dog\n"), out);
        assertTrue(out.contains("used: 2 WebP images: 2 cat\n"), out);
        assertTrue(out.contains("used: 1 PNG images: 1 cat\n"), out);
        assertFalse(out.contains("ignored"), out);
    }

    @ParameterizedTest
    @CsvSource({
        "AVIF, ftypavif, a.avif",
        "HEIC, ftypheic, IMG_7.HEIC",
        "HEIC, ftypheic, IMG_7.jpg",
        "AVIF, ftypavif, noname"
    })
    void imagesOfFormatsThatAreNotReadAreRefusedByFormatAndClass(String format, String brand, String name)
            throws IOException {
        for (int i = 0; i < 3; i++) {
            put("train/cat/" + i + "x" + name, bytes("\0\0\0\u0018" + brand + "\0\0\0\0mif1miaf" + i));
        }

        String out = check();

        assertEquals(4, code, out);
        assertTrue(
                out.contains("refused: 3 " + format + " images of class 'cat' cannot be read (train/cat/0x" + name),
                out);
        assertTrue(out.contains("convert them to PNG or JPEG"), out);
        out = check("data.invalid=leaveOut");
        assertEquals(0, code, out);
        assertTrue(out.contains("warning: 3 invalid images are left out: 3 " + format + " images of class 'cat'"), out);
    }

    @Test
    void everyFormatIsToldByItsName() throws IOException {
        put("train/cat/a.svg", bytes("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"));
        put("train/cat/b.psd", bytes("8BPS\0\u0001"));
        put("train/cat/c.jxl", bytes("\u00ff\n\u00fa\0\0"));
        put("train/cat/d.jp2", bytes("\0\0\0\fjP  \r\n\u0087\n"));
        put("train/cat/e.nef", bytes("MM\0*\0\0\0\b\0\0\0\0\0\0"));
        put("train/cat/f.cr2", bytes("II*\0\u0010\0\0\0CR\u0002\0"));

        String out = check();

        assertEquals(4, code, out);
        for (String format : List.of("1 SVG", "1 PSD", "1 JPEG XL", "1 JPEG 2000", "2 RAW")) {
            assertTrue(
                    out.contains("refused: " + format + " images of class 'cat' cannot be read"), format + ": " + out);
        }
    }

    @Test
    void anUnreadableImageBesideAReadableOneOfTheSameNameIsIgnoredAndCounted() throws IOException {
        put("train/cat/0.CR2", bytes("II*\0\u0010\0\0\0CR\u0002\0"));
        put("train/cat/1.heic", bytes("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"));

        String out = check();

        assertEquals(0, code, out);
        assertTrue(
                out.contains(
                        "ignored: 2 images of formats that are not read lie beside readable ones of the same name"),
                out);
    }

    @Test
    void filesThatAreNoImagesAreCountedByKind() throws IOException {
        put("train/cat/notes.txt", bytes("cats"));
        put("train/cat/readme.md", bytes("# cats"));
        put("train/dog/paper.pdf", bytes("%PDF-1.4"));
        put("train/dog/clip.mov", bytes("\0\0\0\u0014ftypqt  \0\0\0\0"));
        put("train/dog/notes.doc", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0});

        String out = check();

        assertEquals(0, code, out);
        assertTrue(
                out.contains("ignored: 5 files are no images, or belong to no class, and are ignored: "
                        + "2 text, 1 PDF, 1 other, 1 video (train/cat/notes.txt, ...)"),
                out);
    }

    @Test
    void aFormatThatGoesWithAClassIsAWarning() throws IOException {
        for (int i = 0; i < 14; i++) {
            put("train/cat/w" + i + ".webp", WebpFiles.of(image(), 80));
        }

        String out = check();

        assertTrue(out.contains("warning: 14 of 26 images of class 'cat' are WebP, and 0 of 12 of the others"), out);
    }

    @Test
    void aDamagedImageIsRefusedByItsName() throws IOException {
        byte[] jpeg = Jpeg.encode(image(), 0.9f);
        byte[] extra = new byte[jpeg.length + 5];
        System.arraycopy(jpeg, 0, extra, 0, jpeg.length - 2);
        System.arraycopy(new byte[] {1, 2, 3, 4, 5, -1, (byte) 0xd9}, 0, extra, jpeg.length - 2, 7);
        put("train/cat/damaged.jpg", extra);

        String out = check();

        assertEquals(4, code, out);
        assertTrue(out.contains("refused: train/cat/damaged.jpg (train): damaged"), out);
    }

    private RgbImage image() {
        byte[] rgb = new byte[16 * 16 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 + drawn * 13);
        }
        drawn++;
        return new RgbImage(16, 16, rgb);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void put(String path, byte[] content) throws IOException {
        Path file = folder.resolve("images").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
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
        return out + errors.toString();
    }
}
