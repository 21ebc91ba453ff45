package org.gazecheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Jpeg;

/** The job's images: the demo's drawings as JPEG files, {@code SPLIT/CLASS/NNN.jpg}. */
final class JobImages {
    private static final int MOST_PIXELS = 100_000_000;
    private static final float QUALITY = 0.9f;

    private JobImages() {}

    /**
     * @param drawn what {@code gazecheck prepare} drew, {@code SPLIT/CLASS/NNN.png}
     * @param to a folder to be made
     */
    static void convert(Path drawn, Path to) throws IOException {
        ImageDecoder decoder = new ImageDecoder(MOST_PIXELS);
        for (String split : List.of("train", "val", "test")) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(drawn.resolve(split))) {
                files = walk.filter(file -> file.toString().endsWith(".png")).toList();
            }
            for (Path file : files) {
                Path jpeg = to.resolve(drawn.relativize(file).toString().replaceFirst("png$", "jpg"));
                Files.createDirectories(jpeg.getParent());
                Files.write(jpeg, Jpeg.encode(decoder.decode(file), QUALITY));
            }
        }
    }
}
