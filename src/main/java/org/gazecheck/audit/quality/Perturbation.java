package org.gazecheck.audit.quality;

import org.gazecheck.image.Jpeg;
import org.gazecheck.image.RgbImage;
import org.gazecheck.stats.Purpose.Subject;

/** Small changes of an image that a heatmap should hardly notice. */
enum Perturbation {
    /** One 28th of the side to the right and down (8 pixels of 224), edges repeated. */
    SHIFT("shift", Subject.SHIFTED) {
        @Override
        RgbImage of(RgbImage image) {
            int by = offset(image.height());
            byte[] rgb = new byte[image.rgb().length];
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    int from = Math.max(0, y - by) * image.width() + Math.max(0, x - by);
                    System.arraycopy(image.rgb(), 3 * from, rgb, 3 * (y * image.width() + x), 3);
                }
            }
            return new RgbImage(image.width(), image.height(), rgb);
        }

        @Override
        int offset(int side) {
            return Math.max(1, side / 28);
        }
    },
    /** A tenth brighter. */
    BRIGHTNESS("brightness", Subject.BRIGHTENED) {
        @Override
        RgbImage of(RgbImage image) {
            byte[] rgb = new byte[image.rgb().length];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = Occlusion.rounded(1.1 * (image.rgb()[i] & 0xff));
            }
            return new RgbImage(image.width(), image.height(), rgb);
        }
    },
    /** Written as JPEG of quality 0.5 and read again. */
    JPEG("jpeg", Subject.RECOMPRESSED) {
        @Override
        RgbImage of(RgbImage image) {
            return Jpeg.recompressed(image, 0.5f);
        }
    };

    private final String text;
    private final Subject subject;

    Perturbation(String text, Subject subject) {
        this.text = text;
        this.subject = subject;
    }

    /** Of its random numbers. */
    Subject subject() {
        return subject;
    }

    /** As it is written in results. */
    String text() {
        return text;
    }

    abstract RgbImage of(RgbImage image);

    /** How far to the right and down the image's contents moved, in pixels. */
    int offset(int side) {
        return 0;
    }
}
