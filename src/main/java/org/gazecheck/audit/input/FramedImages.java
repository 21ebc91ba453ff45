package org.gazecheck.audit.input;

import java.io.IOException;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.KeptImages;
import org.gazecheck.image.Framing;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;

/** The images that an audit looks at again and again. Safe for several threads. */
public final class FramedImages {
    private static final long BYTES = 512L << 20;

    private final KeptImages<Framed> images;

    FramedImages(ImageLoader loader, Preprocessing preprocessing) {
        this.images = new KeptImages<>(
                BYTES, item -> Framed.of(loader.load(item.path()), preprocessing), framed -> framed.frame.rgb().length);
    }

    /**
     * An image, with what is measured of it at its own size.
     *
     * @param frame as the network sees it
     * @param width of the whole image
     * @param height of the whole image
     * @param hash as {@link PerceptualHash} makes it
     */
    record Framed(RgbImage frame, int width, int height, long hash) {
        static Framed of(RgbImage image, Preprocessing preprocessing) {
            return new Framed(
                    Framing.frame(image, preprocessing), image.width(), image.height(), PerceptualHash.of(image));
        }
    }

    Framed framed(Dataset.Item item) throws IOException {
        return images.of(item);
    }

    /** As the network sees it. */
    public RgbImage frame(Dataset.Item item) throws IOException {
        return framed(item).frame;
    }
}
