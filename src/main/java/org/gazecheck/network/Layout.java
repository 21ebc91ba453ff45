package org.gazecheck.network;

/** How a ResNet's first layers downsample their images; after them the published layouts agree. */
public enum Layout {
    /** The max pooling pads by 1; the first stage keeps the resolution. */
    TORCHVISION(1, 1),
    /** The max pooling does not pad, as in Keras's ResNet50 of 2017. */
    KERAS(0, 1),
    /** As {@link #KERAS}, and the first stage halves the resolution too: what DL4J's {@code ResNet50.init()} builds. */
    ZOO(0, 2);

    private static final int POOLING = 3;

    private final int poolPadding;
    private final int firstStride;

    Layout(int poolPadding, int firstStride) {
        this.poolPadding = poolPadding;
        this.firstStride = firstStride;
    }

    /** Padding of the stem's 3x3 max pooling, in pixels on every side. */
    public int poolPadding() {
        return poolPadding;
    }

    /** Stride of the first stage's first block. */
    public int firstStride() {
        return firstStride;
    }

    /** Side of the max pooling's output. */
    public int pooled(int side) {
        return (side + 2 * poolPadding - POOLING) / 2 + 1;
    }
}
