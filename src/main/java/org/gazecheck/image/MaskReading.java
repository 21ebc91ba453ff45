package org.gazecheck.image;

import java.util.List;

/**
 * How a folder's masks are read, and what they then say.
 *
 * @param text what is object and what is not, without a full stop
 * @param masks how many there are
 * @param empty how many of them mark nothing
 * @param whole how many mark the whole image
 * @param around those, by name, that mark the border and leave out some of the inside, as masks of the background do
 * @param covered the object's share of all pixels that count, 0..1
 * @param border the object's share of the pixels at the images' borders, 0..1
 */
public record MaskReading(
        MaskMeaning meaning,
        String text,
        int masks,
        int empty,
        int whole,
        List<String> around,
        double covered,
        double border) {
    public MaskReading {
        around = List.copyOf(around);
    }
}
