package org.gazecheck.audit.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.EnergyCells;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.io.NpyRows;
import org.gazecheck.results.Embedding;
import org.gazecheck.results.EmbeddingFile;
import org.gazecheck.results.EmbeddingPoint;
import org.gazecheck.results.EmbeddingSummaryFile;
import org.gazecheck.results.Findings;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Neighbours;
import org.gazecheck.results.NeighboursFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.RunFolder;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * {@code embedding.csv}, {@code embedding.json} and {@code neighbours.csv}: every predicted image on two maps, or a sample
 * of 10,000, and the images most like each.
 */
public final class EmbeddingPart implements AuditPart {
    private static final int MOST_IMAGES = 10_000;

    @Override
    public String name() {
        return "embedding";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.embedding(), folder.embeddingSummary(), folder.neighbours());
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        AuditInputs inputs = session.inputs();
        List<Prediction> predictions = session.predictions();
        int[] rows = sample(predictions, inputs.randomness());
        ImageMap features = ImageMap.of(
                features(inputs.folder(), rows),
                "the evaluation kept no features",
                Purpose.FEATURE_EMBEDDING,
                inputs.randomness());
        ImageMap heatmap = ImageMap.of(
                energy(inputs.map(MapTarget.PREDICTED), rows),
                "the evaluation kept no heatmaps",
                Purpose.HEATMAP_EMBEDDING,
                inputs.randomness());
        List<EmbeddingPoint> points = IntStream.range(0, rows.length)
                .mapToObj(i -> {
                    Prediction p = predictions.get(rows[i]);
                    return new EmbeddingPoint(
                            p.path(), p.sha256(), p.split(), features.x(i), features.y(i), heatmap.x(i), heatmap.y(i));
                })
                .toList();
        RunFolder folder = session.folder();
        EmbeddingFile.write(folder.embedding(), points);
        EmbeddingSummaryFile.write(
                folder.embeddingSummary(),
                new Embedding(
                        Embedding.SCHEMA_VERSION, predictions.size(), rows.length, features.view(), heatmap.view()));
        NeighboursFile.write(
                folder.neighbours(),
                IntStream.range(0, rows.length)
                        .mapToObj(i -> {
                            Prediction p = predictions.get(rows[i]);
                            return new Neighbours(
                                    p.path(),
                                    p.sha256(),
                                    p.split(),
                                    features.nearest(i, rows),
                                    heatmap.nearest(i, rows));
                        })
                        .toList());
        return new PartResult(Findings.NONE, owned(folder));
    }

    /** Rows of the predictions, rising: all, or those whose own random numbers are least. */
    private static int[] sample(List<Prediction> predictions, Randomness randomness) {
        if (predictions.size() <= MOST_IMAGES) {
            return IntStream.range(0, predictions.size()).toArray();
        }
        long[] drawn = predictions.stream()
                .mapToLong(p -> randomness
                        .of(Purpose.EMBEDDING_SAMPLE.stream(), 0, p.path(), p.sha256())
                        .nextLong())
                .toArray();
        return IntStream.range(0, drawn.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> drawn[i]))
                .limit(MOST_IMAGES)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** [rows][d], each of length 1, so that distances rise with the angle; null where the evaluation kept none. */
    private static float @Nullable [][] features(RunFolder folder, int[] rows) throws IOException {
        if (!Files.exists(folder.features())) {
            return null;
        }
        float[][] features = new float[rows.length][];
        try (NpyRows kept = NpyRows.open(folder.features())) {
            for (int i = 0; i < rows.length; i++) {
                float[] row = kept.row(rows[i]);
                double squares = 0;
                for (float value : row) {
                    squares += (double) value * value;
                }
                for (int j = 0; j < row.length && squares > 0; j++) {
                    row[j] /= (float) Math.sqrt(squares);
                }
                features[i] = row;
            }
        }
        return features;
    }

    /** [rows][cells], null for a map that is nowhere positive; null where the evaluation kept none. */
    private static float @Nullable [] @Nullable [] energy(Path maps, int[] rows) throws IOException {
        if (!Files.exists(maps)) {
            return null;
        }
        float[][] energy = new float[rows.length][];
        try (NpyRows kept = NpyRows.open(maps)) {
            for (int i = 0; i < rows.length; i++) {
                Optional<double[]> cells = EnergyCells.of(kept.row(rows[i]), kept.shape()[2]);
                if (cells.isPresent()) {
                    energy[i] = new float[cells.get().length];
                    for (int c = 0; c < energy[i].length; c++) {
                        energy[i][c] = (float) cells.get()[c];
                    }
                }
            }
        }
        return energy;
    }
}
