package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.explain.Upsampling;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Tensor;

/**
 * The tests of heatmaps on one sample of images, image by image.
 *
 * @param images as the network sees them
 * @param targets [n] the class that maps explain
 * @param original raw maps of each method, [n, h, w]
 */
record HeatmapTests(List<RgbImage> images, int[] targets, List<Tensor> original) {
    static HeatmapTests of(List<RgbImage> images, int[] targets, MappedNetwork network) {
        return new HeatmapTests(images, targets, network.maps(images, targets));
    }

    int methods() {
        return original.size();
    }

    /**
     * Faithfulness of one image's maps: first each method's, then the random map's and the centred Gaussian's.
     *
     * @param steps into which curves are cut
     */
    List<Faithfulness> faithfulness(
            int image, MappedNetwork network, Normalisation normalisation, int steps, SplittableRandom random) {
        int h = original.get(0).shape()[1];
        int w = original.get(0).shape()[2];
        List<float[]> heats = new ArrayList<>();
        for (Tensor maps : original) {
            heats.add(heat(maps, image));
        }
        heats.add(upsampled(BaselineMaps.random(h, w, random).data(), h, w));
        heats.add(upsampled(BaselineMaps.centredGaussian(h, w).data(), h, w));
        return Faithfulness.of(images.get(image), targets[image], heats, network, normalisation, steps, random);
    }

    /**
     * How alike maps are, for each method and image.
     *
     * @param rank Spearman's correlation [methods][n]
     * @param structure structural similarity [methods][n]
     */
    record Similarities(double[][] rank, double[][] structure) {}

    /** Of the original maps and those of another network for the same images and classes. */
    Similarities against(MappedNetwork other) {
        return compare(other.maps(images, targets), 0);
    }

    /** Of the original maps and those of the perturbed images, moved back where the perturbation moves. */
    Similarities under(Perturbation perturbation, MappedNetwork network) {
        List<RgbImage> perturbed = images.stream().map(perturbation::of).toList();
        return compare(network.maps(perturbed, targets), perturbation.offset(height()));
    }

    private Similarities compare(List<Tensor> others, int offset) {
        Similarities found =
                new Similarities(new double[methods()][images.size()], new double[methods()][images.size()]);
        for (int m = 0; m < methods(); m++) {
            for (int i = 0; i < images.size(); i++) {
                float[] a = cut(heat(original.get(m), i), 0, offset);
                float[] b = cut(heat(others.get(m), i), offset, offset);
                found.rank[m][i] = HeatmapSimilarity.rankCorrelation(a, b);
                found.structure[m][i] =
                        HeatmapSimilarity.structuralSimilarity(a, b, height() - offset, width() - offset);
            }
        }
        return found;
    }

    /** The part that begins {@code from} pixels from the left and the top, {@code less} pixels smaller. */
    private float[] cut(float[] heat, int from, int less) {
        int w = width() - less;
        int h = height() - less;
        float[] part = new float[h * w];
        for (int y = 0; y < h; y++) {
            System.arraycopy(heat, (y + from) * width() + from, part, y * w, w);
        }
        return part;
    }

    private float[] heat(Tensor maps, int image) {
        int h = maps.shape()[1];
        int w = maps.shape()[2];
        return upsampled(Arrays.copyOfRange(maps.data(), image * h * w, (image + 1) * h * w), h, w);
    }

    private float[] upsampled(float[] map, int h, int w) {
        return Upsampling.bilinear(map, h, w, height(), width());
    }

    private int height() {
        return images.get(0).height();
    }

    private int width() {
        return images.get(0).width();
    }
}
