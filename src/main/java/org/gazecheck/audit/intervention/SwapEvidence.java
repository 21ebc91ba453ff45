package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CounterfactualsFile;
import org.gazecheck.results.CroppedMark;
import org.gazecheck.results.CroppedMarksFile;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunFolder;

/**
 * The clearest of the counterfactual images, so that a reader sees what the network saw: of each suspected class at
 * most four of other classes' objects with the shortcut put on, and four of its own objects with it taken off: those first that are
 * taken for the class with it and not without, and among them those most taken for it, or least. Each comes with its control. An object
 * is shown once a swap. And what was put on or taken off, cut out of images that have it.
 *
 * @param images in the order in which they are written
 * @param cutOut in the order in which they are written
 */
record SwapEvidence(List<Shown> images, List<CutOut> cutOut) {
    private static final int MOST = 4;
    private static final float QUALITY = 0.85f;

    public SwapEvidence {
        images = List.copyOf(images);
        cutOut = List.copyOf(cutOut);
    }

    /**
     * @param control the same object, with the shortcut where the other has what stands in its place, and the other way round
     * @param line without the names of its files
     */
    record Shown(Composite composite, Composite control, Counterfactual line) {}

    /** @param line without the name of its file */
    record CutOut(Crop crop, CroppedMark line) {}

    /**
     * Of one swap.
     *
     * @param classes names
     * @param label the class suspected
     */
    static List<Shown> of(
            List<Trial.Pair> pairs, List<String> classes, int label, Reason reason, Counterfactual.Swap swap) {
        boolean behind = swap == Counterfactual.Swap.PUT;
        Comparator<Trial.Pair> clearest = Comparator.comparing((Trial.Pair pair) ->
                        pair.with().best() != label || pair.without().best() == label)
                .thenComparing(
                        behind
                                ? pair -> -pair.with().probabilities()[label]
                                : pair -> pair.without().probabilities()[label]);
        Set<String> seen = new HashSet<>();
        List<Shown> images = new ArrayList<>();
        for (Trial.Pair pair : pairs.stream().sorted(clearest).toList()) {
            Trial.Answered shown = behind ? pair.with() : pair.without();
            Trial.Answered otherwise = behind ? pair.without() : pair.with();
            SegmentedImage object = pair.contrast().object();
            if (images.size() < MOST && seen.add(object.item().path())) {
                images.add(new Shown(
                        shown.composite(),
                        otherwise.composite(),
                        new Counterfactual(
                                "",
                                classes.get(label),
                                reason,
                                swap,
                                object.item().path(),
                                classes.get(object.label()),
                                behind
                                        ? pair.contrast().donorPath()
                                        : pair.contrast().controlPath(),
                                classes.get(shown.best()),
                                shown.probabilities()[shown.best()],
                                shown.probabilities()[label],
                                classes.get(otherwise.best()),
                                otherwise.probabilities()[otherwise.best()],
                                "",
                                behind
                                        ? pair.contrast().controlPath()
                                        : pair.contrast().donorPath())));
            }
        }
        return images;
    }

    /** Writes {@code counterfactuals.csv} and {@code crops.csv} with their images; neither where there are none. */
    List<Path> write(RunFolder folder) throws IOException {
        List<Path> files = new ArrayList<>(writeImages(folder));
        files.addAll(writeCrops(folder));
        return files;
    }

    private List<Path> writeImages(RunFolder folder) throws IOException {
        if (images.isEmpty()) {
            return List.of();
        }
        List<Path> files = new ArrayList<>(List.of(folder.counterfactuals()));
        List<Counterfactual> lines = new ArrayList<>();
        for (Shown image : images) {
            String number = String.format(Locale.ROOT, "%02d", lines.size() + 1);
            Counterfactual line = image.line.named(number + ".jpg", number + "control.jpg");
            files.add(
                    write(image.composite.image(), folder.counterfactualImages().resolve(line.image())));
            files.add(write(image.control.image(), folder.counterfactualImages().resolve(line.otherImage())));
            lines.add(line);
        }
        CounterfactualsFile.write(folder.counterfactuals(), lines);
        return files;
    }

    private List<Path> writeCrops(RunFolder folder) throws IOException {
        if (cutOut.isEmpty()) {
            return List.of();
        }
        List<Path> files = new ArrayList<>(List.of(folder.crops()));
        List<CroppedMark> lines = new ArrayList<>();
        for (CutOut one : cutOut) {
            CroppedMark line = one.line.named(String.format(Locale.ROOT, "crop%02d.jpg", lines.size() + 1));
            files.add(write(one.crop.pixels(), folder.counterfactualImages().resolve(line.image())));
            lines.add(line);
        }
        CroppedMarksFile.write(folder.crops(), lines);
        return files;
    }

    private static Path write(RgbImage image, Path file) throws IOException {
        byte[] jpeg = Jpeg.encode(image, QUALITY);
        AtomicFile.write(file, out -> out.write(jpeg));
        return file;
    }
}
