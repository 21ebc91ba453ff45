package org.gazecheck.audit.localisation;

import java.util.Optional;
import org.gazecheck.audit.input.MaskRows;
import org.gazecheck.config.Computation;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.image.Mask;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/**
 * Where the heatmaps of an image lie: the seven {@link LocalisationMeasures} for the predicted class, those for the true class,
 * and the overlap of both maps. Builds on the image's {@link ScoresRow}, and on the row of its mask where that is estimated.
 */
public final class LocalisationRow implements RowKind<RowImage, double[]> {
    private static final int MEASURES = 7;

    private final ScoresRow scores;
    private final MaskRows masks;
    private final int size;
    private final double band;

    /**
     * @param size of the network's input in pixels
     * @param band width of the border band, as a share of the side
     */
    public LocalisationRow(ScoresRow scores, MaskRows masks, int size, double band) {
        this.scores = scores;
        this.masks = masks;
        this.size = size;
        this.band = band;
    }

    @Override
    public String name() {
        return "localisation";
    }

    @Override
    public String context() {
        return String.join(
                "\n",
                "version " + Computation.LOCALISATION.version(),
                "size " + size,
                "border " + band,
                "scores: " + scores.context().replace("\n", ", "),
                masks.context());
    }

    @Override
    public String key(RowImage image) {
        return masks.key(image) + " label " + image.label();
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT64;
    }

    @Override
    public int rowLength() {
        return 2 * MEASURES + 1;
    }

    @Override
    public Class<double[]> type() {
        return double[].class;
    }

    @Override
    public RowPass<RowImage, double[]> open(int threads) {
        return RowPass.oneByOne(this, image -> {
            float[] row = image.row(scores);
            return row(
                    scores.map(row, MapTarget.PREDICTED),
                    scores.map(row, MapTarget.TRUE),
                    scores.height(),
                    scores.width(),
                    masks.of(image),
                    size,
                    band);
        });
    }

    /**
     * @param ofPredicted raw map [height, width]
     * @param ofTrue raw map [height, width]
     * @param mask framed as the network sees the image, [size, size]
     */
    static double[] row(
            float[] ofPredicted, float[] ofTrue, int height, int width, Optional<Mask> mask, int size, double band) {
        double[] row = new double[2 * MEASURES + 1];
        write(LocalisationMeasures.of(ofPredicted, height, width, mask, size, band), row, 0);
        write(LocalisationMeasures.of(ofTrue, height, width, mask, size, band), row, MEASURES);
        row[2 * MEASURES] = LocalisationMeasures.overlap(ofPredicted, ofTrue);
        return row;
    }

    private static void write(LocalisationMeasures m, double[] row, int from) {
        row[from] = m.massAccuracy();
        row[from + 1] = m.maskArea();
        row[from + 2] = m.borderMass();
        row[from + 3] = m.entropy();
        row[from + 4] = m.pointingGame();
        row[from + 5] = m.rankAccuracy();
        row[from + 6] = m.distance();
    }

    /** A line of {@code localisation.csv}. */
    public static Localisation line(double[] row, String path, String sha256, Split split, MapTarget target) {
        int from = target == MapTarget.PREDICTED ? 0 : MEASURES;
        return new Localisation(
                path,
                sha256,
                split,
                target,
                row[from],
                row[from + 1],
                row[from + 2],
                row[from + 3],
                row[from + 4],
                row[from + 5],
                row[from + 6],
                row[2 * MEASURES]);
    }
}
