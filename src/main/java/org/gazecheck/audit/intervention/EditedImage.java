package org.gazecheck.audit.intervention;

import java.io.IOException;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.RgbImage;

/** An image of train or val with a shortcut put on or taken off: its label stays what it was. */
public final class EditedImage {
    private final SegmentedImage image;
    private final int shortcut;
    private final Edit edit;
    private final Editor.Edited edited;

    EditedImage(SegmentedImage image, int shortcut, Edit edit, Editor.Edited edited) {
        this.image = image;
        this.shortcut = shortcut;
        this.edit = edit;
        this.edited = edited;
    }

    /** The image that was edited. */
    public Dataset.Item item() {
        return image.item();
    }

    /** Number of the shortcut among those that are mended. */
    public int shortcut() {
        return shortcut;
    }

    public Edit edit() {
        return edit;
    }

    /** Path of the image that something of it was taken from; its own where nothing was. */
    public String donor() {
        return edited.donor();
    }

    /** What its pixels depend on, under one preprocessing. */
    public String key() {
        return edited.composite().key();
    }

    /** As the network sees it: [size, size, 3]. */
    public RgbImage pixels() throws IOException {
        return edited.composite().image();
    }

    Composite composite() {
        return edited.composite();
    }
}
