package org.gazecheck.pipeline;

import java.nio.file.Path;
import org.gazecheck.config.Configuration;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.report.Changes;

/** The images of a run at full size, from where its configuration says that they are. */
public final class RunImages {
    private RunImages() {}

    public static Changes.Pictures of(Configuration run) {
        ImageDecoder decoder = new ImageDecoder(run.data().maxPixels());
        Path root = run.data().dir();
        return path -> decoder.decode(root.resolve(path));
    }
}
