package org.gazecheck.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gazecheck.image.MaskMeaning.Rule;

/**
 * Which values the masks of a folder hold, and so what they mean: judged over all of them, since one mask alone does not
 * tell. Safe for several threads; the order of the masks changes nothing.
 *
 * <p>0 is background. With one other value, that is the object. With both ends of the range and values between that
 * keep to edges (they cover no 3x3 pixels), the object is the upper half. A palette with colours is one of places: 0 is
 * background, 255 neither, all others object. Everything else is refused.
 */
public final class MaskCensus {
    static final int MOST_COLOURS = 4;
    private static final String ADVICE = ": save all of them as grey PNG, 0 for background and 255 for the object";

    /** From this share of a value's pixels on that lie within an area of their own, it is a level and no soft edge. */
    private static final double LEVEL = 0.2;

    /** The same where nearly all values occur: wide soft edges end in narrow areas of equal values. */
    private static final double LEVEL_OF_MANY = 0.6;

    private static final double MANY = 0.8;

    /** A mask that marks so much of its image's border may be that of the background. */
    private static final double MOST_OF_BORDER = 0.8;

    /** Values so near to the largest, as a share of it, are no level of their own. */
    private static final int NEAR = 32;

    private static final int FEW = 8;

    private record Kind(MaskFormat format, int most) {}

    private final Map<Kind, MaskLevels> kinds = new TreeMap<>(kindsOrder());

    /** Of palettes: what the places look like, in grey. */
    private final MaskLevels lookedUp = MaskLevels.none(255);

    private final TreeSet<String> around = new TreeSet<>();
    private int whole;

    /** Of palettes: colours of place 0, with a file each. */
    private final Map<Integer, String> grounds = new TreeMap<>();

    /** Colours of coloured files, with a file each; black is one. */
    private final Map<Integer, String> colours = new TreeMap<>();

    private boolean paletteHasColours;
    private boolean paletteHasBlackObject;
    private int masks;
    private int empty;
    private int emptyLookedUp;

    /** Takes one mask into account. */
    public synchronized void add(MaskCounts mask) {
        String file = mask.file();
        MaskLevels levels = MaskLevels.of(mask);
        masks++;
        empty += levels.marks().isEmpty() ? 1 : 0;
        long all = levels.pixels(value -> true);
        double marked = (double) levels.pixels(value -> value != 0) / all;
        double atBorder = (double) levels.borderPixels(value -> value != 0) / levels.borderPixels(value -> true);
        whole += marked == 1 ? 1 : 0;
        if (atBorder >= MOST_OF_BORDER && marked < atBorder) {
            around.add(file);
        }
        mask.colours().forEach(colour -> keep(colours, colour, file));
        kinds.computeIfAbsent(new Kind(mask.format(), levels.most()), kind -> MaskLevels.none(kind.most))
                .add(levels);
        if (mask.format() == MaskFormat.PALETTE) {
            List<Integer> palette = mask.palette();
            for (int place : levels.values()) {
                int colour = palette.get(place);
                paletteHasColours |= !isGrey(colour);
                paletteHasBlackObject |= colour == 0 && place != 0 && place != MaskMeaning.VOID;
                if (place == 0) {
                    keep(grounds, colour, file);
                }
            }
            MaskLevels greys = levels.mapped(place -> palette.get(place) & 0xff, 255);
            emptyLookedUp += greys.marks().isEmpty() ? 1 : 0;
            lookedUp.add(greys);
        } else {
            emptyLookedUp += levels.marks().isEmpty() ? 1 : 0;
        }
    }

    private static void keep(Map<Integer, String> examples, int key, String file) {
        if (examples.size() < MOST_COLOURS || examples.containsKey(key)) {
            examples.merge(key, file, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }

    private static boolean isGrey(int colour) {
        return (colour >> 16) == (colour >> 8 & 0xff) && (colour >> 8 & 0xff) == (colour & 0xff);
    }

    /** How many there are. */
    public synchronized int masks() {
        return masks;
    }

    /** @throws InvalidImageException where it is not certain, or no mask marks anything; with what was found and what to do */
    public synchronized MaskReading reading() throws InvalidImageException {
        Map<Kind, MaskLevels> read = read();
        Map<Kind, MaskLevels> marking = new TreeMap<>(kindsOrder());
        read.forEach((kind, levels) -> {
            if (!levels.marks().isEmpty()) {
                marking.put(kind, levels);
            }
        });
        if (marking.isEmpty()) {
            throw nothing();
        }
        boolean background =
                read.values().stream().anyMatch(levels -> levels.values().contains(0));
        if (marking.keySet().stream().anyMatch(kind -> kind.format == MaskFormat.ALPHA)) {
            requireOneFormat(read);
        }
        requireOneFormat(marking);
        MaskFormat format = marking.keySet().iterator().next().format;
        if (!background) {
            throw new InvalidImageException("the masks hold " + texts(marking) + " and nowhere the value 0, so that"
                    + " background and object cannot be told apart" + ADVICE);
        }
        MaskMeaning meaning =
                switch (format) {
                    case PALETTE -> palette();
                    case COLOUR -> colour();
                    case SEGMENTATION -> MaskMeaning.of(Rule.NOT_ZERO);
                    case GREY, ALPHA -> levels(marking);
                };
        return reading(meaning, format, read, marking);
    }

    private static Comparator<Kind> kindsOrder() {
        return Comparator.comparing(Kind::format).thenComparing(Kind::most);
    }

    /** By kind, palettes without colours among the grey files. */
    private Map<Kind, MaskLevels> read() {
        Map<Kind, MaskLevels> read = new TreeMap<>(kindsOrder());
        kinds.forEach((kind, levels) -> {
            boolean asGrey = kind.format == MaskFormat.PALETTE && !paletteHasColours;
            Kind as = asGrey ? new Kind(MaskFormat.GREY, 255) : kind;
            read.computeIfAbsent(as, k -> MaskLevels.none(k.most)).add(asGrey ? lookedUp : levels);
        });
        return read;
    }

    private InvalidImageException nothing() {
        return new InvalidImageException(
                "no mask marks an object: all " + masks + " hold background alone, 0 or black" + ADVICE);
    }

    private static void requireOneFormat(Map<Kind, MaskLevels> of) throws InvalidImageException {
        Map<MaskFormat, String> formats = new EnumMap<>(MaskFormat.class);
        of.forEach((kind, levels) -> formats.putIfAbsent(kind.format, levels.example()));
        if (formats.size() > 1) {
            throw new InvalidImageException("the masks are of several kinds: "
                    + formats.entrySet().stream()
                            .map(entry -> entry.getKey().text() + " (" + entry.getValue() + ")")
                            .collect(Collectors.joining(", "))
                    + ADVICE);
        }
    }

    private MaskMeaning palette() throws InvalidImageException {
        if (grounds.size() > 1) {
            throw new InvalidImageException("place 0 of the masks' palettes, which is background, has several colours: "
                    + colours(grounds) + ADVICE);
        }
        if (!grounds.containsKey(0) && paletteHasBlackObject) {
            throw new InvalidImageException("place 0 of the masks' palettes is not black (" + colours(grounds)
                    + ") and another place is, so that either could be background" + ADVICE);
        }
        return MaskMeaning.of(Rule.PALETTE);
    }

    private MaskMeaning colour() throws InvalidImageException {
        if (colours.size() != 2) {
            throw new InvalidImageException("the masks have more than one colour beside black: " + colours(colours)
                    + (colours.size() >= MOST_COLOURS ? ", ..." : "") + ADVICE);
        }
        return MaskMeaning.of(Rule.NOT_ZERO);
    }

    private static String colours(Map<Integer, String> of) {
        return of.entrySet().stream()
                .map(entry -> hex(entry.getKey()) + " (in " + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String hex(int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }

    /** Files of several bit depths must agree that the object has the largest value of each. */
    private static MaskMeaning levels(Map<Kind, MaskLevels> marking) throws InvalidImageException {
        List<MaskMeaning> meanings = new ArrayList<>();
        for (Map.Entry<Kind, MaskLevels> entry : marking.entrySet()) {
            meanings.add(levels(entry.getValue(), entry.getKey().most));
        }
        boolean one = meanings.size() == 1;
        boolean full = marking.entrySet().stream().allMatch(entry -> last(entry.getValue()) == entry.getKey().most);
        if (!one && (!full || meanings.stream().anyMatch(meaning -> meaning.rule() == Rule.FROM))) {
            throw new InvalidImageException("the masks differ in what they hold: " + texts(marking) + ADVICE);
        }
        return meanings.stream()
                .filter(meaning -> meaning.rule() != Rule.NOT_ZERO)
                .findFirst()
                .orElse(meanings.get(0));
    }

    private static int last(MaskLevels levels) {
        List<Integer> marks = levels.marks();
        return marks.get(marks.size() - 1);
    }

    private static MaskMeaning levels(MaskLevels levels, int most) throws InvalidImageException {
        List<Integer> marks = levels.marks();
        if (marks.size() == 1) {
            return MaskMeaning.of(Rule.NOT_ZERO);
        }
        int top = last(levels);
        List<Integer> between = marks.subList(0, marks.size() - 1);
        boolean byteInShort = most > 255 && top == 255;
        int range = byteInShort ? 255 : most;
        if (top < range - range / NEAR || between.stream().anyMatch(value -> isLevel(levels, between, value, range))) {
            throw new InvalidImageException("the masks hold the values " + levels.text()
                    + ", and which of them are the object is not certain" + ADVICE);
        }
        return byteInShort ? new MaskMeaning(Rule.FROM, 128) : MaskMeaning.of(Rule.UPPER_HALF);
    }

    private static boolean isLevel(MaskLevels levels, List<Integer> between, int value, int range) {
        if (value >= range - range / NEAR) {
            return false;
        }
        if (between.size() < FEW && value < range / NEAR) {
            return true;
        }
        boolean many = between.size() >= MANY * Math.min(range, 255);
        return levels.insideShare(value) >= (many ? LEVEL_OF_MANY : LEVEL);
    }

    private MaskReading reading(
            MaskMeaning meaning, MaskFormat format, Map<Kind, MaskLevels> read, Map<Kind, MaskLevels> marking)
            throws InvalidImageException {
        long object = 0;
        long known = 0;
        long objectAtBorder = 0;
        long knownAtBorder = 0;
        for (Map.Entry<Kind, MaskLevels> entry : read.entrySet()) {
            int most = entry.getKey().most;
            MaskLevels levels = entry.getValue();
            object += levels.pixels(value -> meaning.isObject(value, most));
            known += levels.pixels(value -> !meaning.isVoid(value));
            objectAtBorder += levels.borderPixels(value -> meaning.isObject(value, most));
            knownAtBorder += levels.borderPixels(value -> !meaning.isVoid(value));
        }
        if (object == 0) {
            throw nothing();
        }
        return new MaskReading(
                meaning,
                text(meaning, format, marking),
                masks,
                format == MaskFormat.PALETTE ? empty : emptyLookedUp,
                whole,
                List.copyOf(around),
                (double) object / known,
                knownAtBorder == 0 ? 0 : (double) objectAtBorder / knownAtBorder);
    }

    private String text(MaskMeaning meaning, MaskFormat format, Map<Kind, MaskLevels> marking) {
        MaskLevels first = marking.values().iterator().next();
        return switch (format) {
            case SEGMENTATION -> "what is not blue is object (official segmentations)";
            case COLOUR ->
                "black is background and "
                        + colours.keySet().stream()
                                .filter(colour -> colour != 0)
                                .map(MaskCensus::hex)
                                .collect(Collectors.joining())
                        + " the object";
            case PALETTE ->
                "of their palettes place 0 is background, "
                        + (first.values().contains(MaskMeaning.VOID) ? "255 neither object nor background, " : "")
                        + "and all others ("
                        + first.marks().stream()
                                .filter(place -> place != MaskMeaning.VOID)
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + ") object";
            case GREY, ALPHA -> greys(meaning, marking) + (format == MaskFormat.ALPHA ? " of the alpha channel" : "");
        };
    }

    private static String greys(MaskMeaning meaning, Map<Kind, MaskLevels> marking) {
        return switch (meaning.rule()) {
            case NOT_ZERO, PALETTE ->
                "0 is background and "
                        + marking.values().stream()
                                .map(levels -> String.valueOf(last(levels)))
                                .distinct()
                                .collect(Collectors.joining(" or "))
                        + " the object";
            case FROM -> "values from " + meaning.least() + " on are object (those between the ends are soft edges)";
            case UPPER_HALF ->
                "values from "
                        + marking.keySet().stream()
                                .map(kind -> String.valueOf(kind.most / 2 + 1))
                                .distinct()
                                .collect(Collectors.joining(" or "))
                        + " on are object (those between the ends are soft edges)";
        };
    }

    private static String texts(Map<Kind, MaskLevels> of) {
        return of.entrySet().stream()
                .map(entry -> "the values " + entry.getValue().text()
                        + (of.size() > 1 ? " of at most " + entry.getKey().most : ""))
                .collect(Collectors.joining("; "));
    }
}
