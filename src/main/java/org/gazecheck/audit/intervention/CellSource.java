package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a network makes of the cells of images. */
interface CellSource extends AutoCloseable {
    /** In the order of the images. */
    List<ImageCells> of(List<SegmentedImage> images) throws IOException;

    @Override
    void close() throws IOException;

    /** Opens them; empty where a network has no cells that could be told apart. */
    interface Opening {
        Optional<CellSource> open() throws IOException;
    }
}
