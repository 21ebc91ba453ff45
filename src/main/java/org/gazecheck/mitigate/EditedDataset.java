package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.audit.intervention.EditedImage;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.Hashes;

/**
 * A data set with edited images of train and val among its own, which are made when they are opened.
 *
 * @param variants by the path of an image of train, those that were made of it
 */
record EditedDataset(Dataset dataset, Map<String, List<Dataset.Item>> variants) {
    private static final long LARGEST = 100_000_000;

    static EditedDataset of(Dataset of, List<EditedImage> train, List<EditedImage> val, Preprocessing preprocessing) {
        Map<String, EditedImage> edited = new HashMap<>();
        Map<String, List<Dataset.Item>> variants = new HashMap<>();
        List<Dataset.Item> items = new ArrayList<>(of.items());
        for (EditedImage image : train) {
            Dataset.Item item = item(image, edited, preprocessing);
            variants.computeIfAbsent(image.item().path(), path -> new ArrayList<>())
                    .add(item);
            items.add(item);
        }
        val.forEach(image -> items.add(item(image, edited, preprocessing)));
        ImageLoader images = new ImageLoader(
                path -> {
                    EditedImage image = edited.get(path);
                    return image == null ? of.images().open(path) : Png.encode(image.pixels());
                },
                LARGEST);
        return new EditedDataset(new Dataset(images, of.classes(), items), variants);
    }

    private static Dataset.Item item(EditedImage image, Map<String, EditedImage> edited, Preprocessing preprocessing) {
        Dataset.Item base = image.item();
        String path = base.path() + " edited " + edited.size();
        edited.put(path, image);
        String hash = Hashes.sha256(preprocessing.identity() + "\n" + image.key());
        return new Dataset.Item(path, base.split(), base.label(), hash, Optional.empty());
    }
}
