package org.gazecheck.audit.dataquality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.DescribedImages.Described;
import org.gazecheck.audit.intervention.ImageFeatures;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.data.Dataset;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.io.NpyRows;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.RunFolder;

/** {@code data-quality.csv}: hands what was measured of a run to {@link DataQuality}. */
public final class DataQualityPart implements AuditPart {
    @Override
    public String name() {
        return "data-quality";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.dataQuality());
    }

    /** Nothing where {@code audit.dataQuality} is 0 or there are more images than it allows. */
    @Override
    public PartResult run(AuditSession session) throws IOException {
        AuditInputs inputs = session.inputs();
        Progress progress = session.progress();
        List<Prediction> predictions = session.predictions();
        List<Described> images = session.images();
        int most = inputs.configuration().audit().dataQuality();
        if (images.size() > most) {
            progress.message("data quality: not looked at, " + images.size()
                    + " images are more than audit.dataQuality, " + most);
            return PartResult.NOTHING;
        }
        List<String> classes = inputs.dataset().classes();
        List<HashedImage> all = images.stream()
                .map(p -> new HashedImage(
                        p.item().path(),
                        p.item().sha256(),
                        p.item().split(),
                        inputs.dataset().className(p.item()).orElse(""),
                        p.hash()))
                .toList();
        float[][] features = features(inputs, predictions, images, progress);
        DataQuality found = DataQuality.of(
                new DataQualityInputs(classes, predictions, probabilities(inputs), all, features, inputs.randomness()),
                progress);
        DataQualityFile.write(session.folder().dataQuality(), found.rows());
        return new PartResult(found.findings(), List.of(session.folder().dataQuality()));
    }

    /**
     * [images][d]: as the evaluation kept them of val and test, computed of train; all of them are computed for a run
     * of a program that kept none.
     */
    private static float[][] features(
            AuditInputs inputs, List<Prediction> predictions, List<Described> images, Progress progress)
            throws IOException {
        if (!Files.exists(inputs.folder().features())) {
            return ImageFeatures.of(
                    inputs, images.stream().map(Described::item).toList(), "features of images", progress);
        }
        Map<String, Integer> evaluated = new HashMap<>();
        predictions.forEach(prediction -> evaluated.put(prediction.path(), evaluated.size()));
        List<Dataset.Item> others = images.stream()
                .map(Described::item)
                .filter(item -> !evaluated.containsKey(item.path()))
                .toList();
        Iterator<float[]> computed = List.of(ImageFeatures.of(inputs, others, "features of train", progress))
                .iterator();
        float[][] features = new float[images.size()][];
        try (NpyRows kept = NpyRows.open(inputs.folder().features())) {
            for (int i = 0; i < features.length; i++) {
                Integer row = evaluated.get(images.get(i).item().path());
                features[i] = row == null ? computed.next() : kept.row(row);
            }
        }
        return features;
    }

    /** [predictions][classes] */
    private static float[][] probabilities(AuditInputs inputs) throws IOException {
        NpyArray array = Npy.read(inputs.folder().probabilities());
        int width = array.shape()[1];
        float[][] rows = new float[array.shape()[0]][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(array.floats(), i * width, (i + 1) * width);
        }
        return rows;
    }
}
