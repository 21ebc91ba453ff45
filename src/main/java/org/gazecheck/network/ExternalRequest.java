package org.gazecheck.network;

import java.nio.file.Path;
import java.util.Optional;
import org.gazecheck.image.Normalisation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an external classifier beside its file.
 *
 * @param classes how many logits it must give; 0: any number
 * @param side of the square images, in pixels; 0: what the model itself fixes, otherwise 224
 * @param order of the dimensions of its input
 * @param blueFirst the channels' order
 * @param layer that maps are to be of, by any name; absent: the last with spatial extent
 * @param output that holds the logits; absent: the one of as many numbers as there are classes
 * @param normalisation of the images
 * @param layout how the layer holds its maps; empty: as is found out
 * @param independent whether several sigmoids are taken: classes that do not exclude each other
 */
public record ExternalRequest(
        Path file,
        int classes,
        int side,
        Order order,
        boolean blueFirst,
        @Nullable String layer,
        @Nullable String output,
        Normalisation normalisation,
        Optional<TensorRequest.Reading> layout,
        boolean independent) {
    /** Where a model fixes no size. */
    static final int DEFAULT_SIDE = 224;

    /** Of classes that exclude each other, with no layout stated. */
    public ExternalRequest(
            Path file,
            int classes,
            int side,
            Order order,
            boolean blueFirst,
            @Nullable String layer,
            @Nullable String output,
            Normalisation normalisation) {
        this(file, classes, side, order, blueFirst, layer, output, normalisation, Optional.empty(), false);
    }

    /** With no output named, of images normalised as torchvision's. */
    public ExternalRequest(Path file, int classes, int side, Order order, boolean blueFirst, @Nullable String layer) {
        this(file, classes, side, order, blueFirst, layer, null, Normalisation.TORCHVISION);
    }

    /** The dimensions of the input. */
    public enum Order {
        /** As the model states; where it states nothing, channels first. */
        AUTO,
        NCHW,
        NHWC
    }

    /**
     * @param fixed side that the model takes; 0: any
     * @throws WeightsException if another one is asked for
     */
    public int side(int fixed) throws WeightsException {
        if (fixed > 0 && side > 0 && side != fixed) {
            throw new WeightsException(file + " takes images of " + fixed + "x" + fixed + " pixels, not " + side + "x"
                    + side + ": set external.crop (--crop) to " + fixed);
        }
        return fixed > 0 ? fixed : side > 0 ? side : DEFAULT_SIDE;
    }
}
