package org.gazecheck.audit.intervention;

import java.io.IOException;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;

/** A composite image, made to ask the network what it goes by. */
interface Composite {
    /** What its pixels depend on, under one preprocessing. */
    String key();

    /** [size, size, 3]. */
    RgbImage image() throws IOException;

    /** An image as it is. */
    record Whole(AuditInputs inputs, Dataset.Item item) implements Composite {
        @Override
        public String key() {
            return item.sha256();
        }

        @Override
        public RgbImage image() throws IOException {
            return inputs.images().frame(item);
        }
    }

    /** An image of the sample as it is. */
    record Framed(SegmentedImage of) implements Composite {
        @Override
        public String key() {
            return of.item().sha256();
        }

        @Override
        public RgbImage image() {
            return of.frame();
        }
    }

    /** The object on the normalisation's mean colour. */
    record ObjectOnly(SegmentedImage object, Normalisation normalisation) implements Composite {
        @Override
        public String key() {
            return "object " + object.key();
        }

        @Override
        public RgbImage image() {
            RgbImage frame = object.frame();
            byte[] plain = new byte[frame.rgb().length];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = (byte) Math.round(255 * normalisation.mean()[i % 3]);
            }
            return pasted(object, new RgbImage(frame.width(), frame.height(), plain));
        }
    }

    /** An altered image with its object as it was. */
    record ObjectKept(SegmentedImage object, Composite altered) implements Composite {
        @Override
        public String key() {
            return object.key() + " before " + altered.key();
        }

        @Override
        public RgbImage image() throws IOException {
            return pasted(object, altered.image());
        }
    }

    /** The image without its object. */
    record BackgroundOnly(SegmentedImage of) implements Composite {
        @Override
        public String key() {
            return "background " + of.key();
        }

        @Override
        public RgbImage image() {
            return FilledBackground.of(of);
        }
    }

    /**
     * An object before the background of an image; with its own image, the control that has the pasted edge and
     * nothing else.
     */
    record Pasted(SegmentedImage object, SegmentedImage background) implements Composite {
        @Override
        public String key() {
            return object.key() + " before " + background.key();
        }

        @Override
        public RgbImage image() {
            return pasted(object, FilledBackground.of(background));
        }

        /** The same as an image with the object's mask. */
        SegmentedImage segmented() {
            return object.as(key(), image());
        }
    }

    /** The edge is a mean over 3x3 pixels of the mask. */
    static RgbImage pasted(SegmentedImage object, RgbImage background) {
        int width = background.width();
        int height = background.height();
        boolean[] foreground = object.mask().foreground();
        byte[] rgb = background.rgb().clone();
        for (int i = 0; i < foreground.length; i++) {
            int x = i % width;
            int y = i / width;
            int in = 0;
            int all = 0;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    in += foreground[ny * width + nx] ? 1 : 0;
                    all++;
                }
            }
            for (int c = 3 * i; in > 0 && c < 3 * i + 3; c++) {
                int front = object.frame().rgb()[c] & 0xff;
                int back = rgb[c] & 0xff;
                rgb[c] = (byte) ((front * in + back * (all - in) + all / 2) / all);
            }
        }
        return new RgbImage(width, height, rgb);
    }
}
