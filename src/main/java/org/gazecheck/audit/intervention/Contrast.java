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
    /** The same, of other images. */
    Contrast with(Composite otherWith, Composite otherWithout) {
        return new Contrast(object, otherWith, otherWithout, donor, control);
    }
}
