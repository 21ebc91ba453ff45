package org.gazecheck.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.DataSettings;
import org.gazecheck.download.Downloader;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;

/**
 * Oxford Flowers 102 (Nilsback and Zisserman, 2008): images in {@code jpg/}, labels 1..102 in
 * {@code imagelabels.mat}, the official split in {@code setid.mat} ({@code trnid} is train, {@code valid} val,
 * {@code tstid} test: 1020, 1020, 6149 images). Takes a folder that holds them, or downloads the four official
 * files.
 */
final class Flowers102Source {
    private static final String LABELS = "imagelabels.mat";
    private static final String SPLITS = "setid.mat";
    private static final Map<Split, String> VARIABLES =
            new EnumMap<>(Map.of(Split.TRAIN, "trnid", Split.VAL, "valid", Split.TEST, "tstid"));

    private final OfficialFiles files;

    Flowers102Source(OfficialFiles files) {
        this.files = files;
    }

    static Flowers102Source official() {
        return new Flowers102Source(new OfficialFiles(
                URI.create("https://www.robots.ox.ac.uk/~vgg/data/flowers/102/"),
                Map.of(
                        LABELS,
                        "e0620be6f572b9609742df49c70aed4d",
                        SPLITS,
                        "a5357ecc9cb78c4bef273ce3793fc85c",
                        "102flowers.tgz",
                        "52808999861908f626f3c1f4e79d11fa",
                        "102segmentations.tgz",
                        "51375996b6c4f367a4b9f4492d7ecef5"),
                new Downloader()));
    }

    Listing read(DataSettings data, Progress progress) throws IOException {
        Path root = data.dir();
        files.complete(root, data.download(), progress);
        List<String> problems = new ArrayList<>();
        Sources.requireMasks(data.masks(), problems);
        files.check(root, List.of(LABELS, SPLITS), problems);
        int[] labels = MatFile.read(root.resolve(LABELS), "labels");
        Split[] splits = splits(root.resolve(SPLITS), labels.length, problems);
        List<String> classes = classNames();
        List<Listing.Entry> entries = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (splits[i] != null) {
                entries.add(entry(data, i + 1, labels[i], splits[i], classes));
            }
        }
        return new Listing(root, classes, entries, problems, List.of(), List.of(), List.of());
    }

    /** What {@link #read} would download first. */
    Optional<String> toDownload(DataSettings data) throws IOException {
        List<String> absent = files.absent(data.dir(), data.download());
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", absent) + " would be downloaded to " + data.dir());
    }

    static List<String> classNames() throws IOException {
        try (InputStream in = Flowers102Source.class.getResourceAsStream("flowers102.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Listing.Entry entry(DataSettings data, int number, int label, Split split, List<String> classes) {
        String path = String.format("jpg/image_%05d.jpg", number);
        boolean known = label >= 1 && label <= classes.size();
        Optional<String> problem = known
                ? Preparation.missing(data.dir().resolve(path))
                : Optional.of("label " + label + " is out of range 1.." + classes.size());
        String name = known ? classes.get(label - 1) : Integer.toString(label);
        return new Listing.Entry(path, split, name, problem, Optional.empty());
    }

    private static Split[] splits(Path file, int images, List<String> problems) throws IOException {
        Split[] splits = new Split[images];
        for (Map.Entry<Split, String> variable : VARIABLES.entrySet()) {
            Split split = variable.getKey();
            for (int number : MatFile.read(file, variable.getValue())) {
                if (number < 1 || number > images) {
                    problems.add(file + ": image " + number + " of " + split.text() + " is out of range 1.." + images);
                } else if (splits[number - 1] != null) {
                    problems.add(file + ": image " + number + " is in " + splits[number - 1].text() + " and in "
                            + split.text());
                } else {
                    splits[number - 1] = split;
                }
            }
        }
        for (int i = 0; i < images; i++) {
            if (splits[i] == null) {
                problems.add(file + ": image " + (i + 1) + " is in no split");
            }
        }
        return splits;
    }
}
