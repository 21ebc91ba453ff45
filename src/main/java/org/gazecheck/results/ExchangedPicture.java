package org.gazecheck.results;

import java.util.List;

/**
 * A picture that an intervention made of an object and the background of another photograph, a line of {@code
 * exchanged.csv}.
 *
 * @param picture its file in {@code exchanged/}
 * @param subject the class whose backgrounds are tried
 * @param exchange what was done
 * @param object path of the photograph that the object is cut out of
 * @param label the object's class
 * @param background path of the photograph that the background is of
 * @param predicted what the network takes the picture for
 * @param pPredicted probability of that
 * @param pSubject probability of the subject
 * @param otherwise what it takes the same object for in front of a background of the other kind: other scenes where the
 *     picture shows the subject's, the subject's where it shows others
 * @param pOtherwise probability of that
 * @param otherPicture the picture of that in {@code exchanged/}; empty where an older program kept none
 * @param otherBackground path of the photograph that its background is of; empty likewise
 */
public record ExchangedPicture(
        String picture,
        String subject,
        Exchange exchange,
        String object,
        String label,
        String background,
        String predicted,
        float pPredicted,
        float pSubject,
        String otherwise,
        float pOtherwise,
        String otherPicture,
        String otherBackground) {
    /** With other names of the files. */
    public ExchangedPicture named(String name, String otherName) {
        return new ExchangedPicture(
                name,
                subject,
                exchange,
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

    /** Whether there is a picture of the same object in front of the other kind of background. */
    public boolean paired() {
        return !otherPicture.isEmpty();
    }

    /** Names of its files in {@code exchanged/}, one or two. */
    public List<String> files() {
        return paired() ? List.of(picture, otherPicture) : List.of(picture);
    }

    /** What was done with the subject's backgrounds. */
    public enum Exchange {
        /** An object of another class in front of one of them. */
        PUT_BEHIND,
        /** An object of the subject in front of another one. */
        TAKEN_AWAY;

        /** As it is written in files: {@code put-behind}, {@code taken-away}. */
        public String text() {
            return this == PUT_BEHIND ? "put-behind" : "taken-away";
        }

        static Exchange of(String text) {
            for (Exchange exchange : values()) {
                if (exchange.text().equals(text)) {
                    return exchange;
                }
            }
            throw new IllegalArgumentException("no exchange '" + text + "'");
        }
    }
}
