package org.gazecheck.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Processor;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;

/** In an executor: rows of one kind, without any network. */
final class AuditTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    /** What is computed of an image without any network. */
    enum Which {
        MASKS {
            @Override
            RowKind<RowImage, ?> of(AuditKinds kinds) {
                return kinds.estimates();
            }
        },
        DESCRIPTIONS {
            @Override
            RowKind<RowImage, ?> of(AuditKinds kinds) {
                return kinds.descriptions();
            }
        },
        LOCALISATION {
            @Override
            RowKind<RowImage, ?> of(AuditKinds kinds) {
                return kinds.localisation();
            }
        };

        abstract RowKind<RowImage, ?> of(AuditKinds kinds);
    }

    private final Broadcast<AuditJob> job;
    private final Which which;

    AuditTask(Broadcast<AuditJob> job, Which which) {
        this.job = job;
        this.which = which;
    }

    /** The key of an image's row. */
    String key(String sha256, int label, String maskName, byte[] mask, boolean estimated) throws IOException {
        AuditKinds kinds = job.value().kinds();
        return which.of(kinds).key(AuditedImage.keyed(sha256, label, maskName, mask, estimated, kinds));
    }

    /** @param images key, split, and what {@link AuditedImage} takes */
    @Override
    public Iterator<Row> call(Iterator<Row> images) throws IOException {
        AuditKinds kinds = job.value().kinds();
        return rows(images, kinds, which.of(kinds).open(1));
    }

    private static Iterator<Row> rows(Iterator<Row> images, AuditKinds kinds, RowPass<RowImage, ?> pass)
            throws IOException {
        String processor = Processor.name();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return images.hasNext();
            }

            @Override
            public Row next() {
                Row image = images.next();
                try {
                    return RowFactory.create(
                            image.getAs("key"),
                            RowBytes.of(pass.compute(List.of(AuditedImage.of(image, kinds)))),
                            processor,
                            image.getAs("split"));
                } catch (IOException e) {
                    throw new UncheckedIOException(new GazecheckException(
                            image.getAs("path") + " (" + image.getAs("key") + ") cannot be audited: " + e.getMessage(),
                            e));
                }
            }
        };
    }
}
