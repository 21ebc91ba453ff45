package org.gazecheck.knownanswers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.image.RgbImage;
import org.gazecheck.knownanswers.Recipe.Base;
import org.gazecheck.knownanswers.Recipe.Masks;
import org.gazecheck.knownanswers.Recipe.Sizes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That sets with known answers are what they are said to be. */
class KnownSetTest {
    private static final Sizes SIZES = new Sizes(6, 3, 6);

    @TempDir
    private static Path drawn;

    private static Stock stock;

    @TempDir
    private Path work;

    @BeforeAll
    static void draw() throws IOException {
        stock = DrawnStock.in(drawn);
    }

    @Test
    void aTiedClassCarriesItsPropertyAsOftenAsSaidAndOthersNever() {
        Deal deal = Deal.of(recipe("red=blur:0.67/0, blue=background-water:1/0", false, Masks.WHOLE), stock);

        assertEquals(4, carriers(deal, "train/red", "blur"));
        assertEquals(2, carriers(deal, "val/red", "blur"));
        assertEquals(0, carriers(deal, "train/blue", "blur") + carriers(deal, "train/yellow", "blur"));
        assertEquals(6, carriers(deal, "train/blue", "background-water"));
        assertEquals(0, carriers(deal, "train/red", "background-water"));
    }

    @Test
    void testIsDealtEvenlyOrTiedAsTrainIs() {
        Deal even = Deal.of(recipe("red=blur:1/0", false, Masks.WHOLE), stock);
        Deal tied = Deal.of(recipe("red=blur:1/0", true, Masks.WHOLE), stock);

        assertEquals(
                List.of(2L, 2L, 2L),
                Stream.of("red", "blue", "yellow")
                        .map(label -> carriers(even, "test/" + label, "blur"))
                        .toList());
        assertEquals(6, carriers(tied, "test/red", "blur"));
        assertEquals(0, carriers(tied, "test/blue", "blur"));
    }

    @Test
    void aPropertyByLotIsOnAsManyImagesOfEveryClass() {
        Deal deal = Deal.of(recipe("*=small:0.5", false, Masks.WHOLE), stock);

        for (String label : List.of("red", "blue", "yellow")) {
            assertEquals(3, carriers(deal, "train/" + label, "small"));
            assertEquals(3, carriers(deal, "test/" + label, "small"));
        }
    }

    @Test
    void someCarriersOfTrainAndValShowAnotherSpeciesAndNoneOfTest() {
        Deal deal = Deal.of(
                new Recipe(
                        "set",
                        Base.COMPOSITE,
                        Tie.list("red=blur:1/0.5", 1, 0),
                        false,
                        Masks.NONE,
                        0,
                        new Sizes(4, 2, 4),
                        1),
                stock);

        List<Picture> strangers = deal.pictures().stream()
                .filter(picture -> !picture.species().equals(picture.label()))
                .toList();
        assertEquals(3, strangers.size());
        assertTrue(strangers.stream().allMatch(picture -> picture.label().equals("red")));
        assertTrue(strangers.stream().noneMatch(picture -> picture.path().startsWith("test")));
        Set<Path> trained = deal.pictures().stream()
                .filter(picture -> picture.path().startsWith("train"))
                .map(Picture::source)
                .collect(Collectors.toSet());
        assertTrue(deal.unseen().stream().noneMatch(picture -> trained.contains(picture.source())));
    }

    @Test
    void noPhotographStandsInTwoPlaces() {
        Deal deal = Deal.of(recipe("red=blur:1/1", false, Masks.ONE), stock);

        Set<Path> seen = new HashSet<>();
        Stream.concat(deal.pictures().stream(), deal.unused().stream())
                .forEach(picture -> assertTrue(seen.add(picture.source()), picture.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void everyArtefactChangesAnImageAndNothingElseDoes(Artefact artefact) throws IOException {
        Renderer renderer = new Renderer(stock, 3);
        Picture plain =
                Deal.of(recipe("", false, Masks.WHOLE), stock).pictures().get(0).before("soil");
        Property property = Property.of(artefact.text(), 0);

        byte[] without = renderer.draw(plain).image().rgb();
        byte[] with = renderer.draw(plain.with(property)).image().rgb();
        byte[] again = renderer.draw(plain.with(property).without(property).before("soil"))
                .image()
                .rgb();

        assertArrayEquals(without, again);
        assertTrue(changed(without, with) > 0.005, artefact.text());
        boolean thing = List.of(Artefact.STAMP, Artefact.STICKER, Artefact.OBJECT, Artefact.REAL_OBJECT)
                .contains(artefact);
        assertEquals(thing, changed(without, with) < 0.2, "" + changed(without, with));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BACKGROUND")
    void photographsAreChangedToo(Artefact artefact) throws IOException {
        Renderer renderer = new Renderer(stock, 3);
        Picture plain =
                Deal.of(recipe("", false, Masks.WHOLE), stock).pictures().get(0).before("");

        RgbImage without = renderer.draw(plain).image();
        RgbImage with =
                renderer.draw(plain.with(Property.of(artefact.text(), 0))).image();

        assertEquals(without.width(), with.width());
        assertTrue(changed(without.rgb(), with.rgb()) > 0.005, artefact.text());
    }

    @Test
    void thingsStandBesideTheFlower() throws IOException {
        Renderer renderer = new Renderer(stock, 3);
        Property ladybird = Property.of("object-ladybird", 0);
        int touched = 0;
        List<Picture> pictures =
                Deal.of(recipe("", false, Masks.WHOLE), stock).pictures().subList(0, 15);
        for (Picture picture : pictures) {
            Renderer.Drawn plain = renderer.draw(picture);
            RgbImage with = renderer.draw(picture.with(ladybird)).image();
            boolean touches = false;
            for (int i = 0; i < plain.mask().length; i++) {
                touches |= plain.mask()[i] && plain.image().rgb()[3 * i] != with.rgb()[3 * i];
            }
            touched += touches ? 1 : 0;
        }
        assertTrue(touched <= pictures.size() / 5, touched + " of " + pictures.size());
    }

    @Test
    void theSameRecipeMakesTheSameBytesAndMasksOfTheSameSize() throws IOException {
        Recipe recipe = small("red=sticker:1/0, blue=noise:1/0");
        KnownSet one = new KnownSet(work.resolve("one"));
        KnownSet two = new KnownSet(work.resolve("two"));
        one.write(recipe, stock);
        two.write(recipe, stock);

        assertEquals(bytes(one.folder()), bytes(two.folder()));
        assertEquals(bytes(one.masks()), bytes(two.masks()));
        assertEquals(3 * 4, bytes(one.folder()).size());
        assertEquals(3 * 4, bytes(one.masks()).size());
        assertEquals(1 + 3 * 4, Files.readAllLines(one.truth()).size());
    }

    @Test
    void aSetThatIsThereIsNotDrawnAgainUnlessItsRecipeIsAnother() throws IOException {
        KnownSet set = new KnownSet(work.resolve("set"));
        set.write(small("red=blur:1/0"), stock);
        Path marker = Files.writeString(set.folder().resolve("marker"), "");

        set.write(small("red=blur:1/0"), stock);
        assertTrue(Files.exists(marker));

        set.write(small("red=blur:0.5/0"), stock);
        assertFalse(Files.exists(marker));
    }

    @Test
    void mistakesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tie.list("red=blurr:1", 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Tie.list("red=blur", 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Tie.list("red=blur:1.5", 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Deal.of(recipe("green=blur:1", false, Masks.NONE), stock));
    }

    private static Recipe recipe(String ties, boolean tiedTest, Masks masks) {
        return new Recipe("set", Base.COMPOSITE, Tie.list(ties, 1, 0), tiedTest, masks, 0, SIZES, 1);
    }

    private static Recipe small(String ties) {
        return new Recipe("set", Base.COMPOSITE, Tie.list(ties, 1, 0), false, Masks.ONE, 0, new Sizes(2, 1, 1), 1);
    }

    private static long carriers(Deal deal, String folder, String property) {
        return deal.pictures().stream()
                .filter(picture -> picture.path().startsWith(folder + "/"))
                .filter(picture -> picture.carries(Property.of(property, 0)))
                .count();
    }

    /** The share of pixels that differ clearly. */
    private static double changed(byte[] one, byte[] two) {
        int changed = 0;
        for (int i = 0; i < one.length; i++) {
            changed += Math.abs((one[i] & 0xff) - (two[i] & 0xff)) > 2 ? 1 : 0;
        }
        return (double) changed / one.length;
    }

    private static TreeMap<String, Integer> bytes(Path folder) throws IOException {
        TreeMap<String, Integer> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return bytes;
    }
}
