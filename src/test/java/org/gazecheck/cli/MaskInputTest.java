package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gazecheck prepare --check} over folders of masks; the object is a square that covers a quarter of each image. */
class MaskInputTest {
    private static final int SIZE = 24;
    private static final List<String> PATHS = paths();

    @TempDir
    private Path folder;

    private int code;

    @BeforeEach
    void images() throws IOException {
        int number = 0;
        for (String path : PATHS) {
            byte[] rgb = new byte[SIZE * SIZE * 3];
            rgb[0] = (byte) number++;
            write(folder.resolve("images/" + path + ".png"), Png.encode(new RgbImage(SIZE, SIZE, rgb)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 254, 255})
    void theOneValueBesideZeroIsTheObject(int value) throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? value : 0));
        assumed("0 is background and " + value + " the object");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 65535})
    void soItIsWithSixteenBits(int value) throws IOException {
        masks(path -> image(BufferedImage.TYPE_USHORT_GRAY, (x, y) -> square(x, y) ? value : 0));
        assumed("0 is background and " + value + " the object");
    }

    @Test
    void soItIsWithOneBitBesideEightBits() throws IOException {
        masks(path -> path.startsWith("train")
                ? image(BufferedImage.TYPE_BYTE_BINARY, (x, y) -> square(x, y) ? 1 : 0)
                : grey((x, y) -> square(x, y) ? 255 : 0));
        assumed("the object covers 25.0 % of the images and 0.0 % of their borders");
    }

    @Test
    void placesInAPaletteOtherThanTheFirstAreTheObjectAndTheLastIsNeither() throws IOException {
        masks(path -> palette(0x000000, (x, y) -> y < 2 ? 255 : square(x, y) ? 1 + x % 2 * 14 : 0));
        assumed("place 0 is background, 255 neither object nor background, and all others (1, 15) object; the object"
                + " covers 27.3 % of the images");
    }

    @Test
    void aPaletteOfGreysIsReadByItsGreys() throws IOException {
        masks(path -> {
            byte[] greys = {(byte) 255, 0};
            IndexColorModel inverted = new IndexColorModel(8, 2, greys, greys, greys);
            BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_INDEXED, inverted);
            return filled(image, (x, y) -> square(x, y) ? 0 : 1);
        });
        assumed("0 is background and 255 the object; the object covers 25.0 %");
    }

    @Test
    void aPaletteWhoseFirstPlaceMayBeTheObjectIsRefused() throws IOException {
        masks(path -> palette(0x800000, (x, y) -> square(x, y) ? 0 : 3));
        refused("place 0 of the masks' palettes is not black (#800000 (in test/cat/0.png)) and another place is");
    }

    @Test
    void softEdgesAreCutAtOneHalf() throws IOException {
        masks(path -> grey((x, y) -> soft(x, y, 255)));
        assumed("values from 128 on are object (those between the ends are soft edges); the object covers 25.0 %");
    }

    @ParameterizedTest
    @CsvSource({"255, 128", "65535, 32768"})
    void soTheyAreWithSixteenBits(int top, int from) throws IOException {
        masks(path -> image(BufferedImage.TYPE_USHORT_GRAY, (x, y) -> soft(x, y, top)));
        assumed("values from " + from + " on are object");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 2, '1 (in test/cat/0.png), 2 (in test/cat/0.png), 3 (in test/cat/0.png) and nowhere the value 0'",
        "0, 255, 128, 'the values 0, 128 (in test/cat/0.png), 255 (in test/cat/0.png)'",
        "0, 2, 1, 'the values 0, 1 (in test/cat/0.png), 2 (in test/cat/0.png)'",
        "0, 255, 1, 'the values 0, 1 (in test/cat/0.png), 255 (in test/cat/0.png)'",
        "255, 254, 253, 'and nowhere the value 0'"
    })
    void trimapsAndNumberedObjectsAreRefused(int background, int object, int third, String told) throws IOException {
        masks(path -> grey((x, y) -> y > 19 ? third : square(x, y) ? object : background));
        refused(told);
    }

    @Test
    void masksThatDifferInTheirValuesAreRefusedWithOneOfEach() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? path.contains("dog") ? 1 : 255 : 0));
        refused("0, 1 (in test/dog/0.png), 255 (in test/cat/0.png)");
    }

    @Test
    void soAreMasksOfSeveralKinds() throws IOException {
        masks(path -> path.contains("dog")
                ? palette(0x000000, (x, y) -> square(x, y) ? 1 : 0)
                : grey((x, y) -> square(x, y) ? 255 : 0));
        refused("several kinds: grey values (test/cat/0.png), a palette (test/dog/0.png)");
    }

    @Test
    void masksInTheAlphaChannelAreRead() throws IOException {
        masks(path -> image(BufferedImage.TYPE_INT_ARGB, (x, y) -> square(x, y) ? 0xffff0000 : 0));
        assumed("0 is background and 255 the object of the alpha channel; the object covers 25.0 %");
    }

    @Test
    void anOpaqueAlphaChannelSaysNothing() throws IOException {
        masks(path -> image(BufferedImage.TYPE_INT_ARGB, (x, y) -> square(x, y) ? 0xffffffff : 0xff000000));
        assumed("0 is background and 255 the object; the object covers 25.0 %");
    }

    @Test
    void coloursAndAnAlphaChannelThatBothVaryAreRefused() throws IOException {
        masks(path -> image(BufferedImage.TYPE_INT_ARGB, (x, y) -> square(x, y) ? 0xffffffff : x < 3 ? 0 : 0xff000000));
        refused("both its colours and its alpha channel vary");
    }

    @Test
    void oneColourBesideBlackIsTheObjectAndMoreAreRefused() throws IOException {
        masks(path -> image(BufferedImage.TYPE_INT_RGB, (x, y) -> square(x, y) ? 0x800000 : 0));
        assumed("black is background and #800000 the object; the object covers 25.0 %");
        masks(path -> image(BufferedImage.TYPE_INT_RGB, (x, y) -> square(x, y) ? 0x800000 : x < 3 ? 0xe0e0c0 : 0));
        refused("more than one colour beside black: #000000 (in test/cat/0.png), #800000 (in test/cat/0.png), #e0e0c0");
    }

    @Test
    void aJpegIsReadInSpiteOfItsRinging() throws IOException {
        for (String path : PATHS) {
            write(folder, "masks/" + path + ".jpg", "jpg", grey((x, y) -> square(x, y) ? 255 : 0));
        }
        assumed("the object covers 25.0 % of the images");
    }

    @Test
    void oneEmptyMaskIsToldAndOnlyEmptyOnesAreRefused() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) && !path.equals("val/cat/1") ? 255 : 0));
        String out = check();
        assertEquals(0, code, out);
        assertTrue(out.contains("warning: 1 of 16 masks mark nothing"), out);
        masks(path -> grey((x, y) -> 0));
        refused("no mask marks an object: all 16 hold background alone");
    }

    @Test
    void masksThatMarkTheBackgroundAreToldByTheBorders() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 0 : 255));
        String out = check();
        assertEquals(0, code, out);
        assertTrue(out.contains("warning: masks cover 100.0 % of the images' borders"), out);
    }

    @ParameterizedTest
    @CsvSource({"val/cat/1, 1", "val/, 4"})
    void someMasksOfTheBackgroundAmongOthersAreTold(String inverted, int count) throws IOException {
        masks(path -> grey((x, y) -> square(x, y) != path.startsWith(inverted) ? 255 : 0));
        String out = check();
        assertEquals(0, code, out);
        assertTrue(
                out.contains("warning: " + count
                        + " of 16 masks cover the border of their image and leave out some of the inside"),
                out);
    }

    @Test
    void someMasksOfTheBackgroundAreToldInPalettesToo() throws IOException {
        masks(path -> palette(0, (x, y) -> square(x, y) != path.startsWith("test/dog") ? 1 : 0));
        assertTrue(check().contains("warning: 2 of 16 masks cover the border"), check());
    }

    @Test
    void masksThatMarkTheWholeImageAreToldAndNotTakenForMasksOfTheBackground() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) || path.startsWith("val/cat") ? 255 : 0));
        String out = check();
        assertEquals(0, code, out);
        assertTrue(out.contains("warning: 2 of 16 masks mark the whole image"), out);
        assertFalse(out.contains("cover the border"), out);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 8})
    void masksOfTurnedImagesAreTakenToBeUprightAndThatIsTold(int orientation) throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 255 : 0));
        assertFalse(check().contains("upright"), check());
        for (String path : List.of("val/cat/0", "test/dog/1")) {
            turn(folder.resolve("images/" + path + ".png"), orientation);
        }
        assumed(
                "2 masks are of images that are stored turned (EXIF orientation), and are taken to be upright (test/dog/1.png)");
    }

    @Test
    void masksAsWideAsTurnedImagesAreHighAreRefusedWithTheReason() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 255 : 0));
        Path image = folder.resolve("images/val/cat/0.png");
        Files.write(image, Png.encode(new RgbImage(SIZE, SIZE + 8, new byte[SIZE * (SIZE + 8) * 3])));
        turn(image, 6);
        masks(path -> path.equals("val/cat/0")
                ? filled(
                        new BufferedImage(SIZE, SIZE + 8, BufferedImage.TYPE_BYTE_GRAY),
                        (x, y) -> square(x, y) ? 255 : 0)
                : grey((x, y) -> square(x, y) ? 255 : 0));
        refused("its mask has 24x32 pixels, the image 32x24, turned upright: ");
    }

    /** Puts an eXIf chunk behind the header of a PNG. */
    private static void turn(Path png, int orientation) throws IOException {
        byte[] chunk = {
            'e',
            'X',
            'I',
            'f',
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        CRC32 sum = new CRC32();
        sum.update(chunk);
        byte[] file = Files.readAllBytes(png);
        int header = 33;
        Files.write(
                png,
                ByteBuffer.allocate(file.length + chunk.length + 8)
                        .put(file, 0, header)
                        .putInt(chunk.length - 4)
                        .put(chunk)
                        .putInt((int) sum.getValue())
                        .put(file, header, file.length - header)
                        .array());
    }

    @Test
    void masksOfAnotherSizeAreScaledWhereTheirSidesAreAlike() throws IOException {
        masks(path -> filled(
                new BufferedImage(2 * SIZE, 2 * SIZE, BufferedImage.TYPE_BYTE_GRAY),
                (x, y) -> square(x / 2, y / 2) ? 255 : 0));
        assumed(
                "16 masks are of another size than their images and are scaled (test/cat/0.png 48x48, its image 24x24)");
        masks(path -> filled(
                new BufferedImage(SIZE, 2 * SIZE, BufferedImage.TYPE_BYTE_GRAY), (x, y) -> square(x, y) ? 255 : 0));
        refused("its mask has 24x48 pixels, the image 24x24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s_mask.png", "%s.png.png", "%s_seg.PNG", "%s.png_mask.png", "%s-GT.bmp"})
    void masksMayAllHaveOneAddition(String naming) throws IOException {
        for (String path : PATHS) {
            String name = String.format(Locale.ROOT, naming, path);
            String format = name.endsWith("bmp") ? "bmp" : "png";
            write(folder, "masks/" + name, format, grey((x, y) -> square(x, y) ? 255 : 0));
        }
        assumed("masks are named after their images with something added");
    }

    @Test
    void masksNamedInSeveralWaysAreRefused() throws IOException {
        for (String path : PATHS) {
            String added = path.contains("cat") ? "_mask" : "_seg";
            write(folder, "masks/" + path + added + ".png", "png", grey((x, y) -> square(x, y) ? 255 : 0));
        }
        refused("named in 2 ways (test/cat/0_mask.png, test/dog/0_seg.png)");
    }

    @Test
    void imagesWithoutAMaskStopTheRunUnlessTheSettingSaysOtherwise() throws IOException {
        for (String path : PATHS) {
            String added = path.equals("test/cat/0") || !path.startsWith("test") ? "" : "_mask";
            write(folder, "masks/" + path + added + ".png", "png", grey((x, y) -> square(x, y) ? 255 : 0));
        }
        refused("3 of 4 images of test have no mask in data.masks (such as test/cat/1.png, whose mask would be"
                + " test/cat/1.png)");
        assertTrue(check().contains("ignored: 3 files in data.masks belong to no image by their names"));
        for (String setting : List.of("estimate", "leaveOut")) {
            String out = check("data.missingMasks=" + setting);
            assertEquals(0, code, out);
            assertTrue(out.contains("warning: 3 of 4 images of test have no mask"), out);
        }
    }

    @Test
    void trainMayHaveNoMasks() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 255 : 0), "train");
        String out = check();
        assertEquals(0, code, out);
        assertTrue(out.contains("warning: 8 of 8 images of train have no mask"), out);
    }

    @Test
    void masksOfImagesThatDoNotExistAreTold() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 255 : 0));
        write(folder, "masks/test/cat/17.png", "png", grey((x, y) -> 0));
        Files.writeString(folder.resolve("masks/notes.txt"), "drawn by hand");
        String out = check();
        assertEquals(0, code, out);
        assertTrue(out.contains("ignored: 1 files in data.masks belong to no image by their names"), out);
        assertTrue(out.contains("ignored: 1 files in data.masks are not images by their names"), out);
    }

    @Test
    void twoMasksOfOneImageAreRefused() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 255 : 0));
        write(folder, "masks/test/cat/1.jpg", "jpg", grey((x, y) -> 0));
        refused("test/cat/1.png has 2 masks (test/cat/1.jpg, test/cat/1.png): keep one");
    }

    @Test
    void aMaskThatCouldBeThatOfTwoImagesIsRefused() throws IOException {
        masks(path -> grey((x, y) -> square(x, y) ? 255 : 0));
        write(folder, "images/test/cat/1.jpg", "jpg", grey((x, y) -> 9));
        refused("test/cat/1.png could be the mask of test/cat/1.jpg and of test/cat/1.png");
    }

    @Test
    void aFolderThatHoldsNoMaskOfAnyImageIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("masks"));
        refused(
                "holds no mask of any image: one of train/cat/0.png is expected as train/cat/0.png; the folder is empty");
        write(folder, "masks/m1.png", "png", grey((x, y) -> 0));
        refused("is expected as train/cat/0.png; there is m1.png");
    }

    private interface Drawing {
        BufferedImage of(String path) throws IOException;
    }

    private void masks(Drawing drawing, String... without) throws IOException {
        for (String path : PATHS) {
            if (Stream.of(without).noneMatch(path::startsWith)) {
                write(folder, "masks/" + path + ".png", "png", drawing.of(path));
            }
        }
    }

    /** 8 of train, 4 of val and 4 of test, of two classes, without ending. */
    private static List<String> paths() {
        return Stream.of("test 2", "train 4", "val 2")
                .map(split -> split.split(" "))
                .flatMap(split -> Stream.of("cat", "dog").flatMap(name -> IntStream.range(0, Integer.parseInt(split[1]))
                        .mapToObj(i -> split[0] + "/" + name + "/" + i)))
                .toList();
    }

    private static boolean square(int x, int y) {
        return x >= 6 && x < 18 && y >= 6 && y < 18;
    }

    /** A square with a frame of one pixel inside that is just object, and one outside that is just not. */
    private static int soft(int x, int y, int top) {
        boolean inner = x >= 7 && x < 17 && y >= 7 && y < 17;
        boolean outer = x >= 5 && x < 19 && y >= 5 && y < 19;
        return inner ? top : square(x, y) ? top * 6 / 10 : outer ? top * 3 / 10 : 0;
    }

    private static BufferedImage grey(IntBinaryOperator value) {
        return image(BufferedImage.TYPE_BYTE_GRAY, value);
    }

    private static BufferedImage image(int type, IntBinaryOperator value) {
        return filled(new BufferedImage(SIZE, SIZE, type), value);
    }

    /** A palette of 256 colours, the others dark red; place 3 is black. */
    private static BufferedImage palette(int first, IntBinaryOperator value) {
        int[] colours = new int[256];
        Arrays.fill(colours, 0x800000);
        colours[0] = first;
        colours[3] = 0;
        IndexColorModel model = new IndexColorModel(8, 256, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
        return filled(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_INDEXED, model), value);
    }

    /** Sets stored values, of images with colours these. */
    private static BufferedImage filled(BufferedImage image, IntBinaryOperator value) {
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (raster.getNumBands() > 1) {
                    image.setRGB(x, y, value.applyAsInt(x, y));
                } else {
                    raster.setSample(x, y, 0, value.applyAsInt(x, y));
                }
            }
        }
        return image;
    }

    private static void write(Path folder, String path, String format, BufferedImage image) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, format, file.toFile()), path);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void assumed(String text) throws IOException {
        String out = check();
        assertEquals(0, code, out);
        assertTrue(out.lines().anyMatch(line -> line.startsWith("assumed: ") && line.contains(text)), out);
        assertFalse(out.contains("refused: "), out);
    }

    private void refused(String text) throws IOException {
        String out = check();
        assertEquals(4, code, out);
        assertTrue(out.lines().anyMatch(line -> line.startsWith("refused: ") && line.contains(text)), out);
    }

    private String check(String... settings) throws IOException {
        Path yaml = folder.resolve("check.yaml");
        Files.writeString(
                yaml,
                "data: {source: folder, dir: '" + folder.resolve("images") + "', masks: '" + folder.resolve("masks")
                        + "'}\nmodel: {architecture: demo}\noutput: {dir: '" + folder.resolve("run")
                        + "'}\ncache: {dir: '" + folder.resolve("cache") + "'}\n");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = Stream.concat(
                        Stream.of("prepare", "--check", yaml.toString()),
                        Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
        code = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return out + err.toString();
    }
}
