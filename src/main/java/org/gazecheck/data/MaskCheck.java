package org.gazecheck.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gazecheck.config.DataSettings;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.MaskCensus;
import org.gazecheck.image.MaskReading;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;

/** Judges all masks of a data set together. */
final class MaskCheck {
    private static final double MOST_OF_BORDER = 0.8;

    private final Listing listing;
    private final DataSettings data;
    private final Optional<Path> folder;
    private final MaskCensus census = new MaskCensus();
    private final Set<String> scaled = new TreeSet<>();
    private final Set<String> upright = new TreeSet<>();

    MaskCheck(Listing listing, DataSettings data) {
        this.listing = listing;
        this.data = data;
        this.folder = Sources.masks(data);
    }

    /** What masks come to. */
    record Judged(GivenMasks masks, List<Assumption> assumptions, List<String> warnings, List<String> problems) {}

    /** Takes a mask into account that was looked at. */
    synchronized void add(MaskLook mask) {
        if (mask.scaled() != null) {
            scaled.add(mask.scaled());
        }
        if (mask.upright() != null) {
            upright.add(mask.upright());
        }
        if (mask.counts() != null) {
            census.add(mask.counts());
        }
    }

    /** A mask's name for people. */
    static String name(Optional<Path> folder, Path file) {
        return folder.map(root -> Names.relative(root, file)).orElseGet(file::toString);
    }

    /** To be asked when all images were looked at. */
    Judged judged(List<DatasetRow> rows) {
        List<Assumption> assumptions = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        GivenMasks masks = GivenMasks.NONE;
        if (census.masks() > 0) {
            try {
                MaskReading reading = census.reading();
                masks = given(reading);
                tell(reading, assumptions, warnings);
            } catch (InvalidImageException e) {
                problems.add("data.masks " + folder.orElseThrow() + ": " + e.getMessage());
            }
            tellMissing(rows, warnings, problems);
        }
        return new Judged(masks, assumptions, warnings, problems);
    }

    private GivenMasks given(MaskReading reading) {
        Map<String, String> files = new HashMap<>();
        for (Listing.Entry entry : listing.entries()) {
            entry.mask().ifPresent(file -> files.put(entry.path(), name(folder, file)));
        }
        return new GivenMasks(folder.orElseThrow(), reading.meaning(), files);
    }

    private void tell(MaskReading reading, List<Assumption> assumptions, List<String> warnings) {
        assumptions.add(new Assumption(
                "prepare",
                "data.masks",
                reading.masks() + " masks: " + reading.text() + "; the object covers " + percent(reading.covered())
                        + " of the images and " + percent(reading.border()) + " of their borders",
                Map.of("masks", reading.masks(), "empty", reading.empty())));
        if (!scaled.isEmpty()) {
            assumptions.add(new Assumption(
                    "prepare",
                    "data.maskSizes",
                    scaled.size() + " masks are of another size than their images and are scaled ("
                            + scaled.iterator().next() + ")",
                    Map.of("masks", scaled.size())));
        }
        if (!upright.isEmpty()) {
            assumptions.add(new Assumption(
                    "prepare",
                    "data.masksUpright",
                    upright.size()
                            + " masks are of images that are stored turned (EXIF orientation), and are taken to be upright ("
                            + upright.iterator().next() + ")",
                    Map.of("masks", upright.size())));
        }
        if (reading.empty() > 0) {
            warnings.add(reading.empty() + " of " + reading.masks() + " masks mark nothing");
        }
        if (reading.whole() > 0) {
            warnings.add(reading.whole() + " of " + reading.masks() + " masks mark the whole image");
        }
        if (reading.border() >= MOST_OF_BORDER) {
            warnings.add(
                    "masks cover " + percent(reading.border()) + " of the images' borders: see whether they mark the"
                            + " background in place of the object, and if so, invert them");
        } else if (!reading.around().isEmpty()) {
            warnings.add(
                    reading.around().size() + " of " + reading.masks() + " masks cover the border of their image and"
                            + " leave out some of the inside, unlike the others ("
                            + reading.around().get(0)
                            + (reading.around().size() > 1 ? ", ..." : "")
                            + "): see whether they mark the background in place of the"
                            + " object, and if so, invert these");
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private void tellMissing(List<DatasetRow> rows, List<String> warnings, List<String> problems) {
        Set<String> masked = new HashSet<>();
        listing.entries().stream().filter(entry -> entry.mask().isPresent()).forEach(entry -> masked.add(entry.path()));
        Map<Split, List<String>> missing = new TreeMap<>();
        Map<Split, Integer> all = new TreeMap<>();
        for (DatasetRow row : rows) {
            if (row.usable()) {
                all.merge(row.split(), 1, Integer::sum);
                if (!masked.contains(row.path())) {
                    missing.computeIfAbsent(row.split(), split -> new ArrayList<>())
                            .add(row.path());
                }
            }
        }
        missing.forEach((split, paths) -> {
            String text = paths.size() + " of " + all.get(split) + " images of " + split.text()
                    + " have no mask in data.masks (such as " + Printable.of(paths.get(0)) + ", whose mask would be "
                    + Printable.of(MaskFiles.expected(paths.get(0))) + ")";
            switch (data.missingMasks()) {
                case ESTIMATE -> warnings.add(text + ": they are estimated (data.missingMasks)");
                case LEAVE_OUT -> warnings.add(text + ": what needs masks leaves them out (data.missingMasks)");
                case STOP -> {
                    if (split == Split.TRAIN) {
                        warnings.add(text + ": what needs masks leaves them out");
                    } else {
                        problems.add(text + ": name the masks as their images, or set data.missingMasks to "
                                + "estimate or leaveOut");
                    }
                }
            }
        });
    }
}
