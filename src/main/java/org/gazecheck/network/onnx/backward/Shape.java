package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a value, of which at most one counts images.
 *
 * @param sizes in a pass over one image, or over as many as the network takes
 * @param rows the dimension whose size is a multiple of the number of images; -1: none
 */
public record Shape(List<Long> sizes, int rows) {
    static final int NONE = -1;

    public Shape {
        sizes = List.copyOf(sizes);
    }

    static Shape fixed(long... sizes) {
        List<Long> list = new ArrayList<>();
        for (long size : sizes) {
            list.add(size);
        }
        return new Shape(list, NONE);
    }

    int rank() {
        return sizes.size();
    }

    long size(int axis) {
        return sizes.get(axis);
    }

    /** Product of the sizes of one image. */
    long count() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    /** @param axis may be counted from the end */
    int axis(long axis) {
        int found = (int) (axis < 0 ? axis + rank() : axis);
        if (found < 0 || found >= rank()) {
            throw new NoDerivativeException("with the dimension " + axis + " of " + rank());
        }
        return found;
    }

    /** As a Reshape's target: -1 where images are counted. */
    long[] target() {
        return with(-1);
    }

    /** As an Expand's target: 1 where images are counted, which every number of them stretches. */
    long[] stretched() {
        return with(1);
    }

    private long[] with(long images) {
        long[] target = new long[rank()];
        for (int d = 0; d < target.length; d++) {
            target[d] = d == rows ? images : size(d);
        }
        return target;
    }

    /** With some dimensions of 1. */
    Shape reduced(List<Integer> axes) {
        List<Long> reduced = new ArrayList<>(sizes);
        axes.forEach(axis -> reduced.set(axis, 1L));
        return new Shape(reduced, axes.contains(rows) ? NONE : rows);
    }

    Shape transposed(long[] order) {
        List<Long> transposed = new ArrayList<>();
        int to = NONE;
        for (int d = 0; d < order.length; d++) {
            transposed.add(size((int) order[d]));
            to = order[d] == rows ? d : to;
        }
        return new Shape(transposed, to);
    }

    /** With consecutive dimensions replaced by others of as many numbers, none of which counts images. */
    Shape replaced(int from, int to, long... by) {
        if (from <= rows && rows < to) {
            throw new NoDerivativeException("over the images of a pass");
        }
        List<Long> replaced = new ArrayList<>(sizes.subList(0, from));
        for (long size : by) {
            replaced.add(size);
        }
        replaced.addAll(sizes.subList(to, rank()));
        return new Shape(replaced, rows < to ? rows : rows - (to - from) + by.length);
    }

    /** Whether it could hold maps: of an image, in either order of channels, or tokens. */
    boolean hasRowsAndColumns() {
        return rank() == 4 && size(2) > 1 && (size(1) > 1 || size(3) > 1) || rank() == 3 && size(1) > 1 && size(2) > 1;
    }

    void requireNotRows(int axis) {
        if (axis == rows) {
            throw new NoDerivativeException("over the images of a pass");
        }
    }
}
