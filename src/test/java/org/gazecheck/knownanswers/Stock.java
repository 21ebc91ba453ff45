package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gazecheck.data.FlowerLabels;
import org.gazecheck.knownanswers.Recipe.Base;

/**
 * Photographs to make sets from.
 *
 * @param photographs by species, sorted
 * @param root of the composites' parts: {@code SPLIT/SPECIES/NAME.jpg}, {@code masks/...png}, {@code backgrounds/KIND/NN.jpg}
 */
record Stock(Map<String, List<Path>> photographs, Path root) {
    /** A species that is no class of any set: its cut-outs are put beside others. */
    static final String BESIDE = "oxeye daisy";

    private static final List<String> NATURAL =
            List.of("azalea", "camellia", "clematis", "geranium", "hibiscus", "morning glory", "petunia", "rose");
    private static final List<String> NATURAL2 = List.of(
            "bougainvillea",
            "cyclamen",
            "frangipani",
            "primula",
            "sweet william",
            "thorn apple",
            "wallflower",
            "watercress");

    /** @param reference the folder of the reference data */
    static Stock of(Base base, Path reference) throws IOException {
        Path planted = reference.resolve("planted");
        if (base == Base.COMPOSITE) {
            return composites(planted);
        }
        Map<String, List<Path>> photographs = FlowerLabels.photographs(reference.resolve("flowers102"));
        photographs.keySet().retainAll(base == Base.NATURAL ? NATURAL : NATURAL2);
        return new Stock(photographs, planted);
    }

    /** All species of a folder of cut-outs but {@link #BESIDE}. */
    static Stock composites(Path planted) throws IOException {
        Map<String, List<Path>> all = new TreeMap<>();
        for (String split : List.of("train", "val", "test")) {
            for (Path species : sorted(planted.resolve(split))) {
                all.computeIfAbsent(species.getFileName().toString(), name -> new ArrayList<>())
                        .addAll(sorted(species));
            }
        }
        all.remove(BESIDE);
        return new Stock(all, planted);
    }

    /** The mask of a cut-out's photograph. */
    Path mask(Path photograph) {
        String path = root.relativize(photograph).toString();
        return root.resolve("masks").resolve(path.substring(0, path.lastIndexOf('.')) + ".png");
    }

    List<Path> backgrounds(String kind) throws IOException {
        return sorted(root.resolve("backgrounds").resolve(kind));
    }

    /** What random numbers of a photograph derive from, wherever the stock lies. */
    String name(Path photograph) {
        Path folder = photograph.getParent();
        return folder.getFileName() + "/" + photograph.getFileName();
    }

    /** Photographs of {@link #BESIDE}. */
    List<Path> beside() throws IOException {
        return sorted(root.resolve("train").resolve(BESIDE));
    }

    static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
