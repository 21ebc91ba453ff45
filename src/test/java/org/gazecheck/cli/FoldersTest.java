package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What folders at the top of the images are taken for, as {@code prepare --check} tells it. */
class FoldersTest {
    @TempDir
    private Path folder;

    private CheckedImages of;

    @BeforeEach
    void empty() throws IOException {
        of = new CheckedImages(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "train,valid,test",
        "Training,Validation,Testing",
        "TRAIN,VAL,TEST",
        "training,dev,eval",
        "train_set,val_set,test_set",
        "1_train,2_val,3_test",
        "train2017,val2017,test2017"
    })
    void foldersOfOtherNamesForSplitsAreSplitsAndThatIsTold(String train, String val, String test) throws IOException {
        of.drawSplits(4, train);
        of.drawSplits(3, val);
        of.drawSplits(2, test);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; 8 images in train, 6 in val, 4 in test\n"), out);
        assertTrue(out.contains("assumed: the folder '" + val + "' is taken for the split val (6 images)\n"), out);
    }

    @Test
    void plainSplitsAreNoAssumption() throws IOException {
        of.drawSplits(3, "train", "val", "test");

        assertFalse(of.check().contains("assumed"), of.check());
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "Valid", "dev"})
    void withoutTestTheAuditIsOnValAndThatIsTold(String val) throws IOException {
        of.drawSplits(4, "train", val);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; 8 images in train, 8 in val, 0 in test\n"), out);
        assertTrue(out.contains("assumed: there is no test: figures and findings are of the 8 images of val"), out);
        of.prepare();
        assertTrue(ManifestFile.read(of.run().resolve("run.json")).assumptions().stream()
                .map(Assumption::id)
                .toList()
                .contains("data.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "testing", "Eval"})
    void withoutValItIsDrawnFromTrainAndThatIsTold(String test) throws IOException {
        of.drawSplits(40, "train");
        of.drawSplits(5, test);

        String out = of.check("data.valShare=0.25");

        assertEquals(0, of.code(), out);
        assertTrue(out.contains("assumed: there is no val: "), out);
        assertTrue(out.contains(" of the 80 images of train are drawn for it (data.valShare 0.25)"), out);
        of.prepare("data.valShare=0.25");
        var rows = DatasetFile.read(of.run().resolve("dataset.csv"));
        long val = rows.stream().filter(row -> row.split() == Split.VAL).count();
        assertTrue(val >= 8 && val <= 34, val + " of 80");
        assertTrue(rows.stream()
                .allMatch(row -> (row.split() == Split.TEST) == row.path().startsWith(test + "/")));
    }

    @ParameterizedTest
    @CsvSource({"val,valid", "test,Testing", "train,TRAIN", "dev,validation"})
    void twoNamesForOneSplitAreRefused(String one, String other) throws IOException {
        of.drawSplits(3, "train", "val", "test");
        of.drawSplits(3, one, other);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("'" + one + "'") && out.contains("'" + other + "'") && out.contains("both mean"), out);
    }

    @Test
    void aClassThatIsCalledAsASplitStaysAClass() throws IOException {
        of.draw("train/steam", 6);
        of.draw("train/diesel", 6);
        of.draw("bus", 12);
        of.draw("car", 12);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 3 classes; "), out);
        assertTrue(out.contains("assumed: 'train' is taken for a class"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tulip", "new", "valdation/cat", "holdout/dog"})
    void aFolderBesideSplitsIsRefusedWithWhatItCouldBe(String beside) throws IOException {
        of.drawSplits(3, "train", "test");
        of.draw(beside, 3);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("'" + beside.split("/")[0] + "' beside 'test', 'train' holds images"), out);
        assertTrue(out.contains("data.masks if it holds masks"), out);
    }

    @Test
    void foldersOfOtherThingsBesideSplitsAreToldAsIgnored() throws IOException {
        of.drawSplits(3, "train", "val", "test");
        of.draw("backgrounds/brick", 3);
        of.draw("backgrounds/water", 3);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; 6 images in train"), out);
        assertTrue(out.contains("ignored: the folder 'backgrounds' beside"), out);
        assertTrue(out.contains("'brick', 'water'"), out);
    }

    @Test
    void masksBesideSplitsAreNoClassAndAreToldAsIgnored() throws IOException {
        of.drawSplits(3, "train", "val", "test");
        of.drawSplits(3, "outlines/train", "outlines/val");

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 2 classes; 6 images in train"), out);
        assertTrue(out.contains("ignored: the folder 'outlines'"), out);
    }

    @ParameterizedTest
    @CsvSource({"train,test", "Train,Val", "training,testing"})
    void splitsWithoutFoldersOfClassesAreRefused(String train, String test) throws IOException {
        of.draw(train, 10);
        of.draw(test, 10);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("'" + train + "' is called as a split and holds images that lie in no folder"), out);
    }

    @Test
    void aTestOfLooseImagesIsRefused() throws IOException {
        of.drawSplits(5, "train", "val");
        of.draw("test", 5);

        assertTrue(of.check().contains("'test' is called as a split"), of.check());
        assertEquals(4, of.code());
    }

    @Test
    void splitsOfAnUnknownNameAreRefusedRatherThanTakenForClasses() throws IOException {
        of.draw("seg_train/seg_train/forest", 5);
        of.draw("seg_train/seg_train/sea", 5);
        of.draw("seg_test/seg_test/forest", 5);
        of.draw("seg_test/seg_test/sea", 5);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("'seg_test', 'seg_train' hold folders of the same names ('forest', 'sea')"), out);
    }

    @Test
    void anArchiveUnpackedIntoAFolderOfItsOwnNameIsSeenThrough() throws IOException {
        of.drawSplits(4, "train/train", "val/val", "test/test");

        String out = of.check();

        assertTrue(out.startsWith("used: 2 classes; 8 images in train, 8 in val, 8 in test\n"), out);
    }

    @ParameterizedTest
    @CsvSource({"2023/cat,2024/cat", "animals/cat,flowers/rose"})
    void classesOfFoldersAloneAreAnAssumption(String one, String other) throws IOException {
        of.draw(one, 10);
        of.draw(other, 10);
        of.draw(one.split("/")[0] + "/dog", 10);
        of.draw(other.split("/")[0] + "/tulip", 10);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(
                out.contains(" are taken for classes, each with the images in all folders below ('cat', 'dog' in "),
                out);
    }

    @Test
    void foldersOfAClassThatHoldsImagesTooAreNoAssumption() throws IOException {
        of.draw("cat", 10);
        of.draw("cat/kittens", 10);
        of.draw("dog", 10);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertFalse(out.contains("assumed"), out);
    }

    @ParameterizedTest
    @CsvSource({"images,masks", "JPEGImages,SegmentationClass", "img,labels"})
    void imagesAndTheirMasksAreNoClasses(String images, String masks) throws IOException {
        of.drawSplits(10, images, masks);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("set data.dir to the folder of the images"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thumbs", "Thumbnails", "_previews"})
    void thumbnailsThatAreNotHiddenAreUsedAndTold(String name) throws IOException {
        of.draw("cat", 10);
        of.draw("dog", 10);
        of.draw("dog/" + name, 10);

        assertTrue(of.check().contains("warning: 'dog/" + name + "' is called as a folder of thumbnails"), of.check());
    }

    @ParameterizedTest
    @ValueSource(strings = {"flowers", "archive/images/flowers"})
    void classesThatLieLevelsDownAreNamed(String above) throws IOException {
        of.draw(above + "/rose", 10);
        of.draw(above + "/tulip", 10);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("there is one class, '" + above.split("/")[0] + "'"), out);
        assertTrue(out.contains("in " + of.at(above) + " lie 'rose', 'tulip'"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flowers", "a/flowers"})
    void splitsThatLieLevelsDownAreNamed(String above) throws IOException {
        of.drawSplits(5, above + "/train", above + "/val", above + "/test");

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("lie 'test', 'train', 'val'"), out);
        assertTrue(out.contains("set data.dir to"), out);
    }

    @Test
    void splitsBelowClassesAreRefused() throws IOException {
        for (String name : List.of("cat", "dog")) {
            of.draw(name + "/train", 6);
            of.draw(name + "/test", 6);
        }

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("splits lie above classes, as in train/CLASS"), out);
    }

    @Test
    void oneClassAloneIsRefused() throws IOException {
        of.draw("cat", 20);

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("there is one class, 'cat'"), out);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyClassKeepsAnImageInTrain(int images) throws IOException {
        for (int i = 0; i < 60; i++) {
            of.draw("c" + i, images);
        }
        of.draw("large", 40);

        String out = of.prepare();

        assertEquals(0, of.code(), out);
        assertEquals(
                61,
                DatasetFile.read(of.run().resolve("dataset.csv")).stream()
                        .filter(row -> row.split() == Split.TRAIN)
                        .map(row -> row.label())
                        .distinct()
                        .count());
    }

    @Test
    void manyClassesWithoutTrainAreOneSentence() throws IOException {
        for (int i = 0; i < 60; i++) {
            of.draw("val/c" + i, 1);
        }
        of.drawSplits(2, "train", "val");

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("refused: 60 of 62 classes have no usable image in train"), out);
        assertEquals(1, out.lines().filter(line -> line.startsWith("refused")).count(), out);
    }

    @Test
    void withoutTrainNothingIsTrained() throws IOException {
        of.drawSplits(3, "val", "test");

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(out.contains("refused: no usable image is in train"), out);
    }

    @Test
    void anEmptyFolderOfASplitCountsAsNone() throws IOException {
        of.drawSplits(30, "train");
        of.drawSplits(3, "test");
        Files.createDirectories(of.at("val/cat"));

        assertTrue(of.check().contains("assumed: there is no val: "), of.check());
    }

    @ParameterizedTest
    @CsvSource({
        "train/cat/0_mask.png, train/cat/0.png",
        "train/cat/0_mask_1.png, train/cat/0.png",
        "train/cat/mask-0.png, train/cat/0.png",
        "train/cat/0.gt.png, train/cat/0.png",
        "train/cat/masks/0.png, train/cat/0.png",
        "train/cat/Lung masks/0.png, train/cat/0.png",
        "train/cat/annotations/trimaps/0.png, train/cat/0.png",
        "test/dog/segmentation/0_seg.png, test/dog/0.png"
    })
    void masksAmongTheImagesOfAClassAreRefused(String mask, String image) throws IOException {
        of.drawSplits(4, "train", "val", "test");
        of.drawFile(of.at(mask));

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(
                out.contains("refused: 1 of the images are named as masks of others (" + mask + " of " + image + ")"),
                out);
    }

    @Test
    void masksBesideFoldersOfImagesInEachClassAreRefused() throws IOException {
        for (String name : List.of("cat", "dog")) {
            of.draw(name + "/images", 12);
            of.draw(name + "/masks", 12);
        }

        String out = of.check();

        assertEquals(4, of.code(), out);
        assertTrue(
                out.contains("24 of the images are named as masks of others (cat/masks/0.png of cat/images/0.png)"),
                out);
    }

    @ParameterizedTest
    @CsvSource({"train/cat/dog, cat, 2", "train/cat/more/Dog, cat, 2", "test/dog/2023/CAT/new, dog, 2"})
    void aFolderWithinAClassThatIsCalledAsAnotherClassIsTold(String folder, String label, int images)
            throws IOException {
        of.drawSplits(4, "train", "val", "test");
        assertFalse(of.check().contains("called as another class"));
        of.draw(folder, images);

        String out = of.check();

        assertEquals(0, of.code(), out);
        String told = folder.replace("/new", "");
        assertTrue(
                out.contains(
                        "warning: 2 images lie in folders called as another class within a class, and have the label of the"
                                + " outer: '" + told + "' of class '" + label + "'"),
                out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.PNG", "0.png.part", "0 (1).png", "backup/0.png", "0.png~"})
    void copiesWithinAClassAreTold(String copy) throws IOException {
        of.drawSplits(4, "train", "val", "test");
        assertFalse(of.check().contains("the same bytes"));
        Path file = of.at("test/cat/" + copy);
        Files.createDirectories(file.getParent());
        Files.copy(of.at("test/cat/0.png"), file);

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(
                out.contains(
                        "warning: the same bytes lie several times in one split under one label, and count as often, 1 times"),
                out);
    }

    @ParameterizedTest
    @CsvSource({
        "bird.zip, PK\\003\\004, ZIP",
        "train/_classes.csv, filename;cat;dog, text",
        "labels.csv, file;label, text"
    })
    void filesBesideTheFoldersAreCounted(String file, String content, String kind) throws IOException {
        of.drawSplits(4, "train", "val", "test");
        Files.writeString(of.at(file), content.translateEscapes());

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(
                out.contains("ignored: 1 files are no images, or belong to no class, and are ignored: 1 " + kind), out);
    }

    @Test
    void imagesOfHardlyAPixelAreTold() throws IOException {
        of.drawSplits(4, "train", "val", "test");
        Files.write(of.at("test/cat/a.png"), Png.encode(new RgbImage(1, 1, new byte[3])));
        Files.write(of.at("test/cat/b.png"), Png.encode(new RgbImage(40, 3, new byte[360])));

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(
                out.contains("warning: 2 images have a side of less than 8 pixels, and are used: test/cat/a.png 1x1"),
                out);
    }

    @Test
    void imagesThatAreOnlyCalledAsMasksAreUsed() throws IOException {
        of.drawSplits(4, "train", "val", "test");
        of.draw("train/cat/masks", 1);
        Files.move(of.at("train/cat/masks/0.png"), of.at("train/cat/venetian_mask.png"));
        for (String split : List.of("train", "val", "test")) {
            of.draw(split + "/mask", 4);
        }

        String out = of.check();

        assertEquals(0, of.code(), out);
        assertTrue(out.startsWith("used: 3 classes; 13 images in train"), out);
    }
}
