package org.gazecheck.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.ReferenceData;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.DataSettings;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

class PreparationTest {
    @TempDir
    private Path work;

    @Test
    void everythingThatIsWrongIsToldInOneGo() throws Exception {
        Path images = classes("rose", "daisy");
        Files.writeString(images.resolve("rose/text.jpg"), "no image");
        byte[] jpeg = Jpeg.encode(image(99), 0.9f);
        Files.write(images.resolve("daisy/cut.jpg"), Arrays.copyOf(jpeg, jpeg.length - 200));
        Files.createDirectory(images.resolve("empty"));
        DataException e = assertThrows(DataException.class, () -> prepare("folder", images));
        String told = e.getMessage();
        assertTrue(told.contains("rose/text.jpg") && told.contains("text file"), told);
        assertTrue(told.contains("daisy/cut.jpg") && told.contains("truncated"), told);
        assertTrue(told.contains("class folder 'empty' holds no image"), told);
    }

    @Test
    void invalidImagesCanBeLeftOutAndAreCounted() throws Exception {
        Path images = classes("rose", "daisy");
        Files.writeString(images.resolve("rose/text.jpg"), "no image");
        Prepared prepared = prepare("folder", images, "data.invalid=leaveOut");
        assertEquals(40, prepared.dataset().items().size());
        assertEquals(41, prepared.rows().size());
        assertTrue(prepared.warnings().stream().anyMatch(w -> w.startsWith("1 invalid images are left out")));
    }

    @Test
    void theSplitOfAnImageStaysWhateverIsAdded() throws Exception {
        Path images = classes("rose", "daisy");
        Map<String, Split> before = splits(prepare("folder", images));
        for (int i = 0; i < 10; i++) {
            Files.write(images.resolve("rose/a-new" + i + ".png"), Png.encode(image(1000 + i)));
        }
        Map<String, Split> after = splits(prepare("folder", images));
        before.forEach((path, split) -> assertEquals(split, after.get(path), path));
        assertEquals(50, after.size());
        assertTrue(before.values().containsAll(List.of(Split.TRAIN, Split.VAL, Split.TEST)));
        assertFalse(before.equals(splits(prepare("folder", images, "seed=2"))));
    }

    @Test
    void splitsOfAFolderAreTakenAndAClassBesideThemIsRefused() throws Exception {
        Path images = work.resolve("split");
        for (Split split : Split.GIVEN) {
            for (String name : List.of("rose", "daisy")) {
                Path of = Files.createDirectories(images.resolve(split.text()).resolve(name));
                Files.write(of.resolve("1.png"), Png.encode(image(split.ordinal() + 10 * name.length())));
            }
        }
        assertEquals(Split.VAL, splits(prepare("folder", images)).get("val/rose/1.png"));
        Files.createDirectory(images.resolve("tulip"));
        Files.write(images.resolve("tulip/1.png"), Png.encode(image(7)));
        DataException e = assertThrows(DataException.class, () -> listing("folder", images));
        assertTrue(e.getMessage().contains("'tulip' beside 'test', 'train', 'val' holds images"), e.getMessage());
    }

    @Test
    void theSameBytesInTwoSplitsAreAWarning() throws Exception {
        Path images = work.resolve("same");
        for (Split split : Split.GIVEN) {
            Files.createDirectories(images.resolve(split.text() + "/rose"));
            Files.write(images.resolve(split.text() + "/rose/1.png"), Png.encode(image(split == Split.VAL ? 1 : 2)));
            Files.createDirectories(images.resolve(split.text() + "/daisy"));
            Files.write(images.resolve(split.text() + "/daisy/1.png"), Png.encode(image(3 + split.ordinal())));
        }
        List<String> warnings = prepare("folder", images).warnings();
        assertTrue(
                warnings.stream()
                        .anyMatch(w -> w.contains("same bytes are in two splits")
                                && w.contains("train/rose/1.png")
                                && w.contains("test/rose/1.png")),
                warnings.toString());
    }

    @Test
    void aMaskMustFitItsImage() throws Exception {
        Path images = classes("rose", "daisy");
        Path masks = Files.createDirectories(work.resolve("masks/rose")).getParent();
        Files.write(masks.resolve("rose/0.png"), Png.encode(new RgbImage(3, 5, new byte[45])));
        DataException e = assertThrows(DataException.class, () -> prepare("folder", images, "data.masks=" + masks));
        assertTrue(e.getMessage().contains("its mask has 3x5 pixels, the image 24x20"), e.getMessage());
    }

    @Test
    void aMaskIsFoundInTheOtherUnicodeForm() throws Exception {
        Path images = classes("r\u00f6se", "daisy");
        Path masks = Files.createDirectories(work.resolve("masks/ro\u0308se")).getParent();
        Files.write(masks.resolve("ro\u0308se/0.png"), Png.encode(new RgbImage(3, 5, new byte[45])));
        DataException e = assertThrows(DataException.class, () -> prepare("folder", images, "data.masks=" + masks));
        assertTrue(e.getMessage().contains("its mask has 3x5 pixels, the image 24x20"), e.getMessage());
    }

    @Test
    void mistakesOfATableAreToldWithTheirLines() throws Exception {
        Path images = classes("rose", "daisy");
        Path table = work.resolve("table.csv");
        Files.writeString(
                table,
                "file,label,split\nrose/0.png,rose,train\nrose/1.png,rose,tset\n../secret.png,rose,train\n"
                        + "rose/0.png,rose,val\nrose/gone.png,rose,test\n");
        DataException e = assertThrows(DataException.class, () -> prepare("csv", images, "data.file=" + table));
        String told = e.getMessage();
        assertTrue(told.contains("line 3: split 'tset' must be train, val, test or new"), told);
        assertTrue(told.contains("line 4: '../secret.png' does not lie in data.dir"), told);
        assertTrue(told.contains("line 5: 'rose/0.png' is listed a second time"), told);
        assertTrue(told.contains("rose/gone.png (test): missing"), told);
    }

    @Test
    void theDemoIsDrawnFromItsSeedAndTouchesNoOtherFolder() throws Exception {
        String[] small = {"data.drawn.train=2", "data.drawn.val=1", "data.drawn.test=1", "data.drawn.size=48"};
        Prepared first = prepare("demo", work.resolve("demo1"), small);
        Prepared second = prepare("demo", work.resolve("demo2"), small);
        assertEquals(
                first.rows().stream().map(DatasetRow::sha256).toList(),
                second.rows().stream().map(DatasetRow::sha256).toList());
        assertEquals(32, first.dataset().items().size());
        assertTrue(first.dataset().items().stream().allMatch(item -> item.mask().isPresent()));
        Path unrelated = Files.createDirectory(work.resolve("mine"));
        Files.writeString(unrelated.resolve("thesis.txt"), "precious");
        DataException e = assertThrows(DataException.class, () -> prepare("demo", unrelated, small));
        assertTrue(e.getMessage().contains("did not draw"), e.getMessage());
        assertEquals("precious", Files.readString(unrelated.resolve("thesis.txt")));
    }

    @Test
    @Tag("reference")
    void theOfficialFilesGiveTheOfficialSplits() throws Exception {
        Path flowers = ReferenceData.path("flowers102");
        Dataset dataset = Datasets.of(
                prepare("flowers102", flowers, "data.allowMissing=[test]").rows(),
                Flowers102Source.classNames(),
                GivenMasks.NONE,
                ImageLoader.of(configuration("flowers102", flowers).data()));
        assertEquals(1020, dataset.of(Split.TRAIN).size());
        assertEquals(1020, dataset.of(Split.VAL).size());
        assertEquals(2087, dataset.of(Split.TEST).size());
        assertEquals(Files.readAllLines(flowers.resolve("class_names.txt")), Flowers102Source.classNames());
        DataException e = assertThrows(DataException.class, () -> prepare("flowers102", flowers));
        assertEquals(4062, e.problems().size());
    }

    @Test
    @Tag("reference")
    void aLabelOf103AndAWrongChecksumAreTold() throws Exception {
        Path flowers = Files.createDirectories(work.resolve("flowers/jpg")).getParent();
        Files.copy(ReferenceData.path("flowers102/setid.mat"), flowers.resolve("setid.mat"));
        Matrix labels = Mat5.newMatrix(1, 8189);
        for (int i = 0; i < 8189; i++) {
            labels.setInt(i, i == 4999 ? 103 : i % 102 + 1);
        }
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("labels", labels),
                flowers.resolve("imagelabels.mat").toFile());
        DataException e = assertThrows(DataException.class, () -> prepare("flowers102", flowers));
        List<String> told = e.problems();
        assertTrue(told.stream().anyMatch(p -> p.contains("imagelabels.mat is not the published file: MD5")));
        assertTrue(told.contains("jpg/image_05000.jpg (train): label 103 is out of range 1..102")
                || told.contains("jpg/image_05000.jpg (val): label 103 is out of range 1..102")
                || told.contains("jpg/image_05000.jpg (test): label 103 is out of range 1..102"));
    }

    @Test
    void classNamesAreRead() throws IOException {
        assertEquals(102, Flowers102Source.classNames().size());
        assertArrayEquals(
                new String[] {"pink primrose", "hard-leaved pocket orchid"},
                Flowers102Source.classNames().subList(0, 2).toArray());
    }

    private Path classes(String... names) throws IOException {
        Path images = work.resolve("images");
        for (int c = 0; c < names.length; c++) {
            Path folder = Files.createDirectories(images.resolve(names[c]));
            for (int i = 0; i < 20; i++) {
                Files.write(folder.resolve(i + ".png"), Png.encode(image(100 * c + i)));
            }
        }
        return images;
    }

    private static RgbImage image(int number) {
        byte[] rgb = new byte[24 * 20 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (number * 31 + i * (1 + number % 7));
        }
        return new RgbImage(24, 20, rgb);
    }

    private static Map<String, Split> splits(Prepared prepared) {
        Map<String, Split> splits = new HashMap<>();
        prepared.rows().forEach(row -> splits.put(row.path(), row.split()));
        return splits;
    }

    private Configuration configuration(String source, Path dir, String... settings) throws Exception {
        Path yaml = work.resolve("configuration.yaml");
        Files.writeString(yaml, "data: {source: " + source + ", dir: x}\nmodel: {architecture: demo}\n");
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("data.dir=" + dir);
        return ConfigurationReader.read(yaml, all);
    }

    private Listing listing(String source, Path dir, String... settings) throws Exception {
        Configuration configuration = configuration(source, dir, settings);
        return Sources.read(configuration.data(), configuration.seed(), true, Progress.SILENT);
    }

    private Prepared prepare(String source, Path dir, String... settings) throws Exception {
        DataSettings data = configuration(source, dir, settings).data();
        return Preparation.check(listing(source, dir, settings), data, ImageLoader.of(data), true, Progress.SILENT);
    }
}
