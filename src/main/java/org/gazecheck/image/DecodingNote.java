package org.gazecheck.image;

/** What a decoded file holds beside the pixels that were taken of it, or how they were read where they could be read otherwise. */
public enum DecodingNote {
    /** It moves: its first picture was taken. */
    FIRST_FRAME,
    /** It has several pages: its first was taken. */
    FIRST_PAGE,
    /** Its first picture does not fill the image: the rest has one colour. */
    CANVAS,
    /** Its colour profile, not that of sRGB, was applied. */
    PROFILE,
    /** Its colour profile cannot be used and was ignored. */
    BROKEN_PROFILE,
    /** It states inks without a profile: they were turned into colours by a formula. */
    INKS,
    /** It states another gamma than sRGB's without a profile; that was ignored. */
    GAMMA,
    /** Some of its pixels are transparent: their stored colours were taken. */
    TRANSPARENT,
    /** It has 16 bits a channel and uses less than a quarter of their range: with the upper 8 it is dark. */
    DIM,
    /** Its metadata say that it is stored turned or mirrored: it was put upright. */
    TURNED
}
