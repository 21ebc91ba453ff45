package org.gazecheck.results;

import java.util.List;

/**
 * A counterfactual image: an object in front of the background of another image, a line of {@code counterfactuals.csv}.
 *
 * @param image its file in {@code counterfactuals/}
 * @param subject the class whose backgrounds are swapped
 * @param swap what was done
 * @param object path of the image that the object is of
 * @param label the object's class
 * @param background path of the image that the background is of
 * @param predicted what the network takes the image for
 * @param pPredicted probability of that
 * @param pSubject probability of the subject
 * @param otherwise what it takes the same object for in front of a background of the other kind: other scenes where the
 *     image shows the subject's, the subject's where it shows others
 * @param pOtherwise probability of that
 * @param otherImage the file of that in {@code counterfactuals/}
 * @param otherBackground path of the image that its background is of
 */
public record Counterfactual(
        String image,
        String subject,
        Swap swap,
        String object,
        String label,
        String background,
        String predicted,
        float pPredicted,
        float pSubject,
        String otherwise,
        float pOtherwise,
        String otherImage,
        String otherBackground) {
    /** With other names of the files. */
    public Counterfactual named(String name, String otherName) {
        return new Counterfactual(
                name,
                subject,
                swap,
                object,
                label,
                background,
                predicted,
                pPredicted,
                pSubject,
                otherwise,
                pOtherwise,
                otherName,
                otherBackground);
    }

    /** Names of its two files in {@code counterfactuals/}. */
    public List<String> files() {
        return List.of(image, otherImage);
    }

    /** What was done with the subject's backgrounds. */
    public enum Swap {
        /** An object of another class in front of one of them. */
        PUT,
        /** An object of the subject in front of another one. */
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
