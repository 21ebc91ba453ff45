package org.gazecheck.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the sound files of a target, from which its mutations start: {@code Seeds TARGET FOLDER}. */
final class Seeds {
    private Seeds() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[1]));
        byte[][] seeds = (byte[][]) Class.forName(args[0]).getMethod("seeds").invoke(null);
        for (int i = 0; i < seeds.length; i++) {
            Files.write(folder.resolve("seed" + i), seeds[i]);
        }
    }
}
