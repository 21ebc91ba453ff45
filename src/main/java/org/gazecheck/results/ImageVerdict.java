package org.gazecheck.results;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a reviewer said about a prediction for an image. It belongs to the image's bytes and outlives the run.
 *
 * @param sha256 of the image's bytes, lower-case hexadecimal
 * @param path when it was judged; so are split, label and predicted
 * @param corrected the class that the image shows; only with {@link Judgement#LABEL_WRONG}, and empty where that is not
 *     known
 * @param comment not blank with {@link Judgement#OTHER}
 * @param reviewer without blanks around it
 */
public record ImageVerdict(
        String sha256,
        String path,
        Split split,
        String label,
        String predicted,
        Judgement judgement,
        String corrected,
        String comment,
        String reviewer,
        Instant time,
        String run,
        boolean adjudicates)
        implements Verdict {

    /** What is the matter with a prediction. */
    public enum Judgement {
        LABEL_WRONG(true),
        BACKGROUND(false),
        AMBIGUOUS(true),
        POOR_IMAGE(true),
        FAIR_MISTAKE(false),
        /** Nothing is wrong with this prediction. */
        CORRECT(false),
        /** The comment says it. */
        OTHER(false);

        private final boolean ofImage;

        Judgement(boolean ofImage) {
            this.ofImage = ofImage;
        }

        /** As it is written in files: lower case, with hyphens. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException if there is no such verdict on an image */
        public static Judgement of(String text) {
            return Arrays.stream(values())
                    .filter(judgement -> judgement.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("verdict is '" + text + "', expected one of "
                            + Arrays.stream(values()).map(Judgement::text).collect(Collectors.joining(", "))));
        }
    }

    /** @throws IllegalArgumentException that says which component is wrong */
    public ImageVerdict {
        requireHash(sha256);
        Cells.filled("path", path);
        Cells.filled("label", label);
        Cells.filled("predicted", predicted);
        if (!corrected.isEmpty() && judgement != Judgement.LABEL_WRONG) {
            throw new IllegalArgumentException(
                    "corrected is '" + corrected + "' with verdict " + judgement.text() + ": only label-wrong has one");
        }
        if (corrected.equals(label)) {
            throw new IllegalArgumentException("corrected is '" + corrected + "', which is the label itself");
        }
        if (judgement == Judgement.OTHER && comment.isBlank()) {
            throw new IllegalArgumentException("comment is empty: the verdict other needs one that says what is wrong");
        }
        reviewer = Reviewer.named(reviewer);
        RunId.require(run);
    }

    /** A reviewer's own verdict. */
    public ImageVerdict(
            String sha256,
            String path,
            Split split,
            String label,
            String predicted,
            Judgement judgement,
            String corrected,
            String comment,
            String reviewer,
            Instant time,
            String run) {
        this(sha256, path, split, label, predicted, judgement, corrected, comment, reviewer, time, run, false);
    }

    static String requireHash(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 is '" + sha256 + "', expected 64 hexadecimal digits");
        }
        return sha256;
    }

    @Override
    public String subject() {
        return sha256;
    }

    @Override
    public String word() {
        return judgement.text();
    }

    /**
     * Whether it says something about a prediction, perhaps of another run: the same bytes under the same label, and
     * the same predicted class unless the verdict is about the image alone (wrong label, ambiguous, poor image).
     */
    public boolean holdsFor(Prediction prediction) {
        return sha256.equals(prediction.sha256())
                && label.equals(prediction.label())
                && (judgement.ofImage || predicted.equals(prediction.predicted()));
    }
}
