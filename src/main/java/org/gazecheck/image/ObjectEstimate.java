package org.gazecheck.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.setRNGSeed;
import static org.bytedeco.opencv.global.opencv_imgproc.CC_STAT_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.GC_INIT_WITH_MASK;
import static org.bytedeco.opencv.global.opencv_imgproc.connectedComponentsWithStats;
import static org.bytedeco.opencv.global.opencv_imgproc.grabCut;

import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Where the object probably is: GrabCut (Rother, Kolmogorov and Blake 2004; OpenCV's) at half size, told no more than that
 * objects are rather in the middle than at the border. Only pieces of at least a fifth of the largest are kept.
 *
 * <p>It is done twice, from a narrow and a wide guess. Where the two answers disagree (intersection over union below
 * 0.6), or the answer covers less than 3 % or more than 80 % of the image, there is no estimate.
 */
public final class ObjectEstimate {
    /** Changes when estimates would. */
    public static final int VERSION = 1;

    private static final int ITERATIONS = 4;
    private static final double NARROW = 0.28;
    private static final double WIDE = 0.4;
    private static final double BORDER = 0.03;
    private static final double AGREEMENT = 0.6;
    private static final double LEAST = 0.03;
    private static final double MOST = 0.8;
    private static final double PIECE = 0.2;
    private static final byte BACKGROUND = 0;
    private static final byte PROBABLY_BACKGROUND = 2;
    private static final byte PROBABLY_OBJECT = 3;

    private ObjectEstimate() {}

    /**
     * @param frame at least 8x8 pixels
     * @param seed of the colour models' starts
     * @return [height, width]
     */
    public static Optional<Mask> of(RgbImage frame, int seed) {
        int width = frame.width() / 2;
        int height = frame.height() / 2;
        RgbImage half = Resizer.resize(frame, width, height);
        boolean[] narrow = cut(half, NARROW, seed);
        boolean[] wide = cut(half, WIDE, seed);
        double share = share(wide);
        if (share < LEAST || share > MOST || agreement(narrow, wide) < AGREEMENT) {
            return Optional.empty();
        }
        boolean[] foreground = new boolean[frame.width() * frame.height()];
        for (int i = 0; i < foreground.length; i++) {
            int x = Math.min(width - 1, i % frame.width() / 2);
            int y = Math.min(height - 1, i / frame.width() / 2);
            foreground[i] = wide[y * width + x];
        }
        return Optional.of(new Mask(frame.width(), frame.height(), foreground));
    }

    private static boolean[] cut(RgbImage image, double radius, int seed) {
        byte[] guess = guess(image.width(), image.height(), radius);
        try (BytePointer pixels = new BytePointer(image.rgb());
                BytePointer labels = new BytePointer(guess);
                Mat rgb = new Mat(image.height(), image.width(), CV_8UC3, pixels);
                Mat mask = new Mat(image.height(), image.width(), CV_8UC1, labels);
                Mat back = new Mat();
                Mat front = new Mat();
                Rect unused = new Rect()) {
            setRNGSeed(seed);
            grabCut(rgb, mask, unused, back, front, ITERATIONS, GC_INIT_WITH_MASK);
            labels.position(0).get(guess);
        }
        for (int i = 0; i < guess.length; i++) {
            guess[i] = (byte) (guess[i] & 1);
        }
        return pieces(guess, image.width(), image.height());
    }

    private static byte[] guess(int width, int height, double radius) {
        byte[] guess = new byte[width * height];
        double border = BORDER * Math.min(width, height);
        for (int i = 0; i < guess.length; i++) {
            int x = i % width;
            int y = i / width;
            double dx = (x + 0.5) / width - 0.5;
            double dy = (y + 0.5) / height - 0.5;
            boolean edge = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y)) < border;
            guess[i] = edge ? BACKGROUND : dx * dx + dy * dy < radius * radius ? PROBABLY_OBJECT : PROBABLY_BACKGROUND;
        }
        return guess;
    }

    private static boolean[] pieces(byte[] object, int width, int height) {
        boolean[] kept = new boolean[object.length];
        try (BytePointer values = new BytePointer(object);
                Mat mask = new Mat(height, width, CV_8UC1, values);
                Mat labels = new Mat();
                Mat stats = new Mat();
                Mat centroids = new Mat()) {
            int count = connectedComponentsWithStats(mask, labels, stats, centroids);
            try (IntIndexer areas = stats.createIndexer();
                    IntIndexer of = labels.createIndexer()) {
                int largest = 0;
                for (int piece = 1; piece < count; piece++) {
                    largest = Math.max(largest, areas.get(piece, CC_STAT_AREA));
                }
                for (int i = 0; i < kept.length; i++) {
                    int piece = of.get(i / width, i % width);
                    kept[i] = piece > 0 && areas.get(piece, CC_STAT_AREA) >= PIECE * largest;
                }
            }
        }
        return kept;
    }

    private static double share(boolean[] mask) {
        int count = 0;
        for (boolean value : mask) {
            count += value ? 1 : 0;
        }
        return (double) count / mask.length;
    }

    private static double agreement(boolean[] a, boolean[] b) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < a.length; i++) {
            both += a[i] && b[i] ? 1 : 0;
            either += a[i] || b[i] ? 1 : 0;
        }
        return either == 0 ? 0 : (double) both / either;
    }
}
