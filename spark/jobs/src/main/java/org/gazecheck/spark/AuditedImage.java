package org.gazecheck.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowImage.MaskBytes;

/** An image of a table, with the rows that others build on. */
final class AuditedImage {
    private AuditedImage() {}

    /**
     * @param row path, sha256, class, maskName, mask, estimated and estimate; and where they are wanted image and scores
     */
    static RowImage of(Row row, AuditKinds kinds) throws IOException {
        List<String> there = List.of(row.schema().fieldNames());
        String path = row.getAs("path");
        byte[] file = there.contains("image") ? row.getAs("image") : new byte[0];
        RowImage image = masked(row, RowImage.of(path, file, row.getAs("sha256"), row.<Integer>getAs("class")), kinds);
        return there.contains("scores") ? image.with(kinds.scores(), RowBytes.floats(row.getAs("scores"))) : image;
    }

    private static RowImage masked(Row row, RowImage image, AuditKinds kinds) throws IOException {
        byte[] mask = row.getAs("mask");
        if (mask != null) {
            return image.with(MaskBytes.of(row.getAs("maskName"), mask));
        }
        if (!row.<Boolean>getAs("estimated")) {
            return image;
        }
        byte[] estimate = row.getAs("estimate");
        if (estimate == null) {
            throw new GazecheckException("no mask was estimated of " + image.name());
        }
        return image.with(kinds.estimates(), RowBytes.floats(estimate));
    }

    /** For keys alone. */
    static RowImage keyed(String sha256, int label, String maskName, byte[] mask, boolean estimated, AuditKinds kinds) {
        RowImage image = RowImage.of("", new byte[0], sha256, label);
        if (mask != null) {
            return image.with(MaskBytes.of(maskName, mask));
        }
        return estimated ? image.with(kinds.estimates(), new float[0]) : image;
    }
}
