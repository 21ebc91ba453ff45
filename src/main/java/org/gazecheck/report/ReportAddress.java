package org.gazecheck.report;

import java.nio.file.Path;

/** Where a report has an image, for pages beside it. */
public final class ReportAddress {
    private ReportAddress() {}

    /** The image as the network sees it, scaled down. @param report {@code index.html} */
    public static Path thumbnail(Path report, String path) {
        return report.resolveSibling("assets").resolve("thumbnails").resolve(GalleryData.fileName(path));
    }

    /** What follows the page's own address. */
    public static String image(String path) {
        return GalleryAddress.all()
                .with("image", GalleryData.fileName(path).replace(".jpg", ""))
                .toString();
    }
}
