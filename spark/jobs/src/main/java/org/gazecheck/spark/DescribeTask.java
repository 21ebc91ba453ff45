package org.gazecheck.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.gazecheck.audit.input.DescriptionRow;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Processor;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowImage.MaskBytes;
import org.gazecheck.rows.RowPass;

/** In an executor: what images with given masks are like, without any network. */
final class DescribeTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final Broadcast<DescribeJob> job;

    DescribeTask(Broadcast<DescribeJob> job) {
        this.job = job;
    }

    /** The key of an image's row. */
    static String key(Broadcast<DescribeJob> job, String sha256, String maskName, byte[] mask) throws IOException {
        RowImage image = RowImage.of("", new byte[0], sha256, RowImage.UNLABELLED);
        return job.value().kind().key(image.with(MaskBytes.of(maskName, mask)));
    }

    /** @param images key, class, split, path, sha256, image, maskName, mask */
    @Override
    public Iterator<Row> call(Iterator<Row> images) throws IOException {
        DescriptionRow kind = job.value().kind();
        RowPass<RowImage, double[]> pass = kind.open(1);
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
                            bytes(pass.compute(List.of(of(image)))),
                            processor,
                            image.getAs("split"));
                } catch (IOException e) {
                    throw new UncheckedIOException(new GazecheckException(
                            image.getAs("path") + " (" + image.getAs("key") + ") cannot be described: "
                                    + e.getMessage(),
                            e));
                }
            }
        };
    }

    private static RowImage of(Row image) {
        return RowImage.of(
                        image.getAs("path"), image.getAs("image"), image.getAs("sha256"), image.<Integer>getAs("class"))
                .with(MaskBytes.of(image.getAs("maskName"), image.getAs("mask")));
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }
}
