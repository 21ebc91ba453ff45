package org.gazecheck.results;

/**
 * An image of a segment in which accuracy is lower, a line of {@code weak-segments.csv}. An image may be in several.
 *
 * @param segment as findings name it
 * @param tested whether the image is of the half that the segment was tested on, and not of that on which it was found
 */
public record WeakSegmentMember(String path, String sha256, Split split, String segment, boolean tested) {}
