package org.gazecheck.audit.intervention;

/**
 * Two images that differ in one thing only: what is asked about, and what stands in its place.
 *
 * @param object of both
 * @param with the property
 * @param without it: the control, which has the same edges and went through the same operations
 * @param donor whose property it is; contrasts of one donor are not independent
 * @param control whose property stands in its place
 */
record Contrast(SegmentedImage object, Composite with, Composite without, String donor, String control) {
    private static final char SEPARATOR = '\n';

    /**
     * Nothing is taken from another image, so that it shares neither donor nor control with other contrasts.
     *
     * @param number of the contrast among all
     */
    static Contrast ofOne(SegmentedImage object, Composite with, Composite without, int number) {
        String alone = object.item().path() + SEPARATOR + number;
        return new Contrast(object, with, without, alone, alone);
    }

    /** The same, of other images. */
    Contrast with(Composite otherWith, Composite otherWithout) {
        return new Contrast(object, otherWith, otherWithout, donor, control);
    }

    /** Path of the image that the property is of; the object's where it is of none. */
    String donorPath() {
        return path(donor);
    }

    /** Path of the image that what stands in its place is of. */
    String controlPath() {
        return path(control);
    }

    private static String path(String id) {
        int end = id.indexOf(SEPARATOR);
        return end < 0 ? id : id.substring(0, end);
    }
}
