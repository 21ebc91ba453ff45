package org.gazecheck.network;

import java.util.HashMap;
import java.util.Map;
import org.gazecheck.network.Architecture.Residual;

/** The definition of a ResNet written as plain loops in double precision: the witness for what engines compute. */
final class DirectForward {
    /** A map [c, h, w]. */
    record Planes(double[] data, int channels, int height, int width) {}

    private final BuiltInNetwork network;
    private final Map<String, Planes> activations = new HashMap<>();

    private DirectForward(BuiltInNetwork network) {
        this.network = network;
    }

    /** Activations by block, of one image [3, h, w]. */
    static Map<String, Planes> run(BuiltInNetwork network, float[] image, int height, int width) {
        DirectForward forward = new DirectForward(network);
        double[] data = new double[image.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = image[i];
        }
        Planes planes = pool(forward.convolve(network.architecture().stem(), new Planes(data, 3, height, width), true));
        for (Residual residual : network.architecture().residuals()) {
            planes = forward.residual(residual, planes);
            forward.activations.put(residual.name(), planes);
        }
        return forward.activations;
    }

    /** Global average pooling [c]. */
    static float[] features(Planes planes) {
        float[] features = new float[planes.channels];
        int area = planes.height * planes.width;
        for (int c = 0; c < planes.channels; c++) {
            double sum = 0;
            for (int i = 0; i < area; i++) {
                sum += planes.data[c * area + i];
            }
            features[c] = (float) (sum / area);
        }
        return features;
    }

    private Planes residual(Residual residual, Planes input) {
        Planes path = input;
        for (int i = 0; i < residual.path().size(); i++) {
            path = convolve(residual.path().get(i), path, i < residual.path().size() - 1);
        }
        Planes shortcut = residual.shortcut() == null ? input : convolve(residual.shortcut(), input, false);
        for (int i = 0; i < path.data.length; i++) {
            path.data[i] = Math.max(0, path.data[i] + shortcut.data[i]);
        }
        return path;
    }

    private Planes convolve(Convolution c, Planes in, boolean relu) {
        FoldedConvolution folded = network.convolutions().get(c.name());
        int k = c.kernel();
        int h = (in.height + 2 * c.padding() - k) / c.stride() + 1;
        int w = (in.width + 2 * c.padding() - k) / c.stride() + 1;
        double[] out = new double[c.out() * h * w];
        for (int i = 0; i < out.length; i++) {
            int o = i / (h * w);
            int y = i / w % h * c.stride() - c.padding();
            int x = i % w * c.stride() - c.padding();
            double sum = folded.bias()[o];
            for (int j = 0; j < c.in() * k * k; j++) {
                int channel = j / (k * k);
                sum += folded.kernel()[o * c.in() * k * k + j] * at(in, channel, y + j / k % k, x + j % k, 0);
            }
            out[i] = relu ? Math.max(0, sum) : sum;
        }
        return new Planes(out, c.out(), h, w);
    }

    private static Planes pool(Planes in) {
        int h = (in.height - 1) / 2 + 1;
        int w = (in.width - 1) / 2 + 1;
        double[] out = new double[in.channels * h * w];
        for (int i = 0; i < out.length; i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < 9; j++) {
                int y = i / w % h * 2 - 1 + j / 3;
                int x = i % w * 2 - 1 + j % 3;
                max = Math.max(max, at(in, i / (h * w), y, x, Double.NEGATIVE_INFINITY));
            }
            out[i] = max;
        }
        return new Planes(out, in.channels, h, w);
    }

    private static double at(Planes in, int c, int y, int x, double outside) {
        boolean inside = y >= 0 && y < in.height && x >= 0 && x < in.width;
        return inside ? in.data[(c * in.height + y) * in.width + x] : outside;
    }
}
