package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Folders;

/**
 * A set on disk: images in {@code FOLDER/SPLIT/CLASS}, masks in {@code FOLDER-masks}, and beside it what each image
 * carries ({@code FOLDER-truth.csv}), which the audit is not shown.
 */
record KnownSet(Path folder) {
    private static final float QUALITY = 0.93f;

    Path masks() {
        return beside("-masks");
    }

    Path truth() {
        return beside("-truth.csv");
    }

    private Path beside(String ending) {
        return folder.resolveSibling(folder.getFileName() + ending);
    }

    private Path recipe() {
        return beside("-recipe.txt");
    }

    /** Draws the whole set anew, unless it is there already. */
    void write(Recipe recipe, Stock stock) throws IOException {
        if (Files.exists(recipe()) && Files.readString(recipe()).equals(recipe.text())) {
            return;
        }
        Files.deleteIfExists(recipe());
        Folders.delete(folder);
        Folders.delete(masks());
        Deal deal = Deal.of(recipe, stock);
        Renderer renderer = new Renderer(stock, recipe.seed());
        StringBuilder truth = new StringBuilder("path,label,species,background,artefacts\n");
        for (Picture picture : deal.pictures()) {
            Renderer.Drawn drawn = renderer.draw(picture);
            write(folder.resolve(picture.path()), jpeg(drawn.image()));
            if (recipe.masks().given()) {
                String mask = picture.path().replace(".jpg", ".png");
                write(masks().resolve(mask), png(Objects.requireNonNull(drawn.mask()), drawn.image()));
            }
            truth.append(String.join(
                            ",",
                            picture.path(),
                            picture.label(),
                            picture.species(),
                            picture.background(),
                            artefacts(picture.properties())))
                    .append('\n');
        }
        Files.writeString(truth(), truth);
        Files.writeString(recipe(), recipe.text());
    }

    /** As all images of a set are saved. */
    static byte[] jpeg(RgbImage image) {
        return Jpeg.encode(image, QUALITY);
    }

    private static String artefacts(List<Property> properties) {
        return properties.stream().map(Property::text).collect(Collectors.joining(" "));
    }

    static byte[] png(boolean[] mask, RgbImage size) {
        byte[] rgb = new byte[mask.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (mask[i / 3] ? 255 : 0);
        }
        return Png.encode(new RgbImage(size.width(), size.height(), rgb));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
