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
 * How small a fault may be that a night is still woken by: each size of it in several nights after the same first one. Their
 * photographs are drawn from one pool.
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

    /** Puts photographs into the folder; those before {@code faulty} are to have the fault. */
    private interface Arrival {
        void of(Path photograph, Path folder, boolean faulty) throws IOException;
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

    /** In how many nights somebody was woken for one of the reasons that were meant; without a fault nobody is. */
    private int woken(int arrivals, int faulty, Arrival arrival, String... reasons) throws Exception {
        int woken = 0;
        for (int seed = 1; seed <= NIGHTS; seed++) {
            back();
            Files.createDirectories(incoming);
            FileUtils.copyDirectory(work.resolve("first").toFile(), nights.toFile());
            int i = 0;
            for (Path photograph : flowers.photographs(seed).subList(0, arrivals)) {
                arrival.of(photograph, incoming, i++ < faulty);
            }
            Nightly.Night night = flowers.night(good, incoming, nights);
            List<String> failures = FlowerNights.failures(night);
            assertTrue(faulty > 0 || failures.isEmpty(), "a quiet night: " + failures);
            woken += failures.stream().anyMatch(id -> Stream.of(reasons).anyMatch(id::contains)) ? 1 : 0;
        }
        return woken;
    }

    private static void told(String fault, int arrivals, int woken) {
        System.out.printf(Locale.ROOT, "%s, %d photographs: woke in %d of %d nights%n", fault, arrivals, woken, NIGHTS);
    }

    @Test
    void wrongLabels() throws Exception {
        for (int arrivals : ARRIVALS) {
            for (double share : new double[] {0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.5}) {
                int wrong = (int) Math.round(share * arrivals);
                int woken = woken(
                        arrivals,
                        wrong,
                        (photograph, folder, faulty) -> FlowerNights.arrive(
                                photograph,
                                folder.resolve(
                                        faulty ? flowers.wrongLabel(photograph) : FlowerNights.label(photograph))),
                        "new.top1",
                        "new.drift.labels");
                told(wrong + " wrong labels", arrivals, woken);
                assertTrue(share < 0.5 || woken == NIGHTS, woken + " of " + NIGHTS);
            }
        }
    }

    @Test
    void darkness() throws Exception {
        for (int arrivals : ARRIVALS) {
            for (float brightness : new float[] {1, 0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f}) {
                int woken = woken(
                        arrivals,
                        brightness < 1 ? arrivals : 0,
                        (photograph, folder, faulty) -> FlowerNights.arriveDark(
                                photograph, folder.resolve(FlowerNights.label(photograph)), brightness),
                        "new.drift.properties");
                told(String.format(Locale.ROOT, "%.0f %% brightness", 100 * brightness), arrivals, woken);
                assertTrue(brightness > 0.4f || woken == NIGHTS, woken + " of " + NIGHTS);
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
            boolean woke = FlowerNights.failures(night).contains("test.top1 not worse than baseline");
            System.out.println("a probe of l2 = " + l2 + ": " + (woke ? "woke; " : "did not wake; ")
                    + night.verdict().orElseThrow().gates().get(0).sentence());
            assertTrue(!l2.equals("3e-7") || night.exitCode() == 0);
            assertTrue(!l2.equals("1e-1") || woke);
        }
    }
}
