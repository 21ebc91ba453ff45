package org.gazecheck.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ResNet: a 7x7 stem with stride 2 and a 3x3 max pooling with stride 2, stages
 * {@code layer1}, {@code layer2}, ... of residual blocks (all but the first halve the resolution), global average
 * pooling.
 *
 * @param name for people and files ("resnet50")
 * @param blocks number of blocks of each stage
 * @param planes width of each stage, before the block's expansion
 * @param strideInFirst whether a bottleneck strides in its first 1x1 convolution (v1, He et al. 2015), not in its 3x3
 *     (v1.5, torchvision); means nothing for basic blocks
 * @param layout of the first layers
 */
public record Architecture(
        String name, Block block, List<Integer> blocks, List<Integer> planes, boolean strideInFirst, Layout layout) {
    /** In torchvision's layout. */
    public Architecture(String name, Block block, List<Integer> blocks, List<Integer> planes, boolean strideInFirst) {
        this(name, block, blocks, planes, strideInFirst, Layout.TORCHVISION);
    }

    public Architecture {
        blocks = List.copyOf(blocks);
        planes = List.copyOf(planes);
        if (blocks.isEmpty() || blocks.size() != planes.size()) {
            throw new IllegalArgumentException(blocks.size() + " stages with " + planes.size() + " widths");
        }
    }

    public int stages() {
        return blocks.size();
    }

    /** Channels of the last stage's output: the length of a feature vector. */
    public int features() {
        return planes.get(planes.size() - 1) * block.expansion();
    }

    /** {@code layer1}, {@code layer2}, ...: the names of the stages, each also the name of its last block's output. */
    public List<String> stageNames() {
        List<String> names = new ArrayList<>();
        for (int s = 1; s <= stages(); s++) {
            names.add("layer" + s);
        }
        return names;
    }

    /** The residual blocks in order. */
    public List<Residual> residuals() {
        List<Residual> residuals = new ArrayList<>();
        int in = planes.get(0);
        for (int s = 0; s < stages(); s++) {
            int width = planes.get(s);
            int out = width * block.expansion();
            for (int b = 0; b < blocks.get(s); b++) {
                int first = s > 0 ? 2 : layout.firstStride();
                int stride = b == 0 ? first : 1;
                residuals.add(residual("layer" + (s + 1) + "." + b, s + 1, in, width, out, stride));
                in = out;
            }
        }
        return residuals;
    }

    /**
     * Sizes [c, h, w] of a stage's output for square images.
     *
     * @param stage one of {@link #stageNames}
     * @param size of the image, in pixels
     */
    public int[] outputShape(String stage, int size) {
        int index = stageNames().indexOf(stage);
        int side = layout.pooled(halved(size));
        side = layout.firstStride() == 2 ? halved(side) : side;
        for (int s = 0; s < index; s++) {
            side = halved(side);
        }
        return new int[] {planes.get(index) * block.expansion(), side, side};
    }

    /** Kernels of 1, 3 and 7 with stride 2 and "same" padding all round up; the pooling need not. */
    private static int halved(int side) {
        return (side + 1) / 2;
    }

    /** The first convolution. */
    public Convolution stem() {
        return new Convolution("conv1", 3, planes.get(0), 7, 2, 3);
    }

    private Residual residual(String name, int stage, int in, int width, int out, int stride) {
        List<Convolution> path = new ArrayList<>();
        if (block == Block.BASIC) {
            path.add(new Convolution(name + ".conv1", in, width, 3, stride, 1));
            path.add(new Convolution(name + ".conv2", width, out, 3, 1, 1));
        } else {
            path.add(new Convolution(name + ".conv1", in, width, 1, strideInFirst ? stride : 1, 0));
            path.add(new Convolution(name + ".conv2", width, width, 3, strideInFirst ? 1 : stride, 1));
            path.add(new Convolution(name + ".conv3", width, out, 1, 1, 0));
        }
        boolean project = stride != 1 || in != out;
        Convolution shortcut = project ? new Convolution(name + ".downsample.0", in, out, 1, stride, 0) : null;
        return new Residual(name, stage, List.copyOf(path), shortcut);
    }

    /**
     * One residual block: {@code ReLU(path(x) + shortcut(x))}, with a ReLU between the path's convolutions.
     *
     * @param stage from 1
     * @param shortcut the projection; absent where the shortcut is the identity
     */
    public record Residual(String name, int stage, List<Convolution> path, @Nullable Convolution shortcut) {
        public List<Convolution> convolutions() {
            List<Convolution> all = new ArrayList<>(path);
            if (shortcut != null) {
                all.add(shortcut);
            }
            return all;
        }
    }

    /** Every convolution, stem first. */
    public List<Convolution> convolutions() {
        List<Convolution> all = new ArrayList<>();
        all.add(stem());
        residuals().forEach(residual -> all.addAll(residual.convolutions()));
        return all;
    }
}
