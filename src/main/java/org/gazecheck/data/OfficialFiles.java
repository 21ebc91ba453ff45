package org.gazecheck.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.gazecheck.download.Checksum;
import org.gazecheck.download.Download;
import org.gazecheck.download.DownloadException;
import org.gazecheck.download.Downloader;
import org.gazecheck.download.TarGz;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;

/**
 * The files that a data set's publisher offers.
 *
 * @param base where they lie, with a slash at the end
 * @param md5 their checksums by name
 */
record OfficialFiles(URI base, Map<String, String> md5, Downloader downloader) {
    private static final String LABELS = "imagelabels.mat";
    private static final String SPLITS = "setid.mat";
    private static final String IMAGES = "102flowers.tgz";
    private static final String SEGMENTATIONS = "102segmentations.tgz";

    /**
     * What a folder lacks; the archives only when it has no folder of images.
     *
     * @throws DataException when something is, and may not be fetched
     */
    List<String> absent(Path root, boolean download) throws DataException {
        List<String> absent = Stream.concat(
                        Stream.of(LABELS, SPLITS).filter(name -> !Files.exists(root.resolve(name))),
                        hasImages(root) ? Stream.<String>empty() : Stream.of(IMAGES, SEGMENTATIONS))
                .toList();
        if (!absent.isEmpty() && !download) {
            throw new DataException("data.dir " + root + " lacks " + String.join(", ", absent)
                    + ": set data.download to" + " true, or put there the files of " + base);
        }
        return absent;
    }

    /** Fetches what a folder lacks. */
    void complete(Path root, boolean download, Progress progress) throws IOException {
        boolean there = hasImages(root);
        for (String name : absent(root, download)) {
            fetch(root, name, progress);
        }
        if (!there) {
            unpack(root, SEGMENTATIONS, "segmim", progress);
            unpack(root, IMAGES, "jpg", progress);
        }
    }

    /** Adds a problem for each file that is not the published one. */
    void check(Path root, List<String> names, List<String> problems) throws IOException {
        for (String name : names) {
            String found = Hashes.md5(root.resolve(name));
            if (!found.equals(md5.get(name))) {
                problems.add(root.resolve(name) + " is not the published file: MD5 " + found + ", published "
                        + md5.get(name) + "; delete it to have it downloaded again");
            }
        }
    }

    private static boolean hasImages(Path root) {
        return Files.isDirectory(root.resolve("jpg"));
    }

    private void fetch(Path root, String name, Progress progress) throws IOException {
        Path target = root.resolve(name);
        Checksum published = Checksum.md5(Objects.requireNonNull(md5.get(name), name));
        if (!Files.exists(target) || !published.holds(target)) {
            downloader.fetch(new Download(base.resolve(name), target, published), progress);
        }
    }

    private static void unpack(Path root, String name, String folder, Progress progress) throws IOException {
        Path target = root.resolve(folder);
        Path archive = root.resolve(name);
        if (!Files.isDirectory(target)) {
            progress.message("unpacking " + archive);
            Path temporary = root.resolve(".unpacking-" + folder);
            Folders.delete(temporary);
            try {
                TarGz.unpack(archive, temporary);
            } catch (DownloadException e) {
                Folders.delete(temporary);
                throw new DataException(e.getMessage());
            }
            if (!Files.isDirectory(temporary.resolve(folder))) {
                throw new DataException(archive + " holds no folder " + folder);
            }
            Files.move(temporary.resolve(folder), target);
            Folders.delete(temporary);
        }
        Files.deleteIfExists(archive);
    }
}
