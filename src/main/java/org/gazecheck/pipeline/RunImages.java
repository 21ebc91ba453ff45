package org.gazecheck.pipeline;

import org.gazecheck.config.Configuration;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.report.Changes;

/** The images of a run at full size, from where its configuration says that they are. */
public final class RunImages {
    private RunImages() {}

    public static Changes.Pictures of(Configuration run) {
        return ImageLoader.of(run.data())::load;
    }
}
