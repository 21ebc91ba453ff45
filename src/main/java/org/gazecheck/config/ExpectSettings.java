package org.gazecheck.config;

import org.jspecify.annotations.Nullable;

/** Figures that a run is compared with. */
public record ExpectSettings(@Setting("on val") Figures val, @Setting("on test") Figures test) {

    /** Figures of one split, shares from 0 to 1; null where none is stated. */
    public record Figures(
            @Setting(value = "share of images whose predicted class is correct", initial = "null", min = 0, max = 1)
                    @Nullable
                    Double top1) {}
}
