package org.gazecheck.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.gazecheck.io.Folders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How small a fault may be that a night is still detected: each size of it in several nights after the same first one. Their
 * images are drawn from one pool.
 */
@Tag("slowest")
class SensitivityTest {
    private static final int NIGHTS = Integer.getInteger("sensitivity.nights", 10);
    private static final List<Integer> ARRIVALS = List.of(14, 56);

    @TempDir
    private Path work;

    private FlowerNights flowers;
    private Path good;
    private Path incoming;
    private Path nights;

    /** Puts images into the folder; those before {@code faulty} are to have the fault. */
    private interface Arrival {
        void of(Path image, Path folder, boolean faulty) throws IOException;
    }

    @BeforeEach
    void firstNight() throws Exception {
        flowers = new FlowerNights(work);
        good = flowers.model("good");
        incoming = Files.createDirectories(work.resolve("incoming"));
        nights = work.resolve("nights");
        assertEquals(0, flowers.night(good, incoming, nights).exitCode());
        FileUtils.copyDirectory(nights.toFile(), work.resolve("first").toFile());
    }

    @AfterEach
    void back() throws IOException {
        Folders.delete(incoming);
        Folders.delete(nights);
    }

    /** In how many nights somebody was alerted for one of the reasons that were meant; without a fault nobody is. */
    private int alerted(int arrivals, int faulty, Arrival arrival, String... reasons) throws Exception {
        int alerted = 0;
        for (int seed = 1; seed <= NIGHTS; seed++) {
            back();
            Files.createDirectories(incoming);
            FileUtils.copyDirectory(work.resolve("first").toFile(), nights.toFile());
            int i = 0;
            for (Path image : flowers.images(seed).subList(0, arrivals)) {
                arrival.of(image, incoming, i++ < faulty);
            }
            Nightly.Night night = flowers.night(good, incoming, nights);
            List<String> failures = FlowerNights.failures(night);
            assertTrue(faulty > 0 || failures.isEmpty(), "a quiet night: " + failures);
            alerted += failures.stream().anyMatch(id -> Stream.of(reasons).anyMatch(id::contains)) ? 1 : 0;
        }
        return alerted;
    }

    private static void report(String fault, int arrivals, int alerted) {
        System.out.printf(Locale.ROOT, "%s, %d images: alerted in %d of %d nights%n", fault, arrivals, alerted, NIGHTS);
    }

    @Test
    void wrongLabels() throws Exception {
        for (int arrivals : ARRIVALS) {
            for (double share : new double[] {0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.5}) {
                int wrong = (int) Math.round(share * arrivals);
                int alerted = alerted(
                        arrivals,
                        wrong,
                        (image, folder, faulty) -> FlowerNights.arrive(
                                image, folder.resolve(faulty ? flowers.wrongLabel(image) : FlowerNights.label(image))),
                        "new.top1",
                        "new.drift.contradicted_labels");
                report(wrong + " wrong labels", arrivals, alerted);
                assertTrue(share < 0.5 || alerted == NIGHTS, alerted + " of " + NIGHTS);
            }
        }
    }

    @Test
    void darkness() throws Exception {
        for (int arrivals : ARRIVALS) {
            for (float brightness : new float[] {1, 0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f}) {
                int alerted = alerted(
                        arrivals,
                        brightness < 1 ? arrivals : 0,
                        (image, folder, faulty) ->
                                FlowerNights.arriveDark(image, folder.resolve(FlowerNights.label(image)), brightness),
                        "new.drift.brightness",
                        "new.drift.contrast",
                        "new.drift.sharpness",
                        "new.drift.saturation");
                report(String.format(Locale.ROOT, "%.0f %% brightness", 100 * brightness), arrivals, alerted);
                assertTrue(brightness > 0.4f || alerted == NIGHTS, alerted + " of " + NIGHTS);
            }
        }
    }

    /** The first is as good as the one before it. */
    @Test
    void worseModels() throws Exception {
        for (String l2 : List.of("3e-7", "1e-4", "1e-3", "3e-3", "1e-2", "1e-1")) {
            Path other = flowers.model("l2-" + l2, "train.probe.l2=[" + l2 + "]");
            back();
            Files.createDirectories(incoming);
            FileUtils.copyDirectory(work.resolve("first").toFile(), nights.toFile());
            Nightly.Night night = flowers.night(other, incoming, nights);
            boolean alerted = FlowerNights.failures(night).contains("test.top1 not worse than baseline");
            System.out.println("a probe of l2 = " + l2 + ": " + (alerted ? "alerted; " : "did not alert; ")
                    + night.verdict().orElseThrow().gates().get(0).sentence());
            assertTrue(!l2.equals("3e-7") || night.exitCode() == 0);
            assertTrue(!l2.equals("1e-1") || alerted);
        }
    }
}
