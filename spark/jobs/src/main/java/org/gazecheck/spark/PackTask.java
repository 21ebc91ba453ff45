package org.gazecheck.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.gazecheck.data.ImageCheck;
import org.gazecheck.data.ImageChecker;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.ImageOpener;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** In an executor: opens images and masks, has them checked, and makes rows of them, one at a time. */
final class PackTask implements FlatMapFunction<Iterator<PackEntry>, Row> {
    private static final long serialVersionUID = 1;

    private final String base;
    private final String folder;
    private final String masks;
    private final long maxPixels;

    /**
     * @param base absolute; what relative paths are relative to, as messages show them
     * @param masks their folder; null where there is none
     */
    PackTask(String base, String folder, String masks, long maxPixels) {
        this.base = base;
        this.folder = folder;
        this.masks = masks;
        this.maxPixels = maxPixels;
    }

    @Override
    public Iterator<Row> call(Iterator<PackEntry> entries) throws IOException {
        Path root = Path.of(base).resolve(folder);
        if (!Files.isDirectory(root)) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "the images' folder " + root + " is not on "
                            + InetAddress.getLocalHost().getHostName()
                            + ": mount it at the same place on all machines of the cluster, or pack with --master local[*]");
        }
        Opened opened = new Opened(ImageOpener.folder(root), Path.of(base));
        ImageChecker checker = new ImageChecker(
                new ImageLoader(opened, maxPixels),
                opened::mask,
                Optional.ofNullable(masks).map(Path::of));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Row next() {
                PackEntry entry = entries.next();
                opened.forget();
                ImageCheck check = checker.check(entry.entry());
                try {
                    return row(entry, check, opened);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static Row row(PackEntry entry, ImageCheck check, Opened opened) throws IOException {
        return RowFactory.create(
                entry.number(),
                entry.path(),
                entry.split().text(),
                entry.label(),
                check.sha256(),
                check.problem().isEmpty() ? opened.image : null,
                check.problem().isEmpty() ? opened.mask : null,
                entry.mask() == null
                        ? null
                        : Path.of(entry.mask()).getFileName().toString(),
                check.width(),
                check.height(),
                check.problem(),
                CheckJson.of(check));
    }

    /** Remembers the bytes that were opened last, so that no file is read twice. */
    private static final class Opened implements ImageOpener {
        private final ImageOpener files;
        private final Path base;
        private byte[] image;
        private byte[] mask;

        Opened(ImageOpener files, Path base) {
            this.files = files;
            this.base = base;
        }

        void forget() {
            image = null;
            mask = null;
        }

        @Override
        public byte[] open(String path) throws IOException {
            image = files.open(path);
            return image;
        }

        byte[] mask(Path file) throws IOException {
            mask = Files.readAllBytes(base.resolve(file));
            return mask;
        }
    }
}
