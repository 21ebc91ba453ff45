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

    /** The window with half its sides around it on every side, as far as the image reaches: at most [2 height, 2 width, 3]. */
    RgbImage pixels() {
        RgbImage frame = image.frame();
        int left = Math.max(0, window.x() - window.width() / 2);
        int top = Math.max(0, window.y() - window.height() / 2);
        int width = Math.min(frame.width(), window.x() + window.width() + window.width() / 2) - left;
        int height = Math.min(frame.height(), window.y() + window.height() + window.height() / 2) - top;
        byte[] rgb = new byte[3 * width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(frame.rgb(), 3 * ((top + row) * frame.width() + left), rgb, 3 * row * width, 3 * width);
        }
        return new RgbImage(width, height, rgb);
    }
}
