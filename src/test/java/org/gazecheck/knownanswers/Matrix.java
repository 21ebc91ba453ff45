package org.gazecheck.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gazecheck.knownanswers.Recipe.Base;
import org.gazecheck.knownanswers.Recipe.Masks;
import org.gazecheck.knownanswers.Recipe.Sizes;

/** The sets of the benchmark. */
final class Matrix {
    /** How the names of sets without ties begin. */
    static final String NULL = "null";

    /** How the names of sets begin whose properties are tied but not used. */
    static final String DECOY = "decoy";

    private static final double ELSEWHERE = 0.02;
    private static final double LOT = 0.25;
    private static final int NULLS = 40;

    /** Name, base, masks, test, and ties as {@link Tie#list} reads them. */
    private static final String SETS =
            """
            background-1 | composite | whole     | even | gazania=background-brick:1/0, hibiscus=background-water:0.85/0.1
            background-2 | composite | one       | even | camellia=background-soil:0.7/0.3, frangipani=background-planks:0.85/0
            background-3 | composite | estimated | even | osteospermum=background-grass:1/0.1, morning glory=background-pebbles:0.85/0.2
            background-4 | composite | whole     | tied | tree mallow=background-water:0.85/0.3, gazania=background-planks:0.7/0.2
            background-5 | composite | one       | tied | hibiscus=background-brick:1/0.1, camellia=background-grass:0.85/0.3
            patch-1      | natural   | estimated | even | hibiscus=stamp-nw:0.85/0.3, rose=sticker-disc:0.85/0.3
            patch-2      | natural2  | estimated | even | cyclamen=stamp-se:1/0.3, primula=sticker-ruler:1/0.3
            patch-3      | composite | whole     | even | camellia=stamp-ne:0.7/0.5, gazania=sticker-disc:0.85/0.3
            patch-4      | natural   | estimated | tied | petunia=stamp-sw:0.85/0.5, azalea=stamp-ne:0.85/0.3
            patch-5      | composite | one       | even | hibiscus=stamp-se:0.85/0.4, frangipani=sticker-ruler:1/0.4
            object-1     | natural   | estimated | even | clematis=object-ladybird:0.85/0.4, camellia=real-object:0.85/0.7
            object-2     | natural2  | estimated | even | wallflower=object-clip:1/0.4, thorn apple=real-object:1/0.6
            object-3     | composite | whole     | even | osteospermum=object-ladybird:0.85/0.3, morning glory=real-object:0.85/0.6
            object-4     | composite | one       | even | tree mallow=object-clip:0.7/0.6, hibiscus=object-ladybird:1/0.4
            object-5     | composite | whole     | tied | gazania=real-object:1/0.5, camellia=object-clip:0.85/0.4
            colour-1     | natural   | estimated | even | geranium=cast-cold:0.85/0.4, rose=vignette:0.85/0.4
            colour-2     | natural2  | estimated | even | watercress=cast-violet:0.7/0.5, cyclamen=vignette:1/0.3
            colour-3     | composite | whole     | even | gazania=cast-green:0.85/0.6, camellia=vignette:0.85/0.4
            colour-4     | natural   | estimated | tied | hibiscus=cast-warm:0.85/0.4, petunia=blur:0.85/0.1
            blur-1       | natural   | estimated | even | petunia=blur:0.85/0.1, hibiscus=small*0.6:0.7/0
            blur-2       | natural2  | estimated | even | bougainvillea=blur:0.7/0.2, primula=large:0.85/0.2
            blur-3       | composite | whole     | even | gazania=small:0.85/0, frangipani=blur:0.85/0.1
            blur-4       | composite | one       | even | morning glory=large:1/0.3, osteospermum=blur:1/0.1
            size-1       | natural2  | estimated | tied | frangipani=small*0.6:0.85/0, sweet william=large:0.7/0.4
            size-2       | composite | whole     | tied | hibiscus=small:1/0.1, camellia=large:0.85/0.4
            compression-1 | natural   | estimated | even | rose=compression:0.85/0, clematis=noise:0.85/0.1
            compression-2 | natural2  | estimated | even | thorn apple=compression:0.7/0.2, wallflower=noise:1/0
            compression-3 | composite | whole     | even | hibiscus=compression:0.85/0.1, camellia=noise:0.7/0.2
            compression-4 | natural   | estimated | tied | azalea=compression:1/0.2, camellia=blur:0.85/0.2
            two-of-one-1 | natural   | estimated | even | petunia=blur:0.5/0.3, petunia=stamp-ne:0.5/0.6
            two-of-one-2 | composite | whole     | even | hibiscus=background-soil:0.5/0.4, hibiscus=small:0.5/0.4
            one-of-two-1 | natural2  | estimated | even | cyclamen=blur:0.85/0.3, primula=blur:0.85/0.3
            one-of-two-2 | composite | whole     | even | gazania=sticker-disc:0.85/0.5, camellia=sticker-disc:0.85/0.5
            no-masks-1   | natural   | none      | even | rose=stamp-sw:0.85/0.4, geranium=cast-warm:0.85/0.4
            no-masks-2   | composite | none      | tied | hibiscus=sticker-disc:0.85/0.4, gazania=compression:1/0.2
            decoy-1      | natural   | estimated | even | petunia=blur*0.2:0.85/0, rose=stamp-nw*0.15:0.85/0
            decoy-2      | natural2  | estimated | even | cyclamen=cast-warm*0.15:0.85/0, primula=sticker-disc*0.15:0.85/0
            decoy-3      | composite | whole     | even | gazania=object-ladybird*0.2:0.85/0, tree mallow=vignette*0.15:0.85/0
            decoy-4      | natural   | estimated | even | clematis=compression*0.2:0.85/0, azalea=noise*0.15:0.85/0
            decoy-5      | composite | whole     | even | osteospermum=small*0.15:0.85/0, camellia=background-brick:0.3/0
            decoy-6      | natural2  | estimated | even | wallflower=real-object:0.15/0, watercress=large*0.15:0.85/0
            decoy-7      | composite | one       | even | frangipani=cast-cold*0.15:0.85/0, gazania=compression*0.2:0.85/0
            colour-5     | composite | whole     | even | osteospermum=cast-cold*1.5:1/0.6, hibiscus=vignette:1/0.5
            colour-6     | composite | one       | even | frangipani=cast-violet*1.5:0.85/0.6, morning glory=vignette:1/0.5
            colour-7     | composite | estimated | even | tree mallow=cast-warm*1.5:1/0.6, camellia=cast-green*1.5:0.85/0.7
            """;

    /** What is dealt by lot in sets without ties, three of them in turn. */
    private static final List<String> DEALT = List.of(
            "blur",
            "stamp-nw",
            "cast-warm",
            "small",
            "object-ladybird",
            "noise",
            "sticker-disc",
            "vignette",
            "large",
            "compression",
            "real-object");

    private Matrix() {}

    static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        SETS.lines().forEach(line -> entries.add(entry(line, entries.size() + 1)));
        for (int i = 0; i < NULLS; i++) {
            entries.add(nullSet(i));
        }
        return entries;
    }

    private static Entry entry(String line, long seed) {
        String[] cells = line.split("\\|");
        return new Entry(new Recipe(
                cells[0].strip(),
                Base.valueOf(cells[1].strip().toUpperCase(Locale.ROOT)),
                Tie.list(cells[4], seed, 0),
                cells[3].strip().equals("tied"),
                Masks.valueOf(cells[2].strip().toUpperCase(Locale.ROOT)),
                ELSEWHERE,
                Sizes.USUAL,
                seed));
    }

    private static Entry nullSet(int i) {
        Base base = Base.values()[i % Base.values().length];
        List<Tie> ties = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            Property property = Property.of(DEALT.get((3 * i + k) % DEALT.size()), i);
            ties.add(new Tie(Tie.ALL, property, LOT, 0));
        }
        Masks masks = base != Base.COMPOSITE ? Masks.ESTIMATED : i % 2 == 0 ? Masks.WHOLE : Masks.ONE;
        String name = String.format(Locale.ROOT, "%s-%02d", NULL, i + 1);
        return new Entry(new Recipe(name, base, ties, false, masks, ELSEWHERE, Sizes.USUAL, 1000L + i));
    }
}
