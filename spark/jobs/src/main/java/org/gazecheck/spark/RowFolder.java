package org.gazecheck.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Datasets;
import org.gazecheck.data.GivenMasks;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.Sources;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.MaskList;
import org.gazecheck.results.MaskListFile;

/**
 * What lies where, on any file system that Spark reads: {@code images/} as packed, {@code packed.json} when they were
 * accepted, {@code scores/context=<hash>/split=.../} the rows of one context, beside them {@code context.txt}.
 */
final class RowFolder {
    /** A row: little-endian numbers by the key of the single machine's store. */
    static final StructType ROW = new StructType()
            .add("key", DataTypes.StringType, false)
            .add("row", DataTypes.BinaryType, false)
            .add("processor", DataTypes.StringType, false)
            .add("split", DataTypes.StringType, false);

    static final String DATASET = "dataset.csv";
    static final String MASKS = "masks.json";

    private final FileSystem files;
    private final Path root;

    private RowFolder(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    static RowFolder of(SparkSession spark, String uri) throws IOException {
        Path root = new Path(uri);
        return new RowFolder(root.getFileSystem(spark.sparkContext().hadoopConfiguration()), root);
    }

    String images() {
        return new Path(root, "images").toString();
    }

    /** Rows of a kind under a context. */
    String rows(String kind, String context) {
        return new Path(
                        new Path(root, kind),
                        "context=" + Hashes.sha256(context).substring(0, 16))
                .toString();
    }

    /** Removes what a driver that was ended left of a wave: files that were never committed. */
    void sweep(String folder) throws IOException {
        files.delete(new Path(folder, "_temporary"), true);
    }

    /** Where tasks that are tried again write which image they are at. */
    String notes() {
        return new Path(root, "_notes").toString();
    }

    /** What ended tasks wrote last, each once. */
    List<String> takeNotes() throws IOException {
        Path folder = new Path(notes());
        TreeSet<String> found = new TreeSet<>();
        if (files.exists(folder)) {
            for (FileStatus note : files.listStatus(folder)) {
                try (InputStream in = files.open(note.getPath())) {
                    found.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            files.delete(folder, true);
        }
        found.remove("");
        return List.copyOf(found);
    }

    /** Beside the rows: Spark takes files that begin with an underscore for none of the data's. */
    void keepContext(String kind, String context) throws IOException {
        write(new Path(rows(kind, context), "_context.txt"), context);
    }

    boolean exists(String path) throws IOException {
        return files.exists(new Path(path));
    }

    private Path accepted() {
        return new Path(root, "packed.json");
    }

    void refuse() throws IOException {
        files.delete(accepted(), false);
        files.delete(new Path(root, MASKS), false);
    }

    void accept(PackedSet packed) throws IOException {
        write(accepted(), packed.json());
    }

    /** @throws GazecheckException where nothing was packed and accepted */
    PackedSet packed() throws IOException {
        if (!files.exists(accepted())) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "no images are packed in " + root + ": gazecheck-spark pack CONFIG packs and checks them");
        }
        try (InputStream in = files.open(accepted())) {
            return PackedSet.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** How the masks that were packed are read; empty where none were given. */
    Optional<MaskMeaning> maskMeaning() throws IOException {
        Optional<MaskList> masks = masks();
        return masks.isEmpty() || masks.get().files().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        GivenMasks.of(java.nio.file.Path.of(""), masks.get()).meaning());
    }

    private Optional<MaskList> masks() throws IOException {
        return files.exists(new Path(root, MASKS)) ? Optional.of(copied(MASKS, MaskListFile::read)) : Optional.empty();
    }

    /**
     * What was packed, as the single machine has it; its images are opened where the configuration says.
     *
     * @param classes names, in the order of their labels
     */
    Dataset dataset(Configuration configuration, List<String> classes) throws IOException {
        Optional<java.nio.file.Path> folder = Sources.masks(configuration.data());
        Optional<MaskList> masks = masks();
        return Datasets.of(
                copied(DATASET, DatasetFile::read),
                classes,
                folder.isPresent() && masks.isPresent() ? GivenMasks.of(folder.get(), masks.get()) : GivenMasks.NONE,
                ImageLoader.of(configuration.data()));
    }

    /** Reads a file of the run folder. */
    private interface Reader<T> {
        T read(java.nio.file.Path file) throws IOException;
    }

    private <T> T copied(String name, Reader<T> reader) throws IOException {
        java.nio.file.Path copy = Files.createTempFile("gazecheck", name);
        try (InputStream in = files.open(new Path(root, name))) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return reader.read(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    void write(String name, byte[] bytes) throws IOException {
        try (OutputStream out = files.create(new Path(root, name), true)) {
            out.write(bytes);
        }
    }

    private void write(Path path, String text) throws IOException {
        try (OutputStream out = files.create(path, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
