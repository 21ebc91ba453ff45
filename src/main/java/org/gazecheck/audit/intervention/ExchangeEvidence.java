package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gazecheck.image.Jpeg;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Folders;
import org.gazecheck.results.ExchangedFile;
import org.gazecheck.results.ExchangedPicture;
import org.gazecheck.results.RunFolder;

/**
 * The clearest of the pictures that exchanges made, so that a reader sees what the network saw: of each suspected class at
 * most four of other classes' objects in front of its backgrounds, those first that are most taken for the class, and four
 * of its own objects in front of other backgrounds, those first that are least. Each comes with its control, the same object
 * in front of the other kind of background. An object is shown once an exchange.
 *
 * @param pictures in the order in which they are written
 */
public record ExchangeEvidence(List<Picture> pictures) {
    /** Nothing was exchanged. */
    public static final ExchangeEvidence NONE = new ExchangeEvidence(List.of());

    private static final int MOST = 4;
    private static final float QUALITY = 0.85f;

    public ExchangeEvidence {
        pictures = List.copyOf(pictures);
    }

    /**
     * @param control the same object in front of the other kind of background
     * @param line without the names of its files
     */
    record Picture(Composition composition, Composition control, ExchangedPicture line) {}

    /**
     * Of one exchange.
     *
     * @param classes names
     * @param label the class suspected
     */
    static List<Picture> of(
            List<Exchange.Pair> pairs, List<String> classes, int label, ExchangedPicture.Exchange exchange) {
        boolean behind = exchange == ExchangedPicture.Exchange.PUT_BEHIND;
        Comparator<Exchange.Pair> clearest = behind
                ? Comparator.comparing((Exchange.Pair pair) -> pair.tied().best() != label)
                        .thenComparing(pair -> -pair.tied().probabilities()[label])
                : Comparator.comparing((Exchange.Pair pair) -> pair.other().best() == label)
                        .thenComparing(pair -> pair.other().probabilities()[label]);
        Set<String> seen = new HashSet<>();
        List<Picture> pictures = new ArrayList<>();
        for (Exchange.Pair pair : pairs.stream().sorted(clearest).toList()) {
            Exchange.Answered shown = behind ? pair.tied() : pair.other();
            Exchange.Answered otherwise = behind ? pair.other() : pair.tied();
            Cutout object = shown.composition().object();
            if (pictures.size() < MOST && seen.add(object.item().path())) {
                pictures.add(new Picture(
                        shown.composition(),
                        otherwise.composition(),
                        new ExchangedPicture(
                                "",
                                classes.get(label),
                                exchange,
                                object.item().path(),
                                classes.get(object.label()),
                                shown.composition().background().item().path(),
                                classes.get(shown.best()),
                                shown.probabilities()[shown.best()],
                                shown.probabilities()[label],
                                classes.get(otherwise.best()),
                                otherwise.probabilities()[otherwise.best()],
                                "",
                                otherwise.composition().background().item().path())));
            }
        }
        return pictures;
    }

    /** Writes {@code exchanged.csv} and its pictures in place of earlier ones; neither where there are none. */
    public void write(RunFolder folder) throws IOException {
        Files.deleteIfExists(folder.exchanged());
        Folders.delete(folder.exchangedPictures());
        if (pictures.isEmpty()) {
            return;
        }
        Files.createDirectories(folder.exchangedPictures());
        List<ExchangedPicture> lines = new ArrayList<>();
        for (Picture picture : pictures) {
            String number = String.format(Locale.ROOT, "%02d", lines.size() + 1);
            ExchangedPicture line = picture.line.named(number + ".jpg", number + "control.jpg");
            write(picture.composition, folder.exchangedPictures().resolve(line.picture()));
            write(picture.control, folder.exchangedPictures().resolve(line.otherPicture()));
            lines.add(line);
        }
        ExchangedFile.write(folder.exchanged(), lines);
    }

    private static void write(Composition composition, Path file) throws IOException {
        byte[] jpeg = Jpeg.encode(composition.image(), QUALITY);
        AtomicFile.write(file, out -> out.write(jpeg));
    }
}
