package org.gazecheck.audit.input;

import java.io.IOException;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.KeptImages;
import org.gazecheck.image.Framing;
import org.gazecheck.image.OriginalMeasures;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;

/** The images that an audit looks at again and again. Safe for several threads. */
public final class FramedImages {
    private static final long BYTES = 512L << 20;

    private final ImageLoader loader;
    private final KeptImages<Framed> images;

    FramedImages(ImageLoader loader, Preprocessing preprocessing) {
        this.loader = loader;
        this.images =
                new KeptImages<>(BYTES, item -> read(loader, item, preprocessing), framed -> framed.frame.rgb().length);
    }

    private static Framed read(ImageLoader loader, Dataset.Item item, Preprocessing preprocessing) throws IOException {
        byte[] file = loader.open(item.path());
        return Framed.of(loader.load(file, item.path()), file, preprocessing);
    }

    /**
     * An image, with what is measured of it at its own size.
     *
     * @param frame as the network sees it
     * @param width of the whole image
     * @param height of the whole image
     * @param hash as {@link PerceptualHash} makes it
     */
    record Framed(RgbImage frame, int width, int height, long hash, OriginalMeasures original) {
        static Framed of(RgbImage image, byte[] file, Preprocessing preprocessing) {
            return new Framed(
                    Framing.frame(image, preprocessing),
                    image.width(),
                    image.height(),
                    PerceptualHash.of(image),
                    OriginalMeasures.of(image, file));
        }
    }

    Framed framed(Dataset.Item item) throws IOException {
        return images.of(item);
    }

    /** The whole image at its own size, decoded again. */
    public RgbImage original(Dataset.Item item) throws IOException {
        return loader.load(item.path());
    }

    /** As the network sees it. */
    public RgbImage frame(Dataset.Item item) throws IOException {
        return framed(item).frame;
    }
}
