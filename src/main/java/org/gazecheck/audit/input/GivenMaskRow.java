package org.gazecheck.audit.input;

import java.io.IOException;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.MaskPixels;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowImage.MaskBytes;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/**
 * The mask that was given for an image, framed as the network sees the image: a bit a pixel for what is object, then a bit a pixel for
 * what is neither object nor background. Of images that have one.
 */
public final class GivenMaskRow implements RowKind<RowImage, byte[]> {
    private static final int VERSION = 1;
    private static final int BITS = 8;

    private final Preprocessing preprocessing;
    private final MaskMeaning meaning;

    /** @param meaning how the values of the data set's masks are read */
    public GivenMaskRow(Preprocessing preprocessing, MaskMeaning meaning) {
        this.preprocessing = preprocessing;
        this.meaning = meaning;
    }

    @Override
    public String name() {
        return "givenmasks";
    }

    @Override
    public String context() {
        return String.join(
                "\n",
                "version " + VERSION,
                "decoding " + ImageDecoder.VERSION,
                "short side " + preprocessing.shortSide() + ", crop " + preprocessing.crop(),
                "meaning " + meaning.rule() + " " + meaning.least());
    }

    @Override
    public String key(RowImage image) {
        MaskBytes mask = image.mask().orElseThrow();
        return mask.sha256() + " " + mask.name();
    }

    @Override
    public Encoding encoding() {
        return Encoding.BYTES;
    }

    @Override
    public int rowLength() {
        return 2 * bytes();
    }

    private int bytes() {
        return (preprocessing.crop() * preprocessing.crop() + BITS - 1) / BITS;
    }

    @Override
    public Class<byte[]> type() {
        return byte[].class;
    }

    @Override
    public RowPass<RowImage, byte[]> open(int threads) {
        return RowPass.oneByOne(this, image -> row(framed(image.mask().orElseThrow())));
    }

    /** [size, size]. */
    Mask framed(MaskBytes mask) throws IOException {
        return MaskPixels.read(mask.file(), mask.name()).mask(meaning).frame(preprocessing);
    }

    private byte[] row(Mask mask) {
        byte[] row = new byte[rowLength()];
        for (int i = 0; i < mask.foreground().length; i++) {
            row[i / BITS] |= (byte) (mask.foreground()[i] ? 1 << i % BITS : 0);
            row[bytes() + i / BITS] |= (byte) (mask.unknown()[i] ? 1 << i % BITS : 0);
        }
        return row;
    }

    /** [size, size]. */
    public Mask mask(byte[] row) {
        int size = preprocessing.crop();
        boolean[] foreground = new boolean[size * size];
        boolean[] unknown = new boolean[size * size];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = (row[i / BITS] >> i % BITS & 1) == 1;
            unknown[i] = (row[bytes() + i / BITS] >> i % BITS & 1) == 1;
        }
        return new Mask(size, size, foreground, unknown);
    }
}
