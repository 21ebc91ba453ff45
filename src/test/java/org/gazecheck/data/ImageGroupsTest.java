package org.gazecheck.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGroupsTest {
    private static final List<DatasetRow> IMAGES = List.of(
            row("a.png", Split.TRAIN, "rose"),
            row("b.png", Split.TRAIN, "rose"),
            row("c.png", Split.TRAIN, "lily"),
            row("=d.png", Split.VAL, "rose"),
            row("e.png", Split.VAL, "lily"),
            row("f.png", Split.TEST, "lily"),
            new DatasetRow("broken.png", Split.TRAIN, "rose", 0, 0, "", "not an image"));

    private static final String WHOLE = "path,group\na.png,water\nb.png,land\nc.png,land\n=d.png,water\ne.png,land\n";

    @TempDir
    private Path folder;

    @Test
    void groupsAreReadAsPeopleWriteTables() throws Exception {
        Map<String, String> of = Map.of(
                "a.png", "water", "b.png", "land", "c.png", "land", "=d.png", "water", "e.png", "land", "f.png",
                "land");
        String lines = WHOLE + "f.png,land\n";
        assertEquals(of, read(lines).of());
        assertEquals(
                of,
                read("\ufeff" + lines.replace(',', ';').replace("\n", "\r\n")).of());
        assertEquals(of, read("group,note,path\n" + swapped(lines)).of());
        assertEquals(
                of,
                read(lines.replace("\n=d", "\n'=d").replace("water", " water ")).of());
    }

    private static String swapped(String lines) {
        StringBuilder swapped = new StringBuilder();
        lines.lines()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(c -> swapped.append(c[1]).append(",,").append(c[0]).append('\n'));
        return swapped.toString();
    }

    @Test
    void whatIsNoSuchTableIsRefused() {
        assertRefused("there is no file", assertThrows(DataException.class, () -> ImageGroups.read(folder, IMAGES)));
        assertRefused("the first line must name the columns path, group", WHOLE.replace("group", "set"));
        assertRefused("line 3: path and group must both be given", WHOLE.replace("b.png,land", "b.png,"));
        assertRefused("line 3: path and group must both be given", WHOLE.replace("b.png,land", "b.png"));
    }

    @Test
    void imagesThatThereAreNotAndThoseNamedTwiceAreRefused() {
        assertRefused("line 7: there is no image 'g.png' in the run's dataset.csv", WHOLE + "g.png,land\n");
        assertRefused("line 7: 'a.png' is listed a second time: remove one", WHOLE + "a.png,land\n");
    }

    @Test
    void whatLeavesNothingToBalanceIsRefused() {
        assertRefused("names no image of val", "path,group\na.png,water\nb.png,land\nc.png,land\n");
        assertRefused("names no image of train", "path,group\n=d.png,water\nbroken.png,land\ne.png,land\n");
        assertRefused("group 'water' has no image of val", WHOLE.replace("=d.png,water", "=d.png,land"));
        assertRefused("group 'sand' has no image of train", WHOLE + "f.png,sand\n");
        assertRefused("names no image of train of lily", WHOLE.replace("c.png,land\n", ""));
        assertRefused("no class has images of train in two groups", WHOLE.replace("b.png,land", "b.png,water"));
    }

    @Test
    void imagesThatAreLeftOutOfTheRunMayBeNamed() throws Exception {
        assertEquals(6, read(WHOLE + "broken.png,land\n").of().size());
    }

    private ImageGroups read(String text) throws Exception {
        return ImageGroups.read(Files.writeString(folder.resolve("groups.csv"), text), IMAGES);
    }

    private void assertRefused(String why, String text) {
        assertRefused(why, assertThrows(DataException.class, () -> read(text)));
    }

    private static void assertRefused(String why, DataException e) {
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    private static DatasetRow row(String path, Split split, String label) {
        return new DatasetRow(path, split, label, 10, 10, "", "");
    }
}
