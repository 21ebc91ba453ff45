package org.gazecheck.audit.intervention;

import java.io.IOException;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Alteration;
import org.gazecheck.image.Framing;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;

/** Images at the size of their files: what a camera or a program does to an image is done there. */
record Originals(Reader reader, Preprocessing preprocessing) {
    /** Reads them. */
    interface Reader {
        RgbImage of(Dataset.Item item) throws IOException;
    }

    /** An image that is altered as a whole. */
    record Altered(SegmentedImage of, Alteration alteration, Originals originals) implements Composite {
        @Override
        public String key() {
            return of.item().sha256() + " with " + alteration.identity();
        }

        @Override
        public RgbImage image() throws IOException {
            return originals.framed(alteration.of(originals.reader.of(of.item())));
        }
    }

    /** As the network sees it. */
    RgbImage framed(RgbImage original) {
        return Framing.frame(original, preprocessing);
    }
}
