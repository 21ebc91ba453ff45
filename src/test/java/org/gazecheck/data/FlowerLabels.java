package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which photographs of Flowers 102 show what, of all splits. */
public final class FlowerLabels {
    private FlowerLabels() {}

    /** The photographs that are there, in the order of their numbers, by the name of their class. */
    public static Map<String, List<Path>> photographs(Path root) throws IOException {
        List<String> names = Flowers102Source.classNames();
        int[] labels = MatFile.read(root.resolve("imagelabels.mat"), "labels");
        Map<String, List<Path>> photographs = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            Path file = root.resolve(String.format("jpg/image_%05d.jpg", i + 1));
            if (Files.exists(file)) {
                photographs
                        .computeIfAbsent(names.get(labels[i] - 1), name -> new ArrayList<>())
                        .add(file);
            }
        }
        return photographs;
    }
}
