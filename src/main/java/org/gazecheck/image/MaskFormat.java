package org.gazecheck.image;

/** What the numbers of a mask file stand for. */
public enum MaskFormat {
    /** Levels of grey, of a grey file or one whose colours are all grey. */
    GREY("grey values"),
    /** Opacity, of a file whose colours say nothing. */
    ALPHA("an alpha channel"),
    /** Places in a palette. */
    PALETTE("a palette"),
    /** 0xRRGGBB. */
    COLOUR("colours"),
    /** 0 for background, 1 for the object, of a JPEG as Oxford Flowers 102 has them. */
    SEGMENTATION("an official segmentation");

    private final String text;

    MaskFormat(String text) {
        this.text = text;
    }

    /** What the file holds, with an article where it needs one. */
    String text() {
        return text;
    }
}
