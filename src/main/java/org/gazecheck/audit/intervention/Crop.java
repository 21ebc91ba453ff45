package org.gazecheck.audit.intervention;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.gazecheck.image.RgbImage;

/**
 * Where an image shows a mark, to be cut out so that a reader sees what the mark is.
 *
 * @param window around the mark
 */
record Crop(SegmentedImage image, Window window) {
    private static final int MOST = 6;
    private static final int FEWEST_OF_CLASS = 3;

    /**
     * Of images of the class itself, those first that are most like the mark and each content once; where there are hardly any, of
     * other classes too.
     *
     * @param images of all splits
     * @param carriers those that show the mark, by path
     */
    static List<Crop> of(List<SegmentedImage> images, Map<String, Mark.Sight> carriers, int label) {
        Map<String, SegmentedImage> byContent = new LinkedHashMap<>();
        images.stream()
                .filter(image -> carriers.containsKey(image.item().path()))
                .sorted(Comparator.comparing((SegmentedImage image) -> image.label() != label)
                        .thenComparing(image -> -sight(image, carriers).likeness())
                        .thenComparing(image -> image.item().path()))
                .forEach(image -> byContent.putIfAbsent(image.item().sha256(), image));
        List<SegmentedImage> own = byContent.values().stream()
                .filter(image -> image.label() == label)
                .toList();
        Stream<SegmentedImage> shown = own.size() >= FEWEST_OF_CLASS ? own.stream() : byContent.values().stream();
        return shown.limit(MOST)
                .map(image -> new Crop(image, sight(image, carriers).window()))
                .toList();
    }

    private static Mark.Sight sight(SegmentedImage image, Map<String, Mark.Sight> carriers) {
        return Objects.requireNonNull(carriers.get(image.item().path()));
    }

    /** The window with its surroundings: at most [2 height, 2 width, 3]. */
    RgbImage pixels() {
        RgbImage frame = image.frame();
        Window shown = window.withSurroundings(frame.width());
        byte[] rgb = new byte[3 * shown.width() * shown.height()];
        for (int row = 0; row < shown.height(); row++) {
            int from = (shown.y() + row) * frame.width() + shown.x();
            System.arraycopy(frame.rgb(), 3 * from, rgb, 3 * row * shown.width(), 3 * shown.width());
        }
        return new RgbImage(shown.width(), shown.height(), rgb);
    }
}
