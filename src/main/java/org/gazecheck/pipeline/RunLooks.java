package org.gazecheck.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.explain.Overlay;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.NpyRows;
import org.gazecheck.report.Changes;
import org.gazecheck.report.ReportAddress;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.RunFolder;

/** How a finished run looks at its images: its stored heatmaps for the predicted class, over the images of its report. */
public final class RunLooks implements Changes.Looks, Closeable {
    private static final ImageDecoder DECODER = new ImageDecoder(1 << 22);

    private final Path report;
    private final String link;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Optional<NpyRows> maps;

    private RunLooks(Path report, String link, List<Prediction> predictions, Optional<NpyRows> maps) {
        this.report = report;
        this.link = link;
        this.maps = maps;
        for (int row = 0; row < predictions.size(); row++) {
            rows.put(predictions.get(row).path(), row);
        }
    }

    /**
     * @param folder of the run, where its maps and its report are
     * @param predictions of the run, the rows of its maps
     * @param from the folder of the page that links to the report
     */
    public static RunLooks open(RunFolder folder, List<Prediction> predictions, Path from) throws IOException {
        Path report = folder.report().toAbsolutePath().normalize();
        Path relative = from.toAbsolutePath().normalize().relativize(report);
        return new RunLooks(report, encoded(relative), predictions, maps(folder, predictions.size()));
    }

    /** The run's own method and layer are the first by name; maps of another number of images are none of these. */
    private static Optional<NpyRows> maps(RunFolder folder, int images) throws IOException {
        if (!Files.isDirectory(folder.maps())) {
            return Optional.empty();
        }
        Optional<Path> file;
        try (Stream<Path> files = Files.list(folder.maps())) {
            file = files.filter(each -> each.toString().endsWith("_" + MapTarget.PREDICTED.text() + ".npy"))
                    .sorted()
                    .findFirst();
        }
        if (file.isEmpty()) {
            return Optional.empty();
        }
        NpyRows maps = NpyRows.open(file.get());
        if (maps.shape().length == 3 && maps.shape()[0] == images) {
            return Optional.of(maps);
        }
        maps.close();
        return Optional.empty();
    }

    private static String encoded(Path relative) {
        try {
            return new URI(null, null, "/" + relative, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address: " + relative, e);
        }
    }

    @Override
    public Optional<RgbImage> heatmap(String path) throws IOException {
        Path thumbnail = ReportAddress.thumbnail(report, path);
        if (maps.isEmpty() || !rows.containsKey(path) || !Files.isRegularFile(thumbnail)) {
            return Optional.empty();
        }
        int[] shape = maps.get().shape();
        RgbImage image = DECODER.decode(thumbnail);
        return Optional.of(Overlay.draw(image, maps.get().row(rows.get(path)), shape[1], shape[2]));
    }

    /** Only of images that the report has, which may be a sample. */
    @Override
    public Optional<String> address(String path) {
        return Files.isRegularFile(report) && Files.isRegularFile(ReportAddress.thumbnail(report, path))
                ? Optional.of(link + ReportAddress.image(path))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (maps.isPresent()) {
            maps.get().close();
        }
    }
}
