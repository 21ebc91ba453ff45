package org.gazecheck.network;

/**
 * How a value of an external network holds its maps.
 *
 * @param kind the order of its dimensions
 * @param others tokens before those of the grid, such as a class token; 0 where there are no tokens
 * @param height of the maps, in cells
 * @param width of the maps, in cells
 */
public record MapLayout(Kind kind, int others, int height, int width) {
    /** The order of a value's dimensions. */
    public enum Kind {
        /** [n, c, h, w]. */
        CHANNELS_FIRST,
        /** [n, h, w, c]. */
        CHANNELS_LAST,
        /** [n, t, c], the grid's tokens row by row. */
        TOKENS
    }

    public static MapLayout channelsFirst(int height, int width) {
        return new MapLayout(Kind.CHANNELS_FIRST, 0, height, width);
    }

    public static MapLayout channelsLast(int height, int width) {
        return new MapLayout(Kind.CHANNELS_LAST, 0, height, width);
    }

    /** @param others before those of the grid */
    public static MapLayout tokens(int others, int height, int width) {
        return new MapLayout(Kind.TOKENS, others, height, width);
    }

    /** Whether the maps are all that the value holds. */
    public boolean isWhole() {
        return others == 0;
    }

    /**
     * @param value as the network holds it
     * @return the same numbers as [n, c, h, w], without tokens that are not of the grid
     */
    public Tensor maps(Tensor value) {
        if (kind == Kind.CHANNELS_FIRST) {
            return value;
        }
        int n = value.shape()[0];
        int channels = value.shape()[value.shape().length - 1];
        int area = height * width;
        float[] maps = new float[n * channels * area];
        for (int i = 0; i < n; i++) {
            int from = (i * (others + area) + others) * channels;
            for (int j = 0; j < area; j++) {
                for (int c = 0; c < channels; c++) {
                    maps[(i * channels + c) * area + j] = value.data()[from + j * channels + c];
                }
            }
        }
        return Tensor.of(maps, n, channels, height, width);
    }

    /**
     * @param maps [n, c, h, w]
     * @return the same numbers as the network holds them
     * @throws IllegalStateException if the value holds more than maps
     */
    public Tensor value(Tensor maps) {
        if (kind == Kind.CHANNELS_FIRST) {
            return maps;
        }
        if (!isWhole()) {
            throw new IllegalStateException("the value holds " + others + " tokens beside its maps");
        }
        int n = maps.shape()[0];
        int channels = maps.shape()[1];
        int area = height * width;
        float[] value = new float[maps.size()];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels; c++) {
                for (int j = 0; j < area; j++) {
                    value[(i * area + j) * channels + c] = maps.data()[(i * channels + c) * area + j];
                }
            }
        }
        return kind == Kind.TOKENS ? Tensor.of(value, n, area, channels) : Tensor.of(value, n, height, width, channels);
    }

    /** Such as "[n, h, w, c]" or "tokens [n, t, c], the first of them no part of the grid". */
    public String text() {
        return switch (kind) {
            case CHANNELS_FIRST -> "[n, c, h, w]";
            case CHANNELS_LAST -> "[n, h, w, c]";
            case TOKENS ->
                "tokens [n, t, c] of a grid of " + height + "x" + width
                        + (isWhole() ? "" : " behind " + others + (others == 1 ? " other" : " others"));
        };
    }
}
