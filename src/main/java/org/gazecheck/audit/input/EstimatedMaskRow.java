package org.gazecheck.audit.input;

import java.util.Optional;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.ObjectEstimate;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/** Where the object probably is, framed as the network sees it: first whether there is a mask, then eight pixels a number. */
public final class EstimatedMaskRow implements RowKind<RowImage, float[]> {
    private static final int BITS = 8;

    private final Preprocessing preprocessing;
    private final ImageLoader images;

    /** @param images decodes them */
    public EstimatedMaskRow(Preprocessing preprocessing, ImageLoader images) {
        this.preprocessing = preprocessing;
        this.images = images;
    }

    @Override
    public String name() {
        return "masks";
    }

    @Override
    public String context() {
        return "version " + ObjectEstimate.VERSION + "\ndecoding " + ImageDecoder.VERSION + "\nshort side "
                + preprocessing.shortSide() + ", crop " + preprocessing.crop();
    }

    @Override
    public String key(RowImage image) {
        return image.sha256();
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT16;
    }

    @Override
    public int rowLength() {
        int size = preprocessing.crop();
        return 1 + (size * size + BITS - 1) / BITS;
    }

    @Override
    public Class<float[]> type() {
        return float[].class;
    }

    @Override
    public RowPass<RowImage, float[]> open(int threads) {
        return RowPass.oneByOne(
                this,
                image -> row(Framing.frame(images.load(image.file(), image.name()), preprocessing), image.sha256()));
    }

    /** @param frame as the network sees the image */
    float[] row(RgbImage frame, String sha256) {
        return row(ObjectEstimate.of(frame, Integer.parseUnsignedInt(sha256.substring(0, 8), 16)));
    }

    float[] row(Optional<Mask> mask) {
        float[] row = new float[rowLength()];
        if (mask.isPresent()) {
            row[0] = 1;
            boolean[] foreground = mask.get().foreground();
            for (int i = 0; i < foreground.length; i++) {
                row[1 + i / BITS] += foreground[i] ? 1 << i % BITS : 0;
            }
        }
        return row;
    }

    /** [size, size]; empty where no object could be separated from the background. */
    public Optional<Mask> mask(float[] row) {
        if (row[0] == 0) {
            return Optional.empty();
        }
        int size = preprocessing.crop();
        boolean[] foreground = new boolean[size * size];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = ((int) row[1 + i / BITS] >> i % BITS & 1) == 1;
        }
        return Optional.of(new Mask(size, size, foreground));
    }
}
