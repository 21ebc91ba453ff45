package org.gazecheck.audit.input;

import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.audit.input.FramedImages.Framed;
import org.gazecheck.config.Computation;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.CaptureMeasures;
import org.gazecheck.image.Mask;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.PropertyMeasures;
import org.gazecheck.image.SceneDescriptor;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/**
 * What an image is like, without any network: its size, the properties of {@link PropertyMeasures} and {@link CaptureMeasures},
 * whether there is a {@link SceneDescriptor} and what it says, and the upper and lower half of its {@link PerceptualHash}.
 */
public final class DescriptionRow implements RowKind<RowImage, double[]> {
    private static final int VERSION = 1;
    private static final int CAPTURE = 11;
    private static final int SCENE = 18;
    private static final int HASH = SCENE + 1 + SceneDescriptor.LENGTH;

    private final Preprocessing preprocessing;
    private final ImageLoader images;
    private final MaskRows masks;

    /** @param images decodes them */
    public DescriptionRow(Preprocessing preprocessing, ImageLoader images, MaskRows masks) {
        this.preprocessing = preprocessing;
        this.images = images;
        this.masks = masks;
    }

    @Override
    public String name() {
        return "descriptions";
    }

    @Override
    public String context() {
        return String.join(
                "\n",
                "version " + VERSION,
                "properties " + Computation.PROPERTIES.version(),
                "scenes " + Computation.ASSOCIATIONS.version(),
                "hashes " + Computation.DATA_QUALITY.version(),
                preprocessing.identity(),
                masks.context());
    }

    @Override
    public String key(RowImage image) {
        return masks.key(image);
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT64;
    }

    @Override
    public int rowLength() {
        return HASH + 2;
    }

    @Override
    public Class<double[]> type() {
        return double[].class;
    }

    @Override
    public RowPass<RowImage, double[]> open(int threads) {
        return RowPass.oneByOne(this, image -> {
            Framed framed = Framed.of(images.load(image.file(), image.name()), image.file(), preprocessing);
            return row(framed, masks.of(image));
        });
    }

    /** @param mask framed as the image is */
    double[] row(Framed image, Optional<Mask> mask) {
        PropertyMeasures m = PropertyMeasures.of(image.frame(), mask);
        CaptureMeasures c = CaptureMeasures.of(image.original(), image.frame(), mask);
        double[] row = Arrays.copyOf(
                new double[] {
                    image.width(),
                    image.height(),
                    m.brightness(),
                    m.contrast(),
                    m.sharpness(),
                    m.saturation(),
                    m.objectHue(),
                    m.backgroundHue(),
                    m.objectArea(),
                    m.objectX(),
                    m.objectY(),
                    c.blur(),
                    c.falloff(),
                    c.castTemperature(),
                    c.castTint(),
                    c.noise(),
                    c.blockiness(),
                    c.quantiser()
                },
                rowLength());
        mask.flatMap(found -> SceneDescriptor.of(image.frame(), found)).ifPresent(scene -> {
            row[SCENE] = 1;
            System.arraycopy(scene, 0, row, SCENE + 1, scene.length);
        });
        row[HASH] = image.hash() >>> Integer.SIZE;
        row[HASH + 1] = image.hash() & 0xffffffffL;
        return row;
    }

    /** A line of {@code properties.csv}. */
    public static ImageProperties properties(double[] row, String path, String sha256, Split split) {
        return new ImageProperties(
                path,
                sha256,
                split,
                (int) row[0],
                (int) row[1],
                row[2],
                row[3],
                row[4],
                row[5],
                row[6],
                row[7],
                row[8],
                row[9],
                row[10],
                new ImageProperties.Capture(
                        row[CAPTURE],
                        row[CAPTURE + 1],
                        row[CAPTURE + 2],
                        row[CAPTURE + 3],
                        row[CAPTURE + 4],
                        row[CAPTURE + 5],
                        row[CAPTURE + 6]));
    }

    /** As {@link SceneDescriptor} makes it; empty without mask or scene. */
    public static Optional<double[]> scene(double[] row) {
        return row[SCENE] == 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(row, SCENE + 1, HASH));
    }

    /** As {@link PerceptualHash} makes it. */
    public static long hash(double[] row) {
        return (long) row[HASH] << Integer.SIZE | (long) row[HASH + 1];
    }
}
