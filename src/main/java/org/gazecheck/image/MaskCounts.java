package org.gazecheck.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What one mask holds, counted: all that a {@link MaskCensus} wants of it.
 *
 * @param file its name, for messages
 * @param most the largest value that it can hold
 * @param palette colours 0xRRGGBB by place; empty where there is no palette
 * @param levels the values that occur, ascending
 * @param colours of a coloured mask, as far as they are few; black is one
 */
public record MaskCounts(
        String file, MaskFormat format, int most, List<Integer> palette, List<Level> levels, List<Integer> colours) {
    public MaskCounts {
        palette = List.copyOf(palette);
        levels = List.copyOf(levels);
        colours = List.copyOf(colours);
    }

    /**
     * One value.
     *
     * @param all pixels that have it
     * @param inside those whose eight neighbours have it too
     * @param border those at a border of the image
     */
    public record Level(int value, long all, long inside, long border) {}

    /** @param file its name, for messages */
    public static MaskCounts of(String file, MaskPixels pixels) {
        boolean binary = pixels.format() == MaskFormat.COLOUR;
        int most = binary ? 1 : pixels.most();
        int[] values = pixels.values();
        TreeSet<Integer> colours = new TreeSet<>();
        if (binary) {
            values = values.clone();
            for (int i = 0; i < values.length; i++) {
                if (colours.size() <= MaskCensus.MOST_COLOURS) {
                    colours.add(values[i]);
                }
                values[i] = values[i] == 0 ? 0 : 1;
            }
        }
        return new MaskCounts(
                file,
                pixels.format(),
                most,
                Arrays.stream(pixels.palette()).boxed().toList(),
                MaskLevels.of(file, pixels.width(), pixels.height(), values, most)
                        .counts(),
                new ArrayList<>(colours));
    }
}
