package org.gazecheck.results;

import java.util.List;

/**
 * A counterfactual image: an image with a possible shortcut put on or taken off, a line of {@code counterfactuals.csv}.
 *
 * @param image its file in {@code counterfactuals/}
 * @param subject the class in question
 * @param reason what is put on or taken off
 * @param swap what was done
 * @param object path of the image that the object is of
 * @param label the object's class
 * @param source path of the image that what is put on is of; the object's where nothing is taken from another image
 * @param predicted what the network takes the image for
 * @param pPredicted probability of that
 * @param pSubject probability of the subject
 * @param otherwise what it takes the control for: the same object, with what differs from the shortcut where the image has that, and
 *     the other way round
 * @param pOtherwise probability of that
 * @param otherImage the file of that in {@code counterfactuals/}
 * @param otherSource path of the image that what the control has is of
 */
public record Counterfactual(
        String image,
        String subject,
        Reason reason,
        Swap swap,
        String object,
        String label,
        String source,
        String predicted,
        float pPredicted,
        float pSubject,
        String otherwise,
        float pOtherwise,
        String otherImage,
        String otherSource) {
    /** With other names of the files. */
    public Counterfactual named(String name, String otherName) {
        return new Counterfactual(
                name,
                subject,
                reason,
                swap,
                object,
                label,
                source,
                predicted,
                pPredicted,
                pSubject,
                otherwise,
                pOtherwise,
                otherName,
                otherSource);
    }

    /** Names of its two files in {@code counterfactuals/}. */
    public List<String> files() {
        return List.of(image, otherImage);
    }

    /** What was done. */
    public enum Swap {
        /** Put on an image of another class. */
        PUT,
        /** Taken off one of the subject. */
        REMOVED;

        /** As it is written in files: {@code put}, {@code removed}. */
        public String text() {
            return this == PUT ? "put" : "removed";
        }

        static Swap of(String text) {
            for (Swap swap : values()) {
                if (swap.text().equals(text)) {
                    return swap;
                }
            }
            throw new IllegalArgumentException("no swap '" + text + "'");
        }
    }
}
