package org.gazecheck.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** How often each value occurs in some masks of one format, and where. */
final class MaskLevels {
    private static final int SHOWN = 6;

    /** Pixels of a value. */
    private final long[] all;

    /** Those whose eight neighbours have the same value. */
    private final long[] inside;

    /** Those at a border of their image. */
    private final long[] border;

    /** Of each value the file, first by name, that holds it. */
    private final @Nullable String[] files;

    private MaskLevels(int most) {
        all = new long[most + 1];
        inside = new long[most + 1];
        border = new long[most + 1];
        files = new @Nullable String[most + 1];
    }

    static MaskLevels none(int most) {
        return new MaskLevels(most);
    }

    /** @param values [height, width], 0 to most */
    static MaskLevels of(String file, int width, int height, int[] values, int most) {
        MaskLevels levels = new MaskLevels(most);
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                int value = values[i];
                levels.all[value]++;
                if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
                    levels.border[value]++;
                } else if (value != 0 && value != most && plateau(values, i, width)) {
                    levels.inside[value]++;
                }
            }
        }
        for (int value = 0; value <= most; value++) {
            levels.files[value] = levels.all[value] > 0 ? file : null;
        }
        return levels;
    }

    /** Those of one mask. */
    static MaskLevels of(MaskCounts mask) {
        MaskLevels levels = new MaskLevels(mask.most());
        for (MaskCounts.Level level : mask.levels()) {
            levels.all[level.value()] = level.all();
            levels.inside[level.value()] = level.inside();
            levels.border[level.value()] = level.border();
            levels.files[level.value()] = mask.file();
        }
        return levels;
    }

    /** Of each value that occurs, ascending. */
    List<MaskCounts.Level> counts() {
        return values().stream()
                .map(value -> new MaskCounts.Level(value, all[value], inside[value], border[value]))
                .toList();
    }

    private static boolean plateau(int[] values, int i, int width) {
        int value = values[i];
        return values[i - 1] == value
                && values[i + 1] == value
                && values[i - width - 1] == value
                && values[i - width] == value
                && values[i - width + 1] == value
                && values[i + width - 1] == value
                && values[i + width] == value
                && values[i + width + 1] == value;
    }

    /** The same pixels under other values, 0 to most. */
    MaskLevels mapped(IntUnaryOperator to, int most) {
        MaskLevels mapped = new MaskLevels(most);
        for (int value : values()) {
            mapped.add(to.applyAsInt(value), this, value);
        }
        return mapped;
    }

    void add(MaskLevels more) {
        for (int value : more.values()) {
            add(value, more, value);
        }
    }

    private void add(int to, MaskLevels more, int value) {
        all[to] += more.all[value];
        inside[to] += more.inside[value];
        border[to] += more.border[value];
        String mine = files[to];
        String its = more.files[value];
        files[to] = mine == null || its != null && its.compareTo(mine) < 0 ? its : mine;
    }

    int most() {
        return all.length - 1;
    }

    /** Those that occur, ascending. */
    List<Integer> values() {
        List<Integer> values = new ArrayList<>();
        for (int value = 0; value < all.length; value++) {
            if (all[value] > 0) {
                values.add(value);
            }
        }
        return values;
    }

    /** Those that occur, without 0. */
    List<Integer> marks() {
        return values().stream().filter(value -> value != 0).toList();
    }

    /** The share of a value's pixels that lie within an area of that value, 0..1: about 0 at soft edges. */
    double insideShare(int value) {
        return (double) inside[value] / all[value];
    }

    long pixels(IntPredicate of) {
        return sum(all, of);
    }

    long borderPixels(IntPredicate of) {
        return sum(border, of);
    }

    private static long sum(long[] counts, IntPredicate of) {
        long sum = 0;
        for (int value = 0; value < counts.length; value++) {
            sum += counts[value] > 0 && of.test(value) ? counts[value] : 0;
        }
        return sum;
    }

    /** A file that holds a value other than 0. */
    String example() {
        List<Integer> marks = marks();
        return file(marks.isEmpty() ? 0 : marks.get(0));
    }

    private String file(int value) {
        String file = files[value];
        return file == null ? "none" : file;
    }

    /** The values, the first ones with a file that holds them. */
    String text() {
        List<Integer> values = values();
        List<String> texts = new ArrayList<>();
        for (int value : values.subList(0, Math.min(SHOWN, values.size()))) {
            texts.add(value == 0 ? "0" : value + " (in " + file(value) + ")");
        }
        int last = values.get(values.size() - 1);
        String more = values.size() > SHOWN + 1 ? " and " + (values.size() - SHOWN - 1) + " more" : "";
        return String.join(", ", texts)
                + more
                + (values.size() > SHOWN ? " up to " + last + " (in " + file(last) + ")" : "");
    }
}
