package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;

/** What a network makes of the cells of images. */
interface CellSource extends AutoCloseable {
    /** In the order of the images. */
    List<ImageCells> of(List<SegmentedImage> images) throws IOException;

    @Override
    void close() throws IOException;
}
