package org.gazecheck.network;

import java.util.Arrays;
import org.gazecheck.network.Architecture.Residual;

/**
 * A built-in network behind one of its layers, in double precision and as plainly as the formulas stand: the witness of
 * gradients, which single precision is too coarse for.
 */
public final class DoubleForward {
    private final BuiltInNetwork network;
    private final Section section;

    /** @param layer whose activations are the input */
    public DoubleForward(BuiltInNetwork network, String layer) {
        this.network = network;
        this.section = Section.from(network.architecture(), layer, Section.End.LOGITS);
    }

    /** Channels of one image. @param data [c, h, w] */
    public record Volume(double[] data, int c, int h, int w) {}

    /** The logits [classes] of one image's activations. */
    public double[] logits(Volume activations) {
        Volume value = activations;
        for (Residual residual : section.residuals()) {
            value = residual(residual, value);
        }
        int area = value.h * value.w;
        double[] features = new double[value.c];
        for (int k = 0; k < value.c; k++) {
            features[k] = Arrays.stream(value.data, k * area, (k + 1) * area).sum() / area;
        }
        return head(features);
    }

    private double[] head(double[] features) {
        Head head = network.head().orElseThrow();
        double[] in = features;
        if (head instanceof HellingerHead hellinger) {
            double[] root = Arrays.stream(features)
                    .map(f -> Math.sqrt(f + hellinger.epsilon()))
                    .toArray();
            double norm = Math.sqrt(Arrays.stream(root).map(r -> r * r).sum());
            in = Arrays.stream(root).map(r -> r / norm).toArray();
        }
        double[] logits = new double[head.classes()];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = head.bias()[c];
            for (int k = 0; k < in.length; k++) {
                logits[c] += head.weight()[c * in.length + k] * in[k];
            }
        }
        return logits;
    }

    private Volume residual(Residual residual, Volume in) {
        Volume value = in;
        for (int i = 0; i < residual.path().size(); i++) {
            value = convolution(residual.path().get(i), i == 0 ? value : relu(value));
        }
        Volume shortcut = residual.shortcut() == null ? in : convolution(residual.shortcut(), in);
        double[] sum = new double[value.data.length];
        for (int j = 0; j < sum.length; j++) {
            sum[j] = value.data[j] + shortcut.data[j];
        }
        return relu(new Volume(sum, value.c, value.h, value.w));
    }

    private static Volume relu(Volume in) {
        return new Volume(Arrays.stream(in.data).map(v -> Math.max(0, v)).toArray(), in.c, in.h, in.w);
    }

    private Volume convolution(Convolution c, Volume in) {
        FoldedConvolution folded = network.convolutions().get(c.name());
        int h = (in.h + 2 * c.padding() - c.kernel()) / c.stride() + 1;
        int w = (in.w + 2 * c.padding() - c.kernel()) / c.stride() + 1;
        double[] out = new double[c.out() * h * w];
        for (int o = 0; o < c.out(); o++) {
            Arrays.fill(out, o * h * w, (o + 1) * h * w, folded.bias()[o]);
            for (int i = 0; i < c.in(); i++) {
                for (int k = 0; k < c.kernel() * c.kernel(); k++) {
                    double weight = folded.kernel()[(o * c.in() + i) * c.kernel() * c.kernel() + k];
                    add(c, in, i, k / c.kernel(), k % c.kernel(), weight, out, o * h * w, h, w);
                }
            }
        }
        return new Volume(out, c.out(), h, w);
    }

    private static void add(
            Convolution c, Volume in, int channel, int ky, int kx, double weight, double[] out, int to, int h, int w) {
        int first = first(kx, c);
        int end = end(kx, c, in.w, w);
        for (int y = first(ky, c); y < end(ky, c, in.h, h); y++) {
            int row = (channel * in.h + y * c.stride() + ky - c.padding()) * in.w + kx - c.padding();
            for (int x = first; x < end; x++) {
                out[to + y * w + x] += weight * in.data[row + x * c.stride()];
            }
        }
    }

    /** The first place whose source at offset {@code k} of the kernel lies in the image. */
    private static int first(int k, Convolution c) {
        return Math.max(0, Math.floorDiv(c.padding() - k + c.stride() - 1, c.stride()));
    }

    /** The first place behind those. @param size of the image @param places in all */
    private static int end(int k, Convolution c, int size, int places) {
        return Math.min(places, Math.floorDiv(size - 1 + c.padding() - k, c.stride()) + 1);
    }
}
