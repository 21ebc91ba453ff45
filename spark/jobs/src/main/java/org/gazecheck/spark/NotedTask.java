package org.gazecheck.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.gazecheck.io.Printable;

/**
 * A task that, when it is tried again, writes down beside the rows which image it is at, so that an image that ends the virtual
 * machine can be named. The first attempt writes nothing.
 */
final class NotedTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final MapPartitionsFunction<Row, Row> task;
    private final String folder;
    private final SerializableConfiguration files;

    private NotedTask(MapPartitionsFunction<Row, Row> task, String folder, SerializableConfiguration files) {
        this.task = task;
        this.folder = folder;
        this.files = files;
    }

    static NotedTask of(SparkSession spark, RowFolder rows, MapPartitionsFunction<Row, Row> task) {
        return new NotedTask(
                task,
                rows.notes(),
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> images) throws Exception {
        TaskContext context = TaskContext.get();
        if (context.attemptNumber() + context.stageAttemptNumber() == 0) {
            return task.call(images);
        }
        Path note = new Path(folder, context.stageId() + "-" + context.partitionId() + "-" + context.attemptNumber());
        FileSystem system = note.getFileSystem(files.value());
        context.addTaskCompletionListener((TaskCompletionListener) ended -> delete(system, note));
        return task.call(noted(images, system, note));
    }

    private static Iterator<Row> noted(Iterator<Row> images, FileSystem system, Path note) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return images.hasNext();
            }

            @Override
            public Row next() {
                Row image = images.next();
                try (OutputStream out = system.create(note, true)) {
                    out.write(text(image).getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return image;
            }
        };
    }

    private static String text(Row image) {
        String key = Printable.of(image.getAs("key"));
        return List.of(image.schema().fieldNames()).contains("path")
                ? Printable.of(image.getAs("path")) + " (" + key + ")"
                : key;
    }

    /** Where the virtual machine lives on, the failure says itself what it was. */
    private static void delete(FileSystem system, Path note) {
        try {
            system.delete(note, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
