package org.gazecheck.audit.intervention;

import java.io.IOException;
import org.gazecheck.image.Alteration;
import org.gazecheck.image.RgbImage;

/** A composite that is altered as a whole, at the size at which the network sees it. */
record AlteredFrame(Composite of, Alteration alteration) implements Composite {
    @Override
    public String key() {
        return of.key() + ", then " + alteration.identity();
    }

    @Override
    public RgbImage image() throws IOException {
        return alteration.of(of.image());
    }
}
