package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.DataSettings;
import org.gazecheck.io.Printable;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;

/** Has every image of a listing opened once, and judges all together: what can be decoded, how large it is, what its bytes are. */
public final class Preparation {
    private final Listing listing;
    private final DataSettings data;
    private final boolean toTrain;
    private final ImageLoader images;
    private final MaskCheck masks;
    private final ImageFiles files = new ImageFiles();

    private Preparation(Listing listing, DataSettings data, ImageLoader images, boolean toTrain) {
        this.listing = listing;
        this.data = data;
        this.toTrain = toTrain;
        this.images = images;
        this.masks = new MaskCheck(listing, data);
    }

    /**
     * Checks everything, on all cores.
     *
     * @param toTrain whether a network is to learn the classes, and not only to be asked for them
     * @throws DataException with all that is wrong; images only count when the configuration does not leave them out
     */
    public static Prepared check(
            Listing listing, DataSettings data, ImageLoader images, boolean toTrain, Progress progress)
            throws IOException {
        return check(listing, data, images, toTrain, ImageChecks.onThisMachine(images, data), progress);
    }

    /** As {@link #check(Listing, DataSettings, ImageLoader, boolean, Progress)}, of images that are looked at elsewhere. */
    public static Prepared check(
            Listing listing,
            DataSettings data,
            ImageLoader images,
            boolean toTrain,
            ImageChecks checks,
            Progress progress)
            throws IOException {
        Prepared prepared = new Preparation(listing, data, images, toTrain).look(checks, progress);
        if (!prepared.problems().isEmpty()) {
            throw new DataException(prepared.problems());
        }
        return prepared;
    }

    /** Checks everything, and tells what is wrong beside what is right. */
    public static Prepared look(
            Listing listing, DataSettings data, ImageLoader images, boolean toTrain, Progress progress)
            throws IOException {
        return new Preparation(listing, data, images, toTrain).look(ImageChecks.onThisMachine(images, data), progress);
    }

    private Prepared look(ImageChecks checks, Progress progress) throws IOException {
        List<DatasetRow> rows = rows(checks, progress);
        if (!Files.isDirectory(listing.root())) {
            throw new DataException("the images' folder " + listing.root()
                    + " vanished while they were checked: bring it back and give the same command again");
        }
        List<String> problems = new ArrayList<>(listing.problems());
        List<DatasetRow> leftOut = new ArrayList<>();
        Map<Split, Integer> absent = new HashMap<>();
        for (DatasetRow row : rows) {
            if (row.problem().equals(ImageChecker.MISSING)
                    && data.allowMissing().contains(row.split())) {
                absent.merge(row.split(), 1, Integer::sum);
            } else if (!row.usable()) {
                leftOut.add(row);
            }
        }
        ImageFiles.Found found = files.found(rows);
        leftOut.removeIf(row -> found.unused().contains(row.path()));
        if (data.invalid() == DataSettings.Invalid.STOP) {
            List<DatasetRow> refused =
                    leftOut.stream().filter(row -> row.split() != Split.NEW).toList();
            problems.addAll(files.unreadable(refused, "cannot be read"));
            refused.stream().filter(row -> !files.isUnreadable(row)).forEach(row -> problems.add(describe(row)));
        }
        if (toTrain) {
            problems.addAll(InputChecks.untrainable(listing.classes(), rows));
        }
        MaskCheck.Judged judged = masks.judged(rows);
        problems.addAll(judged.problems());
        List<Assumption> assumptions = new ArrayList<>(Listing.joined(listing.assumptions(), found.assumptions()));
        InputChecks.valForTest(rows).ifPresent(assumptions::add);
        assumptions.addAll(judged.assumptions());
        List<String> warnings = new ArrayList<>(Listing.joined(warnings(rows, leftOut, absent), found.warnings()));
        warnings.addAll(judged.warnings());
        return new Prepared(
                Datasets.of(rows, listing.classes(), judged.masks(), images),
                rows,
                judged.masks(),
                found.formats(),
                Listing.joined(listing.ignored(), found.ignored()),
                assumptions,
                warnings,
                problems);
    }

    private List<String> warnings(List<DatasetRow> rows, List<DatasetRow> leftOut, Map<Split, Integer> absent) {
        List<String> warnings = new ArrayList<>(listing.warnings());
        absent.forEach((split, n) ->
                warnings.add(n + " images of " + split.text() + " are missing and left out (data.allowMissing)"));
        if (!leftOut.isEmpty()) {
            warnings.add(leftOut.size() + " invalid images are left out: "
                    + InputChecks.some(Listing.joined(
                            files.unreadable(leftOut, "cannot be read"),
                            leftOut.stream()
                                    .filter(row -> !files.isUnreadable(row))
                                    .map(Preparation::describe)
                                    .toList())));
        }
        warnings.addAll(InputChecks.of(listing.classes(), rows));
        return warnings;
    }

    /** What is wrong with an image that has no file. */
    static Optional<String> missing(Path file) {
        return Files.exists(file) ? Optional.empty() : Optional.of(ImageChecker.MISSING);
    }

    private static String describe(DatasetRow row) {
        return Printable.of(row.path()) + " (" + row.split().text() + "): " + row.problem();
    }

    private List<DatasetRow> rows(ImageChecks checks, Progress progress) throws IOException {
        DatasetRow[] rows = new DatasetRow[listing.entries().size()];
        checks.of(listing, progress, (index, check) -> {
            Listing.Entry entry = listing.entries().get(index);
            files.add(entry.path(), check);
            if (check.mask() != null) {
                masks.add(check.mask());
            }
            rows[index] = check.row(entry);
        });
        return List.of(rows);
    }
}
