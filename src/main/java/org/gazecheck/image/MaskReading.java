package org.gazecheck.image;

/**
 * How a folder's masks are read, and what they then say.
 *
 * @param text what is object and what is not, without a full stop
 * @param masks how many there are
 * @param empty how many of them mark nothing
 * @param covered the object's share of all pixels that count, 0..1
 * @param border the object's share of the pixels at the images' borders, 0..1
 */
public record MaskReading(MaskMeaning meaning, String text, int masks, int empty, double covered, double border) {}
