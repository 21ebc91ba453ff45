package org.gazecheck.network;

/** The residual block of a ResNet (He et al. 2015, figure 5). */
public enum Block {
    /** Two 3x3 convolutions. */
    BASIC(1),
    /** 1x1, 3x3, 1x1 convolutions; the last widens fourfold. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
        this.expansion = expansion;
    }

    /** Output channels per plane. */
    public int expansion() {
        return expansion;
    }
}
