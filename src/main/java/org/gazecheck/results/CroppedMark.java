package org.gazecheck.results;

/**
 * What a patch or another object is: cut out of an image that has it, with a little around it; a line of {@code crops.csv}.
 *
 * @param image its file in {@code counterfactuals/}
 * @param subject the class in question
 * @param reason what is cut out
 * @param label the class of the image that it is cut out of; mostly the subject
 * @param source path of that image
 */
public record CroppedMark(String image, String subject, Reason reason, String label, String source) {
    /** With another name of the file. */
    public CroppedMark named(String name) {
        return new CroppedMark(name, subject, reason, label, source);
    }
}
