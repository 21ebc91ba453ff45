package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gazecheck.network.Tensor;

/**
 * Operators that map rows and columns of images linearly, each by a matrix of its own: {@code Y = P X Q^T}, so that the way back
 * is {@code P^T G Q}. The matrices are read off the operator itself, run on images that are 1 in one row or column.
 */
final class SeparableMap {
    private static final int BATCH = 64;

    private SeparableMap() {}

    /** @param integers operands that are not as the graph has them when the operator is run on one channel, by position */
    static void back(Step s, Map<Integer, long[]> integers) {
        Shape shape = s.shape(0);
        Shape out = s.outputShape(0);
        int rank = shape.rank();
        if (rank < 3 || rank > 4 || out.size(1) != shape.size(1)) {
            throw new NoDerivativeException("over " + (rank - 2) + " dimensions");
        }
        Nodes n = s.nodes();
        int height = rank == 4 ? (int) shape.size(2) : 1;
        int width = (int) shape.size(rank - 1);
        int rows = rank == 4 ? (int) out.size(2) : 1;
        int columns = (int) out.size(rank - 1);
        List<float[]> images = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            float[] image = new float[height * width];
            Arrays.fill(image, i * width, (i + 1) * width, 1);
            images.add(image);
        }
        for (int j = 0; j < width; j++) {
            float[] image = new float[height * width];
            for (int i = 0; i < height; i++) {
                image[i * width + j] = 1;
            }
            images.add(image);
        }
        List<float[]> found = run(s, images, integers);
        float[] all = new float[rows * columns];
        for (int i = 0; i < height; i++) {
            for (int k = 0; k < all.length; k++) {
                all[k] += found.get(i)[k];
            }
        }
        int middle = largest(all);
        double scale = all[middle];
        float[] down = new float[rows * height];
        for (int i = 0; i < height; i++) {
            for (int r = 0; r < rows; r++) {
                down[r * height + i] = (float) (found.get(i)[r * columns + middle % columns] / scale);
            }
        }
        float[] across = new float[columns * width];
        for (int j = 0; j < width; j++) {
            for (int c = 0; c < columns; c++) {
                across[c * width + j] = found.get(height + j)[middle / columns * columns + c];
            }
        }
        String back = n.op("MatMul", s.gradient(), n.floats(across, columns, width));
        if (rank == 4) {
            float[] turned = new float[down.length];
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < height; i++) {
                    turned[i * rows + r] = down[r * height + i];
                }
            }
            back = n.op("MatMul", n.floats(turned, height, rows), back);
        }
        s.give(0, back);
    }

    private static int largest(float[] all) {
        int largest = 0;
        for (int k = 1; k < all.length; k++) {
            largest = all[k] > all[largest] ? k : largest;
        }
        return largest;
    }

    private static List<float[]> run(Step s, List<float[]> images, Map<Integer, long[]> integers) {
        int rank = s.shape(0).rank();
        List<float[]> found = new ArrayList<>();
        int area = images.get(0).length;
        for (int from = 0; from < images.size(); from += BATCH) {
            float[] batch = new float[BATCH * area];
            for (int i = from; i < Math.min(images.size(), from + BATCH); i++) {
                System.arraycopy(images.get(i), 0, batch, (i - from) * area, area);
            }
            int[] sizes = new int[rank];
            Arrays.fill(sizes, 1);
            sizes[0] = BATCH;
            for (int d = 2; d < rank; d++) {
                sizes[d] = (int) s.shape(0).size(d);
            }
            Tensor maps = s.forward().run(s.node(), Tensor.of(batch, sizes), integers);
            int length = maps.size() / BATCH;
            for (int i = 0; i < Math.min(images.size() - from, BATCH); i++) {
                found.add(Arrays.copyOfRange(maps.data(), i * length, (i + 1) * length));
            }
        }
        return found;
    }
}
