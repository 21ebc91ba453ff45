package org.gazecheck.audit.intervention;

/** Puts a shortcut on images, or takes it off, with another donor at each call. */
interface Editor {
    Edited of(SegmentedImage image);

    /**
     * An image with something put on or taken off.
     *
     * @param donor path of the image that something of it is taken from; its own where nothing is
     */
    record Edited(Composite composite, String donor) {}
}
