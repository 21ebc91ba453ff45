package org.gazecheck.report.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one run to another, as text and pictures.
 *
 * @param subtitle what is compared with what
 * @param verdict what came of it in a sentence
 * @param report address of the report of the images in question; null where there is none
 * @param all address of the page over all runs; null where there is none
 * @param gates that judged; empty where none did
 */
public record ChangesPage(
        String policy,
        String style,
        String title,
        String subtitle,
        String sentence,
        String verdict,
        @Nullable String report,
        @Nullable String all,
        List<Gate> gates,
        List<Part> parts,
        List<String> warnings) {
    /** Where nothing differs by more than chance. */
    public static final String SAME = "same";

    /** @param weight how grave the outcome is: high, medium or low */
    public record Gate(String rule, String level, String outcome, String weight, String sentence) {}

    /**
     * What is compared of one kind of images.
     *
     * @param before heading of the earlier values; {@code now} of the later ones
     * @param notes a sentence each
     */
    public record Part(
            String id,
            String title,
            String before,
            String now,
            List<String> notes,
            List<Row> measures,
            String classes,
            List<Row> differing,
            List<Gallery> galleries,
            List<Listing> listings) {}

    /**
     * One measure.
     *
     * @param because why it was not measured; null where it was
     * @param weight of the verdict: wrong, right, empty, or {@link #SAME}
     */
    public record Row(
            String name,
            String words,
            String before,
            String now,
            String effect,
            String images,
            String chance,
            String verdict,
            String weight,
            @Nullable String because) {
        public boolean differs() {
            return !weight.equals(SAME);
        }
    }

    /** @param more how many are not shown, in words; empty: none */
    public record Gallery(String title, List<Picture> pictures, String more) {}

    /**
     * An image on which the models differ.
     *
     * @param source null where it cannot be read, or where both look at it
     * @param looks how the models look at it, the earlier one first; two or none
     */
    public record Picture(
            @Nullable String source,
            String path,
            String label,
            String before,
            String now,
            String probability,
            List<Look> looks) {}

    /** @param source null where there is no heatmap @param address in the run's report; null where there is none */
    public record Look(String when, @Nullable String source, @Nullable String address) {}

    /** @param more how many are not shown, in words; empty: none */
    public record Listing(String title, List<String> items, String more) {}
}
